import { spawn, type ChildProcessWithoutNullStreams as ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { searchPath } from './refusal.ts';
import { labFolder } from './scripts.ts';

const script = (name: string): string => join(labFolder, name);

/** How long a host may take to boot, and how long to end before it is killed. */
const bootMs = 30_000;
const endMs = 5000;

/**
 * Starts the first process of a host, in new groups at `groups`; resolves once it is ready to be entered.
 * It lives as long as the pipe on its standard input is open, which the kernel closes when this process dies.
 */
export async function bootProcess(
  groups: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<{ pid: number; stop: () => Promise<void> }> {
  // A session of its own: a Ctrl-C at the terminal must not end the script that cleans up.
  const child = spawn('/bin/sh', [script('boot.sh'), script('inside.sh'), ...groups], {
    stdio: 'pipe',
    detached: true,
    env: { ...settings, PATH: searchPath },
    cwd: '/',
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdin.on('error', () => undefined);
  try {
    const pid = await readiness(child);
    unreference(child);
    return { pid, stop: () => end(child, ended, pid) };
  } catch (error) {
    child.stdin.end();
    await ended;
    throw error;
  }
}

/** The process id that `ready PID` names. */
function readiness(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    const fail = (what: string): void => reject(new Error(`the throw-away host ${what}: ${err.trim() || out.trim()}`));
    const timer = setTimeout(() => {
      fail(`did not boot within ${String(bootMs / 1000)} s`);
    }, bootMs);
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      const pid = /^ready (\d+)$/mu.exec(out)?.[1];
      if (pid === undefined) return;
      clearTimeout(timer);
      resolve(Number(pid));
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      fail(`failed to boot, exit status ${String(code)}`);
    });
  });
}

/** A host that nobody stopped does not hold this process up at its end. */
function unreference(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
}

async function end(child: ChildProcess, ended: Promise<void>, pid: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return ended;
  child.ref();
  child.stdin.end();
  // Alive as long as its parent is not done with it, so that the number cannot be another's by now.
  const timer = setTimeout(() => process.kill(pid, 'SIGKILL'), endMs);
  await ended;
  clearTimeout(timer);
}

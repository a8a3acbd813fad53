import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';

export interface RunOptions {
  /** What the program reads; without it, it reads nothing. */
  readonly input?: string;
  /** The program and what it started is killed after this; 60 s by default. */
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The working directory inside; /root by default. */
  readonly cwd?: string;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** 128 plus the signal's number after a signal; 124 after the time is up, as timeout(1) has it. */
  readonly exitCode: number;
  /** From before the program is brought inside until its end; measure inside what must be exact. */
  readonly milliseconds: number;
}

/** How to get into a host: its first process, its groups, and what every program of it shares. */
export interface Door {
  readonly pid: number;
  readonly groups: readonly string[];
  readonly boundingSet: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Joins each group named before `--`, then becomes the rest. `tasks` is version 1, and moves without a wait. */
const joinGroups =
  'while [ "$1" != -- ]; do if [ -e "$1/tasks" ]; then echo 0 >"$1/tasks"; else echo 0 >"$1/cgroup.procs"; fi; shift; done; shift; exec "$@"';

/** The command line, on the machine, that runs `argv` inside. */
function enteringArgv(door: Door, argv: readonly string[], options: RunOptions = {}): string[] {
  const env = Object.entries({ ...door.env, ...options.env }).map(([name, value]) => `${name}=${value}`);
  const join = ['/bin/sh', '-c', joinGroups, 'enter', ...door.groups, '--'];
  const namespaces = [`--target=${String(door.pid)}`, '--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup'];
  const limits = ['setpriv', '--pdeathsig', 'KILL', '--bounding-set', door.boundingSet];
  return [
    ...join,
    'nsenter',
    ...namespaces,
    ...limits,
    'env',
    '-i',
    `--chdir=${options.cwd ?? '/root'}`,
    ...env,
    ...argv,
  ];
}

/**
 * Runs a program inside and waits for it to end, but not for daemons that keep its output open.
 * A program that fails is a result, not an error; one that cannot be started has exit code 126 or 127.
 */
export async function enter(door: Door, argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const [file = '', ...args] = enteringArgv(door, argv, options);
  const begin = performance.now();
  const child = spawn(file, args, { stdio: 'pipe', detached: true });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  // A program that does not read its input is no failure of ours.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    killTree(child.pid);
  }, options.timeoutMs ?? 60_000);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
  clearTimeout(timer);
  const milliseconds = performance.now() - begin;
  await Promise.all([stdout.settle(), stderr.settle()]);
  return { stdout: stdout.text(), stderr: stderr.text(), exitCode: late ? 124 : exitCode, milliseconds };
}

/** Starts a program inside that is talked to over its standard input and output. It ends with the host at the latest. */
export function enterInteractive(door: Door, argv: readonly string[]): ChildProcessWithoutNullStreams {
  const [file = '', ...args] = enteringArgv(door, argv);
  return spawn(file, args, { stdio: 'pipe', detached: true });
}

/** How long a pipe that a daemon keeps open must be silent, once the program has ended. */
const silenceMs = 25;

/**
 * Gathers what comes. After the program's end all it wrote is in the pipe already, so that a moment of silence ends it;
 * the pipe stays open for a daemon that still holds it, which would otherwise die of SIGPIPE.
 */
function collect(stream: Readable & { unref?: () => void }): { text: () => string; settle: () => Promise<void> } {
  const chunks: Buffer[] = [];
  let timer: NodeJS.Timeout | undefined;
  const keep = (chunk: Buffer): void => {
    chunks.push(chunk);
    timer?.refresh();
  };
  stream.on('data', keep);
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  const silence = (): Promise<void> =>
    new Promise((resolve) => {
      timer = setTimeout(() => {
        stream.off('data', keep);
        stream.resume();
        stream.unref?.();
        resolve();
      }, silenceMs);
      void closed.then(() => clearTimeout(timer));
    });
  return { text: () => Buffer.concat(chunks).toString('utf8'), settle: () => Promise.race([closed, silence()]) };
}

/** Kills a process and all that descend from it; daemons that have left the tree stay. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return;
  // Stopped first: what cannot run has no more children once these are counted.
  send(pid, 'SIGSTOP');
  for (const child of childrenOf(pid)) killTree(child);
  send(pid, 'SIGKILL');
}

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile.
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

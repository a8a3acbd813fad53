import type { ChildProcessWithoutNullStreams as ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { ThrowawayHost } from './host.ts';
import { slowness } from './machine.ts';
import { agentRefusal, python } from './refusal.ts';
import { labFolder } from './scripts.ts';

/** In the host: where every user namespace may read it, wherever the checkout lies. */
const folder = '/.lab/agent';

/** Quicker than compileall, which brings a pool of processes. */
const compile = `
import glob, py_compile, sys
for path in glob.glob(sys.argv[1] + '/*.py'): py_compile.compile(path, doraise=True)`;

/** How long a request may take beyond what is known of it before the agent counts as stuck. */
const patienceMs = 60_000 * slowness();

const installed = new WeakMap<ThrowawayHost, Promise<void>>();

/** Copies the agent's source into a host, once. Throws, with the remedy, where nothing can run it. */
async function installAgent(host: ThrowawayHost): Promise<void> {
  const copying = installed.get(host) ?? copy(host);
  installed.set(host, copying);
  await copying;
}

async function copy(host: ThrowawayHost): Promise<void> {
  const refusal = agentRefusal();
  if (refusal !== undefined) throw new Error(`no agent: this machine ${refusal}`);
  const source = join(labFolder, 'agent');
  for (const name of readdirSync(source).filter((file) => file.endsWith('.py')))
    await host.writeFile(`${folder}/${name}`, readFileSync(join(source, name), 'utf8'));
  // Once, not by each of those that start at the same time, most of whom may not write here.
  const { exitCode, stderr } = await host.run([python, '-I', '-S', '-c', compile, folder]);
  if (exitCode !== 0) throw new Error(`no agent: ${stderr.trim()}`);
}

/** A running agent; what it does stands in src/lab/agent/__main__.py. */
export interface Agent {
  /** As the host counts. */
  readonly pid: number;
  /** Resolves to what the agent answers; rejects with what went wrong there. `expectedMs` is added to the patience. */
  ask<T>(name: string, parameters?: object, expectedMs?: number): Promise<T>;
  /** The same, for what goes on until it is stopped: resolves to its number, once it has begun. */
  begin(name: string, parameters: object): Promise<number>;
  /** Ends it; twice is once. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Answer {
  readonly id: number;
  readonly ok?: unknown;
  readonly error?: string;
}

/**
 * Starts an agent behind `entering`, a command line that ends in a program to run (nsenter with its options, or nothing).
 * `life` is the process, as the host counts, with which it ends.
 */
export async function startAgent(host: ThrowawayHost, entering: readonly string[], life?: number): Promise<Agent> {
  await installAgent(host);
  const argv = [...entering, python, '-I', '-S', folder, ...(life === undefined ? [] : [String(life)])];
  const child = host.spawn(argv);
  const waiting = new Map<number, Waiting>();
  const ended = listen(child, waiting);
  let last = 0;
  const send = (name: string, parameters: object, expectedMs = 0): Promise<unknown> => {
    const number = (last += 1);
    const answer = wait(child, waiting, number, patienceMs + expectedMs);
    child.stdin.write(`${JSON.stringify({ ...parameters, id: number, do: name })}\n`);
    return answer;
  };
  const { pid } = (await wait(child, waiting, 0, patienceMs)) as { readonly pid: number };
  return {
    pid,
    ask: async <T>(name: string, parameters = {}, expectedMs = 0) => (await send(name, parameters, expectedMs)) as T,
    begin: async (name, parameters) => {
      const answer = send(name, parameters);
      const number = last;
      await answer;
      return number;
    },
    close: async () => {
      hold(child, true);
      child.stdin.end();
      await ended;
    },
  };
}

/** Hands answers to those who wait for them; resolves when the agent is gone, and then nobody waits any more. */
function listen(child: ChildProcess, waiting: Map<number, Waiting>): Promise<void> {
  let rest = '';
  let errors = '';
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) settle(waiting, JSON.parse(line) as Answer);
    if (waiting.size === 0) hold(child, false);
  });
  return new Promise((resolve) => {
    const gone = (why: string): void => {
      for (const { reject } of waiting.values()) reject(new Error(`the agent ${why}: ${errors.trim()}`));
      waiting.clear();
      resolve();
    };
    child.once('error', (error) => gone(error.message));
    child.once('close', (code, signal) => gone(`ended (${String(signal ?? code)})`));
  });
}

function settle(waiting: Map<number, Waiting>, { id, ok, error }: Answer): void {
  const its = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) its?.resolve(ok);
  else its?.reject(new Error(`the agent: ${error}`));
}

function wait(child: ChildProcess, waiting: Map<number, Waiting>, id: number, limitMs: number): Promise<unknown> {
  hold(child, true);
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      reject(new Error('the agent has ended'));
      return;
    }
    const timer = setTimeout(() => {
      waiting.delete(id);
      child.kill('SIGKILL');
      reject(new Error(`the agent did not answer within ${String(limitMs / 1000)} s`));
    }, limitMs);
    waiting.set(id, {
      resolve: (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      reject: (error) => {
        clearTimeout(timer);
        reject(error);
      },
    });
  });
}

/** An agent that nobody waits for does not hold this process up at its end. */
function hold(child: ChildProcess, on: boolean): void {
  if (on) child.ref();
  else child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr])
    if (stream instanceof Socket && !stream.destroyed) {
      if (on) stream.ref();
      else stream.unref();
    }
}

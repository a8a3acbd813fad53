import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { VmRunOptions } from '../vm.ts';
import type { RunResult } from '../enter.ts';

/** A line of serve.py, which says what each field is. */
interface Message {
  readonly id?: number;
  readonly ready?: string;
  readonly out?: string;
  readonly err?: string;
  readonly exit?: number;
}

/** What gathers a running program's messages. */
interface Job {
  readonly take: (message: Message) => void;
  readonly fail: (error: Error) => void;
}

/** How long a killed program may take to be told of, and the machine to end by itself. */
const graceMs = 20_000;
const endMs = 3000;

/** The outer end of the serial port: the standard input and output of the virtual machine's process. */
export class PortClient {
  readonly #child: ChildProcess;
  readonly #input: Writable;
  readonly #jobs = new Map<number, Job>();
  readonly #ended: Promise<void>;
  #next = 1;
  #received = '';
  #console = '';
  #over = false;
  #onReady: (release: string) => void = () => undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    const [input, output, errors, initramfs] = child.stdio;
    if (!input || !output || !errors || !initramfs) throw new Error('the virtual machine has no pipes');
    this.#input = input;
    for (const stream of [input, initramfs]) stream.on('error', () => undefined);
    output.setEncoding('utf8');
    output.on('data', (text: string) => this.#receive(text));
    // The last part is enough to say why it did not boot.
    errors.on('data', (chunk: Buffer) => {
      this.#console = (this.#console + chunk.toString('latin1')).slice(-4000);
    });
    this.#ended = new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('close', () => resolve());
    });
    void this.#ended.then(() => this.#fail());
  }

  /** The initramfs, which is not written to any disk. */
  send(initramfs: Buffer): void {
    (this.#child.stdio[3] as Writable).end(initramfs);
  }

  /** The kernel's release, once programs can be run. */
  async ready(timeoutMs: number): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const release = await Promise.race([
      new Promise<string>((resolve) => (this.#onReady = resolve)),
      this.#ended.then(() => undefined),
      new Promise<undefined>((resolve) => (timer = setTimeout(resolve, timeoutMs, undefined))),
    ]);
    clearTimeout(timer);
    if (release === undefined) {
      const what = this.#over ? 'ended' : `did not boot within ${String(timeoutMs / 1000)} s`;
      await this.stop();
      throw new Error(`the virtual machine ${what}: ${lastLines(this.#console)}`);
    }
    this.#unreference();
    return release;
  }

  async run(argv: readonly string[], options: VmRunOptions): Promise<RunResult> {
    if (this.#over) throw new Error('the virtual machine has ended');
    const { timeoutMs = 60_000, cwd = '/root', env, input = '' } = options;
    const id = this.#next++;
    const begin = performance.now();
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    const keep = (name: 'stdout' | 'stderr', text: string): void => {
      const chunk = Buffer.from(text, 'base64');
      chunks[name].push(chunk);
      options.onOutput?.(name, chunk);
    };
    let late = false;
    let timer: NodeJS.Timeout | undefined;
    this.#child.ref();
    const exitCode = await new Promise<number>((resolve, reject) => {
      this.#jobs.set(id, {
        fail: reject,
        take: ({ out, err, exit }) => {
          if (out !== undefined) keep('stdout', out);
          if (err !== undefined) keep('stderr', err);
          if (exit !== undefined) resolve(exit);
        },
      });
      timer = setTimeout(() => {
        late = true;
        this.#write({ id, kill: true });
        timer = setTimeout(() => reject(new Error('the virtual machine does not answer')), graceMs);
      }, timeoutMs);
      this.#write({ id, argv, env, cwd, input: Buffer.from(input).toString('base64') });
    }).finally(() => {
      clearTimeout(timer);
      this.#jobs.delete(id);
      if (this.#jobs.size === 0) this.#unreference();
    });
    return {
      stdout: Buffer.concat(chunks.stdout).toString('utf8'),
      stderr: Buffer.concat(chunks.stderr).toString('utf8'),
      exitCode: late ? 124 : exitCode,
      milliseconds: performance.now() - begin,
    };
  }

  /** The server inside ends when its line does, and the machine with it; one that does not is killed. */
  async stop(): Promise<void> {
    if (this.#over) return this.#ended;
    this.#child.ref();
    this.#input.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), endMs);
    await this.#ended;
    clearTimeout(timer);
  }

  #write(message: object): void {
    this.#input.write(`${JSON.stringify(message)}\n`);
  }

  #receive(text: string): void {
    const lines = (this.#received + text).split('\n');
    this.#received = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as Message;
      if (message.ready !== undefined) this.#onReady(message.ready);
      if (message.id !== undefined) this.#jobs.get(message.id)?.take(message);
    }
  }

  #fail(): void {
    this.#over = true;
    const error = new Error(`the virtual machine has ended: ${lastLines(this.#console)}`);
    for (const job of this.#jobs.values()) job.fail(error);
  }

  /** A machine that nobody stopped does not hold this process up at its end. */
  #unreference(): void {
    this.#child.unref();
    for (const stream of this.#child.stdio) if (stream instanceof Socket) stream.unref();
  }
}

function lastLines(text: string): string {
  return text.trim().split(/\r?\n/u).slice(-5).join('\n') || 'it said nothing';
}

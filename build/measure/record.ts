import { join } from 'node:path';

import { factsOf } from '../../src/commands/docs/program.ts';
import type { RecordedCommand, RecordedOn, Transcripts } from '../../src/docs/recorded.ts';
import { sessionsOf } from '../../src/docs/run.ts';
import { bootThrowawayHost } from '../../src/lab/host.ts';
import { machineOf } from '../../src/lab/prove/machine-report.ts';
import { bootVirtualMachine } from '../../src/lab/vm.ts';
import { checkout, lackingOf, runSession } from './sessions.ts';

type Metadata = Parameters<typeof factsOf>[0] & { readonly version: string };
type Say = (text: string) => void;

/** What was recorded on one machine. */
interface Recording {
  readonly machine: RecordedOn;
  readonly sessions: Readonly<Record<string, readonly RecordedCommand[]>>;
  /** Examples that its kernel lacks something for. */
  readonly lacking: readonly string[];
}

/** Emulated, everything takes several times as long. */
const virtualMs = 1_800_000;

/** Runs those sessions, all when none is named, on the kernel that runs. */
export async function recordHere(metadata: Metadata, names: readonly string[], say: Say): Promise<Recording> {
  const facts = await factsOf(metadata);
  const sessions: Record<string, readonly RecordedCommand[]> = {};
  const lacking: string[] = [];
  for (const { name, example, commands } of sessionsOf(facts)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const found = facts.examples.get(example);
    if (found === undefined) throw new Error(`there is no example ${example}`);
    const missing = await lackingOf(found, 'optional');
    say(`${name}: ${missing ?? `${commands.length} commands`}`);
    if (missing === undefined) sessions[name] = await runSession(found, commands);
    else lacking.push(name);
    for (const { command, exitCode } of sessions[name] ?? [])
      if (exitCode !== 0) say(`  exit status ${exitCode}: ${command}`);
  }
  return { machine: await machineHere(metadata.version), sessions, lacking };
}

/** All sessions: on this machine, and in a virtual machine what its kernel lacks something for. */
export async function recordAll(metadata: Metadata, say: Say): Promise<Transcripts> {
  const own = await recordHere(metadata, [], say);
  const virtual = own.lacking.length === 0 ? undefined : await recordVirtual(own.lacking, say);
  const stillLacking = virtual?.lacking ?? [];
  if (stillLacking.length > 0) throw new Error(`no kernel here can run the sessions of ${stillLacking.join(', ')}`);
  const all = [
    ...Object.entries(own.sessions).map(([name, commands]) => [name, { on: 'own', commands }] as const),
    ...Object.entries(virtual?.sessions ?? {}).map(([name, commands]) => [name, { on: 'virtual', commands }] as const),
  ];
  return {
    machines: { own: own.machine, ...(virtual === undefined ? {} : { virtual: virtual.machine }) },
    sessions: Object.fromEntries(all),
  };
}

async function recordVirtual(names: readonly string[], say: Say): Promise<Recording> {
  say(`in a virtual machine: ${names.join(', ')}`);
  const vm = await bootVirtualMachine({ cardPairs: 0, memoryMiB: 4096 });
  try {
    // For the file system of the containers: see sessions.ts.
    await vm.run(['busybox', 'modprobe', 'loop']);
    const here = join(checkout, 'build/measure-here.ts');
    const { stdout, stderr, exitCode } = await vm.run([process.execPath, ...process.execArgv, here, ...names], {
      timeoutMs: virtualMs,
      onOutput: (name, chunk) => {
        if (name === 'stderr') say(chunk.toString('utf8').trimEnd());
      },
    });
    if (exitCode !== 0) throw new Error(`sessions in the virtual machine: ${stderr.trim().slice(-2000)}`);
    return JSON.parse(stdout) as Recording;
  } finally {
    await vm.stop();
  }
}

async function machineHere(version: string): Promise<RecordedOn> {
  const host = await bootThrowawayHost();
  try {
    const { date, kernel, openrc, lxc, nftables, rcLxc } = await machineOf(host, version);
    return { date: date.slice(0, 10), kernel, openrc, lxc, nftables, rcLxc };
  } finally {
    await host.stop();
  }
}

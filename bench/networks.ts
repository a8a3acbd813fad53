import { join } from 'node:path';
import { bootVirtualMachine, vmRefusal } from '../src/lab/vm.ts';
import { fingerprint } from '../src/docs/fingerprint.ts';
import { formHosts } from '../src/docs/form-hosts.ts';
import { kernels } from '../src/docs/network-figures.ts';
import type { Direction, FormFigures, Kernel, NetworkFigures } from '../src/docs/network-figures.ts';
import { measureHere, rounds, seconds } from './network-measure.ts';
import type { Measured } from './network-measure.ts';
import { checkout, writeResult } from './support.ts';

type ByKernel = Readonly<Partial<Record<Kernel, Measured>>>;

/** Emulated, everything takes several times as long. */
const limitMs = 3_600_000;

/**
 * Every form of every network type against a plain bridge without rules, in turns: on this machine's kernel what it has
 * all for, and on that of the virtual machine as well, which has all. Cards are veth pairs in both.
 */
export async function benchNetworks(): Promise<void> {
  const own = await measureHere((text) => said('this kernel', text));
  const virtual = await measureInVm();
  writeResult(
    'networks',
    'one TCP connection from a container, both ends on one processor: median Gbit/s and microseconds of a round trip of a byte, and median ratios to the plain bridge without rules (NAT aside: that bridge is routed to) by the same kernel in the same rounds; own: the kernel of the machine; virtual: that of a virtual machine without hardware help',
    figuresOf({ own, ...(virtual === undefined ? {} : { virtual }) }),
    machines({ own, ...(virtual === undefined ? {} : { virtual }) }),
  );
}

function said(where: string, text: string): void {
  process.stderr.write(`networks: ${where}: ${text}\n`);
}

async function measureInVm(): Promise<Measured | undefined> {
  const refusal = vmRefusal();
  if (refusal !== undefined) {
    process.stderr.write(`SKIPPED: networks in the virtual machine: this machine ${refusal}\n`);
    return undefined;
  }
  said('virtual machine', 'booting');
  const vm = await bootVirtualMachine({ cardPairs: 0, memoryMiB: 4096 });
  try {
    const argv = [process.execPath, ...process.execArgv, join(checkout, 'bench/networks-here.ts')];
    const { stdout, stderr, exitCode } = await vm.run(argv, {
      timeoutMs: limitMs,
      onOutput: (name, chunk) => {
        if (name === 'stderr') said('virtual machine', chunk.toString('utf8').trim());
      },
    });
    if (exitCode !== 0) throw new Error(`networks in the virtual machine: ${stderr.trim().slice(-2000)}`);
    return JSON.parse(stdout) as Measured;
  } finally {
    await vm.stop();
  }
}

function machines(all: ByKernel): NetworkFigures['machine'] {
  return byKernel(all, ({ machine }, kernel) => ({ ...machine, emulated: kernel === 'virtual' }));
}

function figuresOf(all: ByKernel): NetworkFigures['figures'] {
  const types: Record<string, Record<string, FormFigures>> = {};
  const fingerprints = new Map(formHosts().map((host) => [host.label, fingerprint(host)]));
  for (const { type, label, keys, nothing } of all.own?.forms ?? []) {
    const directions = directionsOf(all, label);
    const isMeasured = Object.keys(directions).length > 0;
    const why = nothing ?? 'No kernel that it was tried on has all that it needs.';
    const print = fingerprints.get(label);
    const made = { keys, ...(print === undefined ? {} : { fingerprint: print }) };
    types[type] = { ...types[type], [label]: { ...made, ...(isMeasured ? { directions } : { nothing: why }) } };
  }
  return { rounds, secondsEach: seconds, plainBridge: byKernel(all, ({ plainBridge }) => plainBridge), types };
}

function directionsOf(all: ByKernel, label: string): NonNullable<FormFigures['directions']> {
  const found: NonNullable<FormFigures['directions']> = {};
  const formOf = ({ forms }: Measured) => forms.find((form) => form.label === label)?.directions ?? {};
  const names = new Set(Object.values(all).flatMap((each) => Object.keys(formOf(each)) as Direction[]));
  for (const name of names) {
    Object.assign(found, { [name]: byKernel(all, (each) => formOf(each)[name]) });
  }
  return found;
}

function byKernel<T>(
  all: ByKernel,
  give: (each: Measured, kernel: Kernel) => T | undefined,
): Partial<Record<Kernel, T>> {
  const pairs = kernels.flatMap((kernel): [Kernel, T][] => {
    const each = all[kernel];
    const value = each && give(each, kernel);
    return value === undefined ? [] : [[kernel, value]];
  });
  return Object.fromEntries(pairs);
}

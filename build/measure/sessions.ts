import { release } from 'node:os';
import { join, resolve } from 'node:path';

import { examplePath } from '../../src/docs/examples.ts';
import type { Example } from '../../src/docs/examples.ts';
import type { RecordedCommand } from '../../src/docs/recorded.ts';
import { bootThrowawayHost } from '../../src/lab/host.ts';
import type { RunResult, ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { adapt, neededOptions } from '../../src/lab/prove/adapt.ts';
import { tryKernel } from '../../src/lab/prove/kernel.ts';
import { raiseWorld } from '../../src/lab/prove/raise.ts';
import { planWorld } from '../../src/lab/prove/world.ts';
import { plainOutput } from './stable.ts';

export const checkout = resolve(import.meta.dirname, '../..');

/** Makes the containers' systems and starts them, on a machine that has other things to do. */
const timeoutMs = 120_000;

/**
 * Runs commands that pages show of an example on a host of its own, with the example applied unless they do that.
 * @throws Error for an example that cannot be applied; see lackingOf for one that this kernel cannot run.
 */
export async function runSession(example: Example, commands: readonly string[]): Promise<readonly RecordedCommand[]> {
  return onHostOf(example, async (host) => {
    if (!commands.some((command) => /\brc-lxc apply\b/u.test(command))) await apply(host);
    const recorded: RecordedCommand[] = [];
    for (const command of commands) {
      // As on a terminal, both in the order in which they come.
      const { stdout, exitCode } = await host.sh(`exec 2>&1\n${command}`, { timeoutMs });
      recorded.push({ command, output: plainOutput(stdout), exitCode });
    }
    return recorded;
  });
}

/**
 * A throw-away host with rc-lxc, with the cards, wires and machines around it that an example names,
 * and its description. */
export async function onHostOf<T>(example: Example, use: (host: ThrowawayHost) => Promise<T>): Promise<T> {
  const host = await bootThrowawayHost();
  try {
    await surround(host, example);
    if (!mapsMemory(release())) must(await host.sh(disk));
    await installShell(host, checkout);
    must(await host.sh('ln -s "$1" /usr/local/bin/rc-lxc', { arguments: [join(checkout, 'bin/rc-lxc')] }));
    // Each distribution's prints something else.
    must(await host.sh('ln -sf "$(command -v busybox)" /usr/local/bin/ping'));
    await host.writeFile(examplePath, example.text);
    return await use(host);
  } finally {
    await host.stop();
  }
}

/** Whether the memory file system under a throw-away host's containers can be seen with other owners, as of Linux 6.3. */
function mapsMemory(kernel: string): boolean {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return major > 6 || (major === 6 && minor >= 3);
}

/** A disk in its place, for a kernel with loop devices. */
const disk = `set -e
mknod /dev/loop-control c 10 237
for at in 0 1 2 3 4 5 6 7; do mknod /dev/loop$at b 7 $at; done
truncate -s 200M /run/containers.img
mkfs.ext4 -q /run/containers.img
mount -o loop /run/containers.img /var/lib/lxc
rmdir /var/lib/lxc/lost+found`;

/** As a person would, with the systems of containers made. */
export async function apply(host: ThrowawayHost): Promise<void> {
  must(await host.sh('rc-lxc apply --create', { timeoutMs }));
}

/**
 * What this kernel lacks for an example's networks, in words; undefined when it has all. `without`: also what the example
 * can be started without, though not as it is meant.
 */
export async function lackingOf({ model }: Example, without: 'required' | 'optional'): Promise<string | undefined> {
  const host = await bootThrowawayHost();
  try {
    const { has } = await tryKernel(host, model);
    for (const network of model.networks) {
      const options = neededOptions(network).filter(({ optional }) => without === 'optional' || optional !== true);
      const option = options.find((each) => !has(each));
      if (option !== undefined) return `this kernel has no ${option.name}, which network ${network.name} needs`;
    }
    return undefined;
  } finally {
    await host.stop();
  }
}

/** The cards, wires and machines that an example names; those of a network that the kernel lacks are left out. */
async function surround(host: ThrowawayHost, { model }: Example): Promise<void> {
  const { has, vlans } = await tryKernel(host, model);
  const adapted = adapt(model, { lxc: model.host.lxc, netifrc: false, has });
  await raiseWorld(host, planWorld(adapted.model, { vlans }));
}

function must({ exitCode, stdout, stderr }: RunResult): void {
  if (exitCode !== 0) throw new Error(`the host of a session: ${`${stdout}${stderr}`.trim()}`);
}

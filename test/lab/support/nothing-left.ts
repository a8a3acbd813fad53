import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ThrowawayHost } from '../../../src/lab/host.ts';
import { leftovers, type Leftovers } from '../../../src/lab/leftovers.ts';

/** busybox's timeout leaves a process that watches, and that notices only once a second that all is over; and the machine may be busy. */
const graceMs = 10_000;
const watches = (line: string): boolean => line.startsWith('timeout ');

/** What is there before a test, once what watched over an earlier step has ended. */
export async function settled(host: ThrowawayHost): Promise<Leftovers> {
  const end = performance.now() + graceMs;
  for (;;) {
    const now = await leftovers(host);
    if (!now.processes.some(watches) || performance.now() > end) return now;
    await pause(50);
  }
}

/** Nothing is there that was not there before, once what is about to end has ended. */
export async function expectNothingLeft(host: ThrowawayHost, before: Leftovers): Promise<void> {
  const end = performance.now() + graceMs;
  for (;;) {
    const now = await leftovers(host);
    try {
      expect(now).toEqual(before);
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await pause(50);
    }
  }
}

/**
 * OpenRC leaves the control group that it makes for a service when a process of it is still there as the service ends:
 * the supervisor that ends itself, or the watcher of busybox's timeout. The next start takes it again.
 * Removes it if it is empty by now, and fails if it is not.
 */
export async function removeEmptyGroup(host: ThrowawayHost, service: string): Promise<void> {
  const remove = `
# Newer releases of OpenRC put a prefix before the name.
for top in /sys/fs/cgroup /sys/fs/cgroup/unified; do
	for group in "$top/$1" "$top/openrc.$1"; do
		[ ! -d "$group" ] || rmdir "$group" || exit 1
	done
done`;
  await expect
    .poll(async () => (await host.sh(remove, { arguments: [service] })).exitCode, { timeout: graceMs })
    .toBe(0);
}

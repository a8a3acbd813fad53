import { createHash } from 'node:crypto';

import type { Problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import type { DesiredTree } from '../tree/types.ts';
import { isEmpty, makePlan } from '../plan/plan.ts';
import { readJournal } from './journal.ts';
import { manifestPath, readManifest, stateDirectory } from './manifest.ts';

/**
 * What was found when everything was as described: as long as the description, the facts and the inode of every file are
 * the same, it still is, and nothing has to be parsed, rendered or read. The same trick as git's index.
 */
interface Seal {
  readonly version: 1;
  /** Fingerprint of all that the tree follows from. */
  readonly input: string;
  readonly warnings: readonly Problem[];
  readonly paths: readonly string[];
  /** `Host.stamp` of each path, in the same order. */
  readonly stamps: readonly string[];
  readonly runlevels: Readonly<Record<string, readonly string[]>>;
}

const sealPath = `${stateDirectory}/seal.json`;

/** Below this many files a plan is quick without. */
const worthwhile = 250;

/** A file that changed so shortly before it was looked at could change again without a new time stamp. Milliseconds. */
const tooRecent = 40;

/** Fingerprint of what a tree follows from: sha256 in hex. */
export function fingerprintOf(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex');
}

/** Seals a tree that was just made as described, or found so. Called with the lock held. */
export async function writeSeal(
  host: Host,
  input: string,
  tree: DesiredTree,
  warnings: readonly Problem[],
): Promise<void> {
  if (tree.files.length < worthwhile || unchangedSince(host, input) !== undefined) return;
  // What was just written has to become old enough for its stamps to count.
  await new Promise((resolve) => setTimeout(resolve, tooRecent + 10));
  const paths = [manifestPath, ...tree.files.map(({ path }) => path)];
  const stamps = paths.map((path) => host.stamp(path, tooRecent) ?? '');
  // What a person has edited since it was written must not be sealed: the stamps first, then a look at what they stand for.
  const plan = makePlan(tree, readManifest(host), host);
  if (!isEmpty(plan) || plan.drift.length > 0) return;
  const runlevels: Record<string, string[]> = {};
  for (const [service, runlevel] of tree.runlevels) (runlevels[runlevel] ??= []).push(service);
  const seal: Seal = { version: 1, input, warnings, paths, stamps, runlevels };
  host.write(`${sealPath}.new`, JSON.stringify(seal), 0o600);
  host.rename(`${sealPath}.new`, sealPath);
}

/** The warnings of the description when nothing has changed since it was sealed; undefined when that cannot be told. */
export function unchangedSince(host: Host, input: string): readonly Problem[] | undefined {
  const seal = readSeal(host);
  if (seal?.version !== 1 || seal.input !== input || readJournal(host) !== undefined) return undefined;
  for (const [runlevel, services] of Object.entries(seal.runlevels)) {
    const present = new Set(host.list(`/etc/runlevels/${runlevel}`));
    if (!services.every((service) => present.has(service))) return undefined;
  }
  const holds = seal.paths.every((path, index) => seal.stamps[index] !== '' && host.stamp(path) === seal.stamps[index]);
  return holds ? seal.warnings : undefined;
}

/** A seal that cannot be read is none: everything is looked at then. */
function readSeal(host: Host): Seal | undefined {
  try {
    return JSON.parse(host.readText(sealPath) ?? '') as Seal;
  } catch {
    return undefined;
  }
}

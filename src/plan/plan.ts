import { createHash } from 'node:crypto';

import { UserError, problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { DesiredFile, DesiredLines, DesiredLink, DesiredRegular, DesiredTree } from '../tree/types.ts';
import { withLines, withoutLines } from './lines.ts';
import type { Change, Drift, Found, Manifest, Owned, Plan, RemovedContainer, RunlevelLink } from './types.ts';

/** What the plan asks of the host. */
export interface Snapshot {
  look(path: string): Found;
  /** True for a file with exactly this content and mode: asked first, of every file, where the snapshot can tell. */
  holds?(path: string, content: string, mode: number): boolean;
  /** Changes whenever what stands at the path does; undefined when nothing does. */
  stamp?(path: string): string | undefined;
  /** Names in a directory; none when there is no such directory. */
  list(directory: string): readonly string[];
}

/** Fingerprint of a content or a link target: sha256 in hex. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

interface Findings {
  readonly changes: Change[];
  readonly drift: Drift[];
  readonly problems: Problem[];
}

/**
 * Compares what is wanted with what is there. Reads each path once; fingerprints only what differs.
 * @throws UserError when something that is no file stands where a file belongs.
 */
export function makePlan(tree: DesiredTree, manifest: Manifest, snapshot: Snapshot): Plan {
  const findings: Findings = { changes: [], drift: [], problems: [] };
  const wanted = new Set<string>();
  const isFirst = Object.keys(manifest.files).length === 0;
  for (const file of tree.files) {
    wanted.add(file.path);
    if (file.kind === 'file' && !isFirst && snapshot.holds?.(file.path, file.content, file.mode) === true) continue;
    compare(file, snapshot, manifest.files[file.path], findings);
  }
  for (const path in manifest.files) {
    const owned = wanted.has(path) ? undefined : manifest.files[path];
    if (owned !== undefined) withdraw(path, owned, snapshot.look(path), findings);
  }
  if (findings.problems.length > 0) throw new UserError(findings.problems);
  const { removedContainers, movedContainers } = leaving(tree, manifest);
  const links = runlevels(tree, manifest, snapshot, removedContainers);
  return {
    version: 1,
    changes: findings.changes,
    drift: findings.drift,
    ...links,
    ...restarts(findings.changes, emptied(links.runlevelRemoves, wanted, manifest), manifest, snapshot),
    removedContainers,
    movedContainers,
    tree,
    manifest,
  };
}

/** Containers of the last apply that are described no more, or below another lxcpath: LXC would not find them running. */
function leaving(tree: DesiredTree, { containers }: Manifest): Pick<Plan, 'removedContainers' | 'movedContainers'> {
  const paths = new Map(tree.containers.map(({ name, lxcPath }) => [name, lxcPath]));
  const removedContainers: RemovedContainer[] = [];
  const movedContainers: RemovedContainer[] = [];
  for (const name in containers) {
    const container = containers[name];
    const lxcPath = paths.get(name);
    if (container === undefined || lxcPath === container.lxcPath) continue;
    const list = lxcPath === undefined ? removedContainers : movedContainers;
    list.push(Object.assign({ name }, container));
  }
  return { removedContainers, movedContainers };
}

function compare(file: DesiredFile, snapshot: Snapshot, owned: Owned | undefined, findings: Findings): void {
  const found = snapshot.look(file.path);
  if (found.kind === 'other') {
    const hint = 'move it away; a file belongs there';
    findings.problems.push(
      problem('in-the-way', `${file.path}: a directory or device stands there`, { where: file.origin, hint }),
    );
    return;
  }
  switch (file.kind) {
    case 'file':
      return compareFile(file, found, owned, snapshot, findings);
    case 'link':
      return compareLink(file, found, owned, findings);
    case 'lines':
      return compareLines(file, found, owned, findings);
  }
}

function compareFile(
  file: DesiredRegular,
  found: Exclude<Found, { kind: 'other' }>,
  owned: Owned | undefined,
  snapshot: Snapshot,
  { changes, drift }: Findings,
): void {
  const writing = {
    path: file.path,
    before: found,
    after: { kind: 'file', content: file.content, mode: file.mode } as const,
    desired: file,
  };
  if (found.kind === 'absent') {
    changes.push({ action: 'create', ...writing });
  } else if (found.kind === 'file' && found.content === file.content) {
    if (found.mode === file.mode) return;
    // A mode that a person has set is an edit like any other; one that we set is ours to change.
    if (owned?.mode === found.mode) changes.push({ action: 'replace', ...writing });
    else drift.push({ path: file.path, reason: 'mode' });
  } else if (isOwn(found, owned)) {
    changes.push({ action: 'replace', ...writing });
  } else if (found.kind === 'link' && isService(file.path)) {
    changes.push({ action: 'take-over', ...writing });
  } else {
    const beside = owned?.offered === fingerprint(file.content) ? undefined : besidePath(file, snapshot);
    if (beside === undefined)
      drift.push({ path: file.path, reason: (owned?.sha256 ?? '') === '' ? 'foreign' : 'edited' });
    else changes.push({ action: 'beside', beside, ...writing });
  }
}

function compareLink(
  file: DesiredLink,
  found: Exclude<Found, { kind: 'other' }>,
  owned: Owned | undefined,
  { changes, drift }: Findings,
): void {
  const writing = {
    path: file.path,
    before: found,
    after: { kind: 'link', target: file.target } as const,
    desired: file,
  };
  if (found.kind === 'absent') changes.push({ action: 'create', ...writing });
  else if (found.kind === 'link' && found.target === file.target) return;
  else if (isOwn(found, owned)) changes.push({ action: 'replace', ...writing });
  else drift.push({ path: file.path, reason: owned === undefined ? 'foreign' : 'edited' });
}

/** What is missing goes in, what we added and is wanted no more goes out; the rest of the file is not ours to touch. */
function compareLines(
  file: DesiredLines,
  found: Exclude<Found, { kind: 'other' }>,
  owned: Owned | undefined,
  { changes, drift }: Findings,
): void {
  if (found.kind === 'link') {
    drift.push({ path: file.path, reason: 'foreign' });
    return;
  }
  const text = found.kind === 'file' ? found.content : '';
  const stale = (owned?.lines ?? []).filter((line) => !file.lines.includes(line));
  const content = withLines(withoutLines(text, stale), file.lines);
  if (content === text) return;
  const after = found.kind === 'file' ? { ...found, content } : ({ kind: 'file', content, mode: 0o644 } as const);
  const action = found.kind === 'absent' ? 'create' : 'replace';
  changes.push({ action, path: file.path, before: found, after, desired: file });
}

/** Something that an earlier apply wrote and that is wanted no more. */
function withdraw(path: string, owned: Owned, found: Found, { changes, drift }: Findings): void {
  if (found.kind === 'absent' || owned.sha256 === '') return;
  if (owned.kind === 'lines' && found.kind === 'file') {
    const content = withoutLines(found.content, owned.lines ?? []);
    if (content === '' && owned.made === true) changes.push({ action: 'remove', path, before: found });
    else if (content !== found.content)
      changes.push({ action: 'release', path, before: found, after: { ...found, content } });
  } else if (isOwn(found, owned)) {
    changes.push({ action: 'remove', path, before: found });
  } else {
    drift.push({ path, reason: 'left' });
  }
}

/** Whether it is still what we wrote. */
function isOwn(found: Found, owned: Owned | undefined): boolean {
  if (owned === undefined || owned.kind !== found.kind) return false;
  return owned.sha256 === fingerprint(found.kind === 'file' ? found.content : (found as { target: string }).target);
}

/** The script of a container's service: another package's is taken over, since the service is described here now. */
function isService(path: string): boolean {
  return path.startsWith('/etc/init.d/lxc.');
}

/**
 * `._cfg0000_NAME`, or the next number that is free: what dispatch-conf and etc-update look for (dispatch-conf(1)).
 * Nothing when this very version waits there already.
 */
function besidePath(file: DesiredRegular, snapshot: Snapshot): string | undefined {
  const slash = file.path.lastIndexOf('/') + 1;
  const [directory, name] = [file.path.slice(0, slash), file.path.slice(slash)];
  const taken = new Set(snapshot.list(directory));
  for (let number = 0; ; number += 1) {
    const beside = besideName(number, name);
    if (!taken.has(beside)) return directory + beside;
    const waiting = snapshot.look(directory + beside);
    if (waiting.kind === 'file' && waiting.content === file.content) return undefined;
  }
}

const besideName = (number: number, name: string): string => `._cfg${String(number).padStart(4, '0')}_${name}`;

/** Where OpenRC records that a service has been started (librc's RC_SVCDIR); it is made anew at every start. */
const startOf = (service: string): string => `/run/openrc/started/${service}`;

/**
 * Services with scripts that are installed, not written here, and that no network asks for any more: what they read goes,
 * and they have to be told.
 */
function emptied(removes: readonly RunlevelLink[], wanted: ReadonlySet<string>, manifest: Manifest): readonly string[] {
  return removes
    .map(({ service }) => service)
    .filter((service) => {
      const script = `/etc/init.d/${service}`;
      return !wanted.has(script) && manifest.files[script] === undefined;
    });
}

function restarts(
  changes: readonly Change[],
  leftOver: readonly string[],
  manifest: Manifest,
  snapshot: Snapshot,
): { restarts: readonly string[]; pending: Manifest['pending'] } {
  const changed = changes.flatMap((change) =>
    change.action === 'replace' || change.action === 'take-over' ? change.desired.services : [],
  );
  const earlier = Object.entries(manifest.pending).flatMap(([service, stamp]) =>
    snapshot.stamp?.(startOf(service)) === stamp ? [service] : [],
  );
  const all = [...new Set([...changed, ...leftOver, ...earlier])].toSorted();
  const stamps = all.flatMap((service) => {
    const stamp = snapshot.stamp?.(startOf(service));
    return stamp === undefined ? [] : [[service, stamp] as const];
  });
  return { restarts: all, pending: Object.fromEntries(stamps) };
}

const runlevelDirectory = '/etc/runlevels';

/** Links that are missing, ours that are wanted no more, and any of a container that is gone. */
function runlevels(
  tree: DesiredTree,
  manifest: Manifest,
  snapshot: Snapshot,
  removed: readonly { service: string }[],
): { runlevelAdds: readonly RunlevelLink[]; runlevelRemoves: readonly RunlevelLink[] } {
  const present = new Map(
    snapshot.list(runlevelDirectory).map((name) => [name, new Set(snapshot.list(`${runlevelDirectory}/${name}`))]),
  );
  const has = (service: string, runlevel: string) => present.get(runlevel)?.has(service) ?? false;
  const wanted = Array.from(tree.runlevels, ([service, runlevel]) => ({ service, runlevel }));
  const ours = Object.entries(manifest.runlevels).map(([service, runlevel]) => ({ service, runlevel }));
  const dangling = removed.flatMap(({ service }) => Array.from(present.keys(), (runlevel) => ({ service, runlevel })));
  const removes = [...ours, ...dangling].filter(
    ({ service, runlevel }) => has(service, runlevel) && tree.runlevels.get(service) !== runlevel,
  );
  return {
    runlevelAdds: wanted.filter(({ service, runlevel }) => !has(service, runlevel)),
    runlevelRemoves: [...new Map(removes.map((link) => [`${link.runlevel}/${link.service}`, link])).values()],
  };
}

/** True when there is nothing to do. What a person has changed and apply leaves so is no change. */
export function isEmpty(plan: Plan): boolean {
  return plan.changes.length + plan.runlevelAdds.length + plan.runlevelRemoves.length === 0;
}

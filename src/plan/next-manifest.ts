import type { DesiredFile } from '../tree/types.ts';
import { fingerprint } from './plan.ts';
import type { Change, Manifest, Owned, Plan } from './types.ts';

/** What is ours once the plan has been carried out. `directories`: those that apply had to make for it. */
export function nextManifest(plan: Plan, directories: readonly string[]): Manifest {
  const changes = new Map(plan.changes.map((change) => [change.path, change]));
  const drifting = new Set(plan.drift.map(({ path }) => path));
  const files: Record<string, Owned> = {};
  for (const file of plan.tree.files) {
    const before = plan.manifest.files[file.path];
    files[file.path] = ownership(file, changes.get(file.path), drifting.has(file.path), before);
  }
  return {
    version: 1,
    files,
    directories: [...new Set([...plan.manifest.directories, ...directories])].toSorted(),
    runlevels: ownRunlevels(plan),
    containers: Object.fromEntries(
      plan.tree.containers.map(({ name, service, lxcPath }) => [name, { service, lxcPath }]),
    ),
    pending: plan.pending,
  };
}

function ownership(file: DesiredFile, change: Change | undefined, kept: boolean, before: Owned | undefined): Owned {
  if (file.kind === 'lines') return linesOwned(file.lines, change, before);
  const wanted = fingerprint(file.kind === 'link' ? file.target : file.content);
  const mode = file.kind === 'file' ? { mode: file.mode } : {};
  if (!kept && change?.action !== 'beside') return { kind: file.kind, sha256: wanted, ...mode };
  // What was ours stays ours if the person's edit is undone; what never was has no fingerprint to match.
  return { kind: file.kind, sha256: '', ...mode, ...before, offered: wanted };
}

/** Only lines that were not there before us are ours to take out again. */
function linesOwned(lines: readonly string[], change: Change | undefined, before: Owned | undefined): Owned {
  const earlier = new Set(before?.lines);
  const present =
    change !== undefined && 'before' in change && change.before.kind === 'file'
      ? new Set(change.before.content.split('\n'))
      : undefined;
  const added = lines.filter((line) => earlier.has(line) || (change !== undefined && present?.has(line) !== true));
  const made = change?.action === 'create' || before?.made === true;
  return { kind: 'lines', sha256: fingerprint(added.join('\n')), lines: added, ...(made ? { made } : {}) };
}

/** Links that stand already and that we did not make are somebody's own: they stay when we want them no more. */
function ownRunlevels(plan: Plan): Readonly<Record<string, string>> {
  const added = new Set(plan.runlevelAdds.map(({ service }) => service));
  const kept = Array.from(plan.tree.runlevels).filter(
    ([service, runlevel]) => added.has(service) || plan.manifest.runlevels[service] === runlevel,
  );
  return Object.fromEntries(kept);
}

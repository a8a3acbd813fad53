import type { Host } from '../host/types.ts';
import { nextManifest } from '../plan/next-manifest.ts';
import type { Change, Manifest, Plan, WrittenFile, WrittenLink } from '../plan/types.ts';
import type { DesiredContainer } from '../tree/types.ts';
import { directoryOf, markOf } from './commit.ts';
import { writeJournal, type Journal, type Operation } from './journal.ts';
import { manifestPath, manifestText, stateDirectory } from './manifest.ts';

/** A file or link that apply writes, and where it waits. */
export interface Staged {
  readonly path: string;
  readonly staged: string;
  readonly after: WrittenFile | WrittenLink;
  readonly change?: Change;
}

export interface Staging {
  readonly journal: Journal;
  readonly staged: readonly Staged[];
  /** Modes of directories that must be made, where they are not 755. */
  readonly modes: ReadonlyMap<string, number>;
}

/** In the directory of the file, so that the rename is atomic; with a dot, since OpenRC takes every other name for a service. */
const besideName = (path: string, word: 'new' | 'old'): string =>
  `${directoryOf(path)}/.rc-lxc-${word}.${path.slice(path.lastIndexOf('/') + 1)}`;

export const stagedName = (path: string): string => besideName(path, 'new');
const keptName = (path: string): string => besideName(path, 'old');

const runlevelPath = (link: { readonly service: string; readonly runlevel: string }): string =>
  `/etc/runlevels/${link.runlevel}/${link.service}`;

/** What is to be written and removed, in the order in which it is committed: files first, then what starts them. */
export function planStaging(plan: Plan): Staging {
  const staged = [
    ...plan.changes.flatMap((change) => stagedChange(change)),
    ...plan.runlevelAdds.map((link) => {
      const path = runlevelPath(link);
      return {
        path,
        staged: stagedName(path),
        after: { kind: 'link', target: `/etc/init.d/${link.service}` } as const,
      };
    }),
  ];
  const removals = [
    ...plan.runlevelRemoves.map((link) => removing(runlevelPath(link), `link /etc/init.d/${link.service}`)),
    ...plan.changes.flatMap((change) =>
      change.action === 'remove' ? [removing(change.path, markOf(change.before))] : [],
    ),
  ];
  const operations = [...removals, ...staged.map((item) => placing(item))];
  const modes = new Map(
    plan.tree.containers.map((container) => [`${container.lxcPath}/${container.name}`, modeOf(container)]),
  );
  return { staged, journal: { version: 1, phase: 'stage', operations, directories: [], idle: [] }, modes };
}

/**
 * Nobody but root reaches a rootfs whose setuid programs are root's own: root inside could make one for a user of the
 * host (LXC's own directories are as closed). Mapped owners have to pass through, and what is setuid there is theirs.
 */
function modeOf(container: DesiredContainer): number {
  return container.idMap === undefined ? 0o750 : 0o711;
}

function stagedChange(change: Change): readonly Staged[] {
  if (change.action === 'remove') return [];
  const path = change.action === 'beside' ? change.beside : change.path;
  return [{ path, staged: stagedName(path), after: change.after, change }];
}

function removing(path: string, was: string): Operation {
  return { kind: 'remove', path, kept: keptName(path), was };
}

function placing({ path, staged, after, change }: Staged): Operation {
  const before = change === undefined || change.action === 'beside' ? ({ kind: 'absent' } as const) : change.before;
  return { kind: 'place', staged, path, kept: keptName(path), was: markOf(before), will: markOf(after) };
}

/**
 * Writes every file beside its target, after a journal that says so: whoever finds it can undo it. Gives the journal
 * with the directories that are made. A failure leaves the journal, for the caller to undo by it.
 */
export async function stage(host: Host, staging: Staging, started: (journal: Journal) => void): Promise<Journal> {
  host.makeDirectory(stateDirectory);
  const parents = [...new Set(staging.staged.map(({ path }) => directoryOf(path)))];
  const directories = [...new Set(parents.flatMap((directory) => missing(host, directory)))];
  const journal: Journal = { ...staging.journal, directories };
  started(journal);
  await writeJournal(host, journal);
  for (const directory of parents) host.makeDirectory(directory, staging.modes.get(directory));
  for (const item of staging.staged) writeStaged(host, item);
  await host.sync([...staging.staged.map(({ staged }) => staged), ...parents]);
  return journal;
}

function missing(host: Host, directory: string): readonly string[] {
  const found: string[] = [];
  for (let path = directory; path !== '/' && !host.isDirectory(path); path = directoryOf(path)) found.unshift(path);
  return found;
}

function writeStaged(host: Host, { staged, after }: Staged): void {
  if (after.kind === 'link') {
    host.remove(staged);
    host.symlink(after.target, staged);
  } else host.write(staged, after.content, after.mode, after.encoding);
}

/**
 * All of it is written and valid: from this journal on, whoever finds it finishes the work. The manifest is the last file
 * that is put in place.
 */
export async function decide(host: Host, plan: Plan, journal: Journal): Promise<Journal> {
  const next = nextManifest(plan, journal.directories);
  const used = usedDirectories(next);
  const [directories, idle] = partition(next.directories, (directory) => used.has(directory));
  const after = {
    kind: 'file',
    content: manifestText({ ...next, directories }),
    mode: 0o600,
  } as const;
  const staged = stagedName(manifestPath);
  writeStaged(host, { path: manifestPath, staged, after });
  await host.sync([staged]);
  const was = markOf(host.look(manifestPath));
  const placed = {
    kind: 'place',
    staged,
    path: manifestPath,
    kept: keptName(manifestPath),
    was,
    will: markOf(after),
  } as const;
  const decided: Journal = { ...journal, phase: 'commit', operations: [...journal.operations, placed], idle };
  await writeJournal(host, decided);
  return decided;
}

function partition<T>(values: readonly T[], belongs: (value: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [values.filter((value) => belongs(value)), values.filter((value) => !belongs(value))];
}

/** Directories that something of ours is in. */
function usedDirectories({ files, runlevels }: Manifest): ReadonlySet<string> {
  const links = Object.entries(runlevels).map(([service, runlevel]) => runlevelPath({ service, runlevel }));
  return new Set([...Object.keys(files), ...links].flatMap((path) => ancestors(path)));
}

function ancestors(path: string): readonly string[] {
  const found: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) found.push(path.slice(0, end));
  return found;
}

import { UserError, problem } from '../base/errors.ts';
import type { HeldSignals, Host } from '../host/types.ts';
import { nextManifest } from '../plan/next-manifest.ts';
import { isEmpty } from '../plan/plan.ts';
import type { Plan } from '../plan/types.ts';
import { markOf } from './commit.ts';
import { finish } from './conclude.ts';
import { readJournal, type Journal } from './journal.ts';
import { stateDirectory } from './manifest.ts';
import { decide, planStaging, stage } from './stage.ts';
import { undo, unstage } from './undo.ts';
import { validate } from './validate.ts';

export { createRootfs, missingRootfs } from './create.ts';
export { readManifest } from './manifest.ts';
export { fingerprintOf, unchangedSince, writeSeal } from './seal.ts';
export { leavingServices, stopServices } from './leaving.ts';
export {
  hasOpenrc,
  refreshCache,
  restartLine,
  restartServices,
  startAgain,
  startedNow,
  startedServices,
} from './services.ts';

const lockPath = `${stateDirectory}/lock`;

/**
 * Runs the work with the lock of this tree, after finishing or undoing what an interrupted apply left.
 * @throws UserError when another process holds it.
 */
export async function locked<T>(
  host: Host,
  work: (recovered: 'nothing' | 'undone' | 'finished') => Promise<T>,
): Promise<T> {
  const lock = host.lock(lockPath);
  if ('heldBy' in lock) {
    throw new UserError(
      problem('locked', `another rc-lxc is at work on this tree: ${lock.heldBy}`, {
        hint: 'wait until it has finished',
      }),
    );
  }
  try {
    return await work(await recover(host));
  } finally {
    lock.release();
  }
}

/** True when an apply was interrupted, and the next one has to finish or undo it first. */
export function wasInterrupted(host: Host): boolean {
  return readJournal(host) !== undefined;
}

/** Finishes an interrupted commit, or undoes interrupted staging: the tree is wholly new or wholly old afterwards. */
async function recover(host: Host): Promise<'nothing' | 'undone' | 'finished'> {
  const journal = readJournal(host);
  if (journal === undefined) return 'nothing';
  if (journal.phase === 'commit') {
    await finish(host, journal);
    return 'finished';
  }
  await (journal.phase === 'undo' ? undo(host, journal) : unstage(host, journal));
  return 'undone';
}

/**
 * Writes what the plan says; the caller holds the lock. All or nothing: a failure, or a signal before the decision,
 * leaves the old tree; a signal after it takes effect when all is done.
 * `first` is done when all is staged and valid, and before anything is put in place; when it fails nothing is.
 * @throws UserError when the host changed since the plan was made, a file is refused by its reader, or cannot be written.
 */
export async function applyPlan(plan: Plan, host: Host, first: () => Promise<void> = noMore): Promise<void> {
  refuseStale(plan, host);
  if (isEmpty(plan) && !manifestChanges(plan)) return;
  const signals = host.holdSignals();
  try {
    await finish(host, await prepare(plan, host, signals, first));
  } finally {
    signals.release();
  }
}

async function noMore(): Promise<void> {}

/** Stages and validates, up to the decision. Nothing of it is left when it fails. */
async function prepare(plan: Plan, host: Host, signals: HeldSignals, first: () => Promise<void>): Promise<Journal> {
  const staging = planStaging(plan);
  let begun: Journal | undefined;
  try {
    const journal = await stage(host, staging, (started) => {
      begun = started;
    });
    await validate(host, staging.staged);
    if ((await signals.received()) !== undefined) throw interrupted();
    await first();
    return await decide(host, plan, journal);
  } catch (error) {
    if (begun !== undefined) await unstage(host, begun);
    // A program that was asked to validate hears the terminal's Ctrl-C too, and says no.
    if ((await signals.received()) === undefined) throw error;
    signals.forgive();
    throw interrupted();
  }
}

function interrupted(): UserError {
  return new UserError(problem('interrupted', 'interrupted; nothing was changed', { hint: 'run rc-lxc apply again' }));
}

/** What was there when the plan was made must be there still. */
function refuseStale(plan: Plan, host: Host): void {
  const changed = plan.changes.filter((change) => markOf(host.look(change.path)) !== markOf(change.before));
  if (changed.length === 0) return;
  throw new UserError(
    changed.map(({ path }) =>
      problem('changed-since-plan', `${path} changed after the plan was made; nothing was written`, {
        hint: 'run rc-lxc plan again',
      }),
    ),
  );
}

/**
 * An empty plan may still be the first, or find an edit that is what is wanted by now: files that are as described are
 * ours from now on.
 */
function manifestChanges(plan: Plan): boolean {
  return JSON.stringify(nextManifest(plan, [])) !== JSON.stringify(plan.manifest);
}

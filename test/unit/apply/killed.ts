/**
 * Applies the new tree to a root, and sends itself a signal, SIGKILL when none is named, at the call that is named:
 * `killed.ts ROOT N before|after [SIGNAL]`. Counts every call by which the host is changed, syncs included. Exit status
 * 0: there were fewer calls; 1: it was interrupted, and says so; 75: another had the lock.
 */
import { applyPlan, locked, readManifest } from '../../../src/apply/index.ts';
import { UserError } from '../../../src/base/errors.ts';
import { realHost } from '../../../src/host/real.ts';
import type { Host } from '../../../src/host/types.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import { newTree } from './trees.ts';

const [root = '', at = '', when = '', signal = 'SIGKILL'] = process.argv.slice(2);
let calls = 0;

/** Runs the call, unless it is the one. */
function counted<Args extends readonly unknown[], Result>(call: (...args: Args) => Result): (...args: Args) => Result {
  return (...args) => {
    calls += 1;
    const mine = calls === Number(at);
    if (mine && when === 'before') process.kill(process.pid, signal);
    const result = call(...args);
    if (mine) process.kill(process.pid, signal);
    return result;
  };
}

const real = realHost(root);
const host: Host = {
  ...real,
  write: counted(real.write),
  symlink: counted(real.symlink),
  link: counted(real.link),
  chmod: counted(real.chmod),
  rename: counted(real.rename),
  remove: counted(real.remove),
  makeDirectory: counted(real.makeDirectory),
  removeEmptyDirectory: counted(real.removeEmptyDirectory),
  sync: counted(real.sync),
  lock: counted(real.lock),
};

try {
  await locked(host, () => applyPlan(makePlan(newTree, readManifest(host), host), host));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(error.message);
  process.exitCode = error.problems.some(({ code }) => code === 'locked') ? 75 : 1;
}

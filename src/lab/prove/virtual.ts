import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError, problem } from '../../base/errors.ts';
import type { ProblemJson } from '../../base/report.ts';
import type { HostModel } from '../../resolve/model.ts';
import { bootVirtualMachine } from '../vm.ts';
import type { LabReport } from './report.ts';
import { problemOf } from './text.ts';
import { planWorld } from './world.ts';

export interface VirtualOptions {
  /** The description, as the user named it. */
  readonly source: string;
  readonly attacks: boolean;
  readonly step: (text: string) => void;
}

/** What the virtual machine has of cards at most. */
const mostPairs = 8;

/** Everything in there takes several times as long. */
const limitMs = 900_000;

/**
 * Runs this program in a virtual machine, for the same description, and gives what it reports.
 * @throws UserError for what it refuses.
 */
export async function proveInVm(model: HostModel, { source, attacks, step }: VirtualOptions): Promise<LabReport> {
  const path = resolve(source);
  const cards = new Set(planWorld(model, { vlans: true }).segments.map(({ card }) => card));
  step('booting a virtual machine');
  const machine = await bootVirtualMachine({
    cardPairs: Math.min(mostPairs, Math.max(1, cards.size)),
    folders: [...new Set([dirname(path), ...ownFolders()])].filter((folder) => isHidden(folder)),
  });
  try {
    step('proving in the virtual machine');
    const argv = [process.execPath, ...process.execArgv, resolve(process.argv[1] ?? ''), 'lab', '-c', path, '--json'];
    const result = await machine.run([...argv, ...(attacks ? [] : ['--quick'])], {
      timeoutMs: limitMs,
      onOutput: (name, chunk) => {
        if (name === 'stderr') step(chunk.toString('utf8').trim().split('\n').at(-1) ?? '');
      },
    });
    return reportOf(result.stdout, result.stderr, source);
  } finally {
    await machine.stop();
  }
}

/** Folders that a machine has of its own: what is in ours has to be brought along. */
function isHidden(folder: string): boolean {
  return /^\/(?:dev|run|tmp|var\/lib\/lxc)(?:\/|$)/u.test(folder) && existsSync(folder);
}

/** Of the program itself. */
function ownFolders(): readonly string[] {
  return [dirname(resolve(process.argv[1] ?? '/')), dirname(process.execPath)];
}

function reportOf(stdout: string, stderr: string, source: string): LabReport {
  let said: Partial<LabReport> & { readonly problems?: readonly ProblemJson[] };
  try {
    said = JSON.parse(stdout) as typeof said;
  } catch {
    throw new Error(`the lab in the virtual machine ended early: ${stderr.trim().slice(-2000)}`);
  }
  if (said.version !== undefined) return { ...(said as LabReport), source };
  const found = (said.problems ?? []).map((each) => problemOf(each));
  throw new UserError(found.length > 0 ? found : problem('lab-refused', 'the lab in the virtual machine said nothing'));
}

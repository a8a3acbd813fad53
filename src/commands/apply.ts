import { UserError, problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import { problemsToJson } from '../base/report.ts';
import {
  applyPlan,
  createRootfs,
  fingerprintOf,
  hasOpenrc,
  leavingServices,
  locked,
  missingRootfs,
  refreshCache,
  restartLine,
  restartServices,
  startAgain,
  startedNow,
  startedServices,
  stopServices,
  writeSeal,
} from '../apply/index.ts';
import { isEmpty } from '../plan/plan.ts';
import { planJson } from '../plan/json.ts';
import { planSummary } from '../plan/text.ts';
import type { Plan } from '../plan/types.ts';
import { counted, inputOf, loadTree, warningNotes } from './pipeline.ts';
import type { Loaded } from './pipeline.ts';
import { planTree } from './planning.ts';
import type { Command, CommandResult, Context, OptionValues } from './types.ts';

export const applyCommand: Command = {
  name: 'apply',
  summary: 'write the tree, and tell OpenRC',
  description:
    "Writes what the description asks for, all of it or nothing, refreshes OpenRC's dependency cache once, and adds and removes runlevel links. " +
    'It says which services need a restart; it restarts none unless told. Files that were changed by hand are kept, and the new version is put beside them as ._cfg0000_NAME.',
  arguments: [],
  options: [
    { flags: '--create', summary: 'make each missing rootfs with lxc-create, as its template says' },
    { flags: '--prove', summary: 'run the lab first, and write nothing when it finds anything' },
    { flags: '--restart', summary: 'restart the services that need it' },
    { flags: '--stop', summary: 'stop containers that are no longer in the description' },
  ],
  examples: [
    ['rc-lxc apply --create', 'write everything, and make what a container needs to start'],
    ['rc-lxc apply --prove', 'change the host only if the lab finds all as promised'],
    ['rc-lxc apply --root /mnt/gentoo', 'prepare another system'],
  ],
  async run(context, _args, options) {
    if (options['create'] === true && !context.host.live) {
      const hint = 'apply with --create on the running host';
      throw new UserError(problem('not-live', 'a rootfs can only be made on the host itself', { hint }));
    }
    if (options['prove'] !== true) return applyNow(context, options);
    const { labResult, runLab } = await import('./lab.ts');
    const outcome = await runLab(context, {});
    const proof = await labResult(context, outcome);
    if (!outcome.report.proven) return { ...proof, text: `${proof.text}\n\nNothing was written.` };
    const result = await applyNow(context, options);
    const summary = proof.text.split('\n').slice(-2);
    return {
      ...result,
      text: [...summary, result.text].join('\n'),
      json: Object.assign({}, result.json, { proof: proof.json }),
    };
  },
};

async function applyNow(context: Context, options: OptionValues): Promise<CommandResult> {
  const sources = context.files.readSources(context.source);
  const loaded = await loadTree(context, sources);
  const input = fingerprintOf(await inputOf(sources, context));
  return locked(context.host, (recovered) => carryOut(context, options, { ...loaded, input }, recovered));
}

/** So many files are written at one go, without a pause in which progress could be shown. */
const many = 1000;

function writingStep(plan: Plan): string {
  const files = plan.changes.length;
  return files === 0 ? 'changing runlevels' : `writing ${counted(files, 'file')}`;
}

/** What fails after the tree is in place is told with the rest: what has been done stays done. */
async function carryOut(
  context: Context,
  options: OptionValues,
  { tree, warnings, input }: Loaded & { readonly tree: Plan['tree']; readonly input: string },
  recovered: 'nothing' | 'undone' | 'finished',
): Promise<CommandResult> {
  const { host, progress } = context;
  const step = (text: string) => progress.step(text);
  const plan = planTree(host, tree);
  const leaving = await leavingServices(host, plan, options['stop'] === true);
  const before = startedNow(host);
  if (!isEmpty(plan)) progress.step(writingStep(plan), plan.changes.length > many ? 'computing' : 'waiting');
  await applyPlan(plan, host, () => stopServices(host, leaving, step));
  if (plan.drift.length === 0 && plan.changes.every(({ action }) => action !== 'beside'))
    await writeSeal(host, input, tree, warnings);
  if (await refreshCache(host, plan)) step('dependency cache refreshed');
  const notStarted = leaving.length === 0 ? [] : await startAgain(host, before, step);
  const created = options['create'] === true ? await createAll(context, plan) : { made: [], problems: [] };
  const pending = startedServices(host, plan.restarts);
  // Who interrupts the making of a rootfs does not want services to be restarted after that.
  const restart = options['restart'] === true && !created.problems.some(({ code }) => code === 'interrupted');
  const failed = restart ? await restartServices(host, pending, step) : [];
  const problems = [...notStarted, ...created.problems, ...failed];
  const left = restart ? [] : pending;
  const lacking = missingRootfs(host, tree).map(({ name }) => name);
  return {
    exitCode: problems.length === 0 ? 0 : 1,
    text: [
      recovered === 'nothing' ? '' : `an earlier apply had been interrupted: it was ${recovered} first`,
      isEmpty(plan) ? planSummary(plan) : `done: ${planSummary(plan, true)}`,
      ...plan.changes.flatMap((change) =>
        change.action === 'beside' ? [`kept ${change.path}; the new version is ${change.beside}: dispatch-conf`] : [],
      ),
      ...created.made.map((name) => `made the rootfs of ${name}`),
      ...left.map((service) => `needs a restart: ${restartLine(service)}`),
      lacking.length > 0 && host.live
        ? `no rootfs yet: ${lacking.join(' ')} (rc-lxc apply --create makes those with a template)`
        : '',
      host.live && !hasOpenrc(host) ? 'OpenRC does not run here: no service was told' : '',
    ]
      .filter((line) => line !== '')
      .join('\n'),
    notes: warningNotes([...warnings, ...problems], context),
    json: {
      plan: planJson(plan),
      recovered,
      stopped: leaving.map(({ service }) => service),
      created: created.made,
      restarted: restart ? pending : [],
      needRestart: left,
      withoutRootfs: lacking,
      problems: problemsToJson([...warnings, ...problems]),
    },
  };
}

/** Makes what is missing; one that fails does not keep the others from being made. */
async function createAll(
  context: Context,
  plan: Plan,
): Promise<{ made: readonly string[]; problems: readonly Problem[] }> {
  const made: string[] = [];
  const problems: Problem[] = [];
  for (const container of missingRootfs(context.host, plan.tree)) {
    if (container.template === undefined) continue;
    context.progress.step(`making the rootfs of ${container.name}: ${container.template}`);
    try {
      await createRootfs(context.host, container);
      made.push(container.name);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
      if (error.problems.some(({ code }) => code === 'interrupted')) break;
    }
  }
  return { made, problems };
}

import { planJson } from '../plan/json.ts';
import { isEmpty } from '../plan/plan.ts';
import { planText } from '../plan/text.ts';
import { fingerprintOf, unchangedSince } from '../apply/index.ts';
import type { Problem } from '../base/errors.ts';
import { problemsToJson } from '../base/report.ts';
import { emptyPlan } from '../plan/types.ts';
import type { Plan } from '../plan/types.ts';
import { inputOf, loadTree, warningNotes } from './pipeline.ts';
import { planTree } from './planning.ts';
import type { Command, Context } from './types.ts';

export const planCommand: Command = {
  name: 'plan',
  summary: 'show what apply would change, as a diff',
  description:
    'Compares the description with what is on the host and shows every difference as a unified diff; nothing is written. ' +
    'Files that were changed by hand are listed: apply keeps them, and puts the new version beside them for dispatch-conf or etc-update.',
  arguments: [],
  options: [{ flags: '--exit-code', summary: 'exit with 2 when there is something to change' }],
  examples: [
    ['rc-lxc plan | less -R', 'read what would change'],
    ['rc-lxc plan --exit-code >/dev/null || echo pending', 'ask in a script'],
  ],
  async run(context, _args, options) {
    const { plan, warnings } = await planned(context);
    return {
      exitCode: options['exitCode'] === true && !isEmpty(plan) ? 2 : 0,
      text: planText(plan, { colour: context.colour }),
      notes: warningNotes(warnings, context),
      json: { ...planJson(plan), problems: problemsToJson(warnings) },
    };
  },
};

/** Where nothing has changed since the last apply, on either side, there is nothing to parse, to render or to read. */
async function planned(context: Context): Promise<{ plan: Plan; warnings: readonly Problem[] }> {
  const sources = context.files.readSources(context.source);
  const sealed = unchangedSince(context.host, fingerprintOf(await inputOf(sources, context)));
  if (sealed !== undefined) return { plan: emptyPlan, warnings: sealed };
  const { tree, warnings } = await loadTree(context, sources);
  return { plan: planTree(context.host, tree), warnings };
}

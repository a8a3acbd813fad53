import { UserError, problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import { describe } from '../resolve/description.ts';
import { parseSource } from '../source/parse.ts';
import type { LabReport } from '../lab/prove/report.ts';
import { resolveSources, warningNotes } from './pipeline.ts';
import type { Command, CommandResult, Context, OptionValues } from './types.ts';

export const labCommand: Command = {
  name: 'lab',
  summary: 'prove the description in a throw-away host, packet by packet',
  description:
    'Boots the described host in namespaces, with a router, machines beside it and a client outside, and a placeholder in place of each container’s system. ' +
    'Starts everything by rc-service, sends packets from everybody to everybody, has root in each container attack, and compares what it saw with what the description, the network types and the [expect] sections promise. ' +
    'Exit status 0: all is as promised; 1: something is not, or could not be looked at. Nothing on the host is touched.',
  arguments: [],
  options: [{ flags: '--quick', summary: 'send no attacks' }],
  examples: [
    ['rc-lxc lab', 'prove /etc/rc-lxc/host.ini'],
    ['rc-lxc lab -c ./host.ini --json', 'for a program: everything that was seen'],
  ],
  async run(context, _args, options) {
    return labResult(context, await runLab(context, options));
  },
};

/** @throws UserError when no throw-away host can be booted here, with the remedy. */
export async function runLab(
  context: Context,
  options: OptionValues,
): Promise<{ report: LabReport; warnings: readonly Problem[] }> {
  const sources = context.files.readSources(context.source);
  const { model, warnings } = await resolveSources(sources, context);
  const { agentRefusal } = await import('../lab/refusal.ts');
  const refusal = agentRefusal();
  if (refusal !== undefined)
    throw new UserError(problem('lab-refused', `no throw-away host can be booted: this machine ${refusal}`));
  const { prove } = await import('../lab/prove/prove.ts');
  const { place } = describe(parseSource(sources));
  const subject = { model, facts: await context.facts(), place, version: context.version };
  const report = await prove(subject, {
    attacks: options['quick'] !== true,
    step: (text) => context.progress.step(text),
  });
  return { report, warnings };
}

async function labResult(
  context: Context,
  { report, warnings }: { readonly report: LabReport; readonly warnings: readonly Problem[] },
): Promise<CommandResult> {
  const { reportText } = await import('../lab/prove/text.ts');
  return {
    exitCode: report.proven ? 0 : 1,
    text: reportText(report, { colour: context.colour }),
    notes: warningNotes(warnings, context),
    json: report,
  };
}

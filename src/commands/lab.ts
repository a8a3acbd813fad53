import { UserError, problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import { describe } from '../resolve/description.ts';
import { parseSource } from '../source/parse.ts';
import type { LabReport } from '../lab/prove/report.ts';
import { fingerprintOf, resolveSources, warningNotes } from './pipeline.ts';
import type { Command, CommandResult, Context, OptionValues } from './types.ts';

export const labCommand: Command = {
  name: 'lab',
  summary: 'prove the description in a throw-away host, packet by packet',
  description:
    'Boots the described host in namespaces, with a router, machines beside it and a client outside, and a placeholder in place of each container’s system. ' +
    'Starts everything by rc-service, sends packets from everybody to everybody, has root in each container attack, and compares what it saw with what the description, the network types and the [expect] sections promise. ' +
    'A network whose type this kernel lacks is left out, and counts as not proven. ' +
    'Exit status 0: all is as promised; 1: something is not, or could not be looked at. Nothing on the host is touched.',
  arguments: [],
  options: [
    { flags: '--quick', summary: 'send no attacks' },
    { flags: '--vm', summary: 'in a virtual machine: its kernel has every network type, its cards filter addresses' },
  ],
  examples: [
    ['rc-lxc lab', 'prove /etc/rc-lxc/host.ini'],
    ['rc-lxc lab --vm', 'where this kernel lacks a network type, and to see whether cards go promiscuous'],
    ['rc-lxc lab -c ./host.ini --json', 'for a program, or for rc-lxc docs host: everything that was seen'],
  ],
  async run(context, _args, options) {
    return labResult(context, await runLab(context, options));
  },
};

/** What a lab has found, and what resolving had to say. */
export interface LabOutcome {
  readonly report: LabReport;
  readonly warnings: readonly Problem[];
}

/** @throws UserError when no throw-away host can be booted here, with the remedy. */
export async function runLab(context: Context, options: OptionValues): Promise<LabOutcome> {
  const sources = context.files.readSources(context.source);
  const { model, warnings } = await resolveSources(sources, context);
  const { labRefusal, prove, proveInVm } = await import('../lab/prove/index.ts');
  const inVm = options['vm'] === true;
  const refusal = labRefusal(inVm);
  if (refusal !== undefined) throw new UserError(problem('lab-refused', `no lab: this machine ${refusal}`));
  const attacks = options['quick'] !== true;
  const step = (text: string): void => context.progress.step(text);
  const description = fingerprintOf(sources);
  if (inVm) {
    const report = await proveInVm(model, { source: context.source, attacks, step });
    return { report: { ...report, description }, warnings };
  }
  const { place } = describe(parseSource(sources));
  const subject = { model, facts: await context.facts(), place, version: context.version };
  const report = await prove(subject, { attacks, step });
  return { report: { ...report, description }, warnings };
}

export async function labResult(context: Context, { report, warnings }: LabOutcome): Promise<CommandResult> {
  const { reportText } = await import('../lab/prove/index.ts');
  return {
    exitCode: report.proven ? 0 : 1,
    text: reportText(report, { colour: context.colour }),
    notes: warningNotes(warnings, context),
    json: report,
  };
}

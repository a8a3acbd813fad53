import { UserError, hasErrors } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import { problem } from '../base/errors.ts';
import { countProblems, problemsToJson } from '../base/report.ts';
import { desiredTree } from '../outputs/index.ts';
import type { HostModel } from '../resolve/model.ts';
import type { SourceFile } from '../source/types.ts';
import { hostChecks } from './doctor/index.ts';
import { doctorText } from './doctor/text.ts';
import type { Finding, HostCheck, Patient } from './doctor/types.ts';
import { counted, loadSketch } from './pipeline.ts';
import type { Command, Context, OptionValues } from './types.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'find what this host lacks, or has wrong, for the description to work',
  description:
    'Looks at the host, not at the description: the options of its kernel and which container or network needs them, versions, missing programs, the layout of ' +
    'control groups, ranges of user ids, cards, services that are in no runlevel, tables of others that drop forwarded packets, and what an older setup left behind. ' +
    'Each thing is told with its remedy; nothing is changed. Without a description it looks at what every one needs. With `--root` files alone speak. ' +
    'Exit status 0: nothing keeps the description from working, though there may be warnings; 1: something does.',
  arguments: [],
  options: [],
  examples: [
    ['rc-lxc doctor', 'look at this host, as root for all of it'],
    ['rc-lxc doctor --root /mnt/gentoo', 'look at another system, as far as its files tell'],
    ['rc-lxc doctor --json', 'for a program'],
  ],
  async run(context, _args, options) {
    const sources = sourcesOf(context, options);
    const { sketch, problems } = await loadSketch(context, sources ?? [{ path: context.source, text: '[host]\n' }]);
    const patient = await patientOf(context, sketch, problems);
    const found = [
      { name: 'description', ...described(context.source, sources, problems, sketch) },
      ...(await Promise.all(hostChecks.map((check) => looked(check, patient)))),
    ];
    const all = found.flatMap((finding) => finding.problems);
    return {
      exitCode: hasErrors(all) ? 1 : 0,
      text: [
        ...doctorText(found),
        '',
        all.length === 0 ? 'Nothing is missing, and nothing is wrong.' : countProblems(all),
      ].join('\n'),
      json: {
        ok: !hasErrors(all),
        checks: found.map((finding) => ({
          name: finding.name,
          found: finding.found,
          problems: problemsToJson(finding.problems),
        })),
        problems: problemsToJson(all),
      },
    };
  },
};

/** undefined where there is no description and none is named: whoever sets a host up may not have one yet. */
function sourcesOf(context: Context, options: OptionValues): readonly SourceFile[] | undefined {
  try {
    return context.files.readSources(context.source);
  } catch (error) {
    const isMissing = error instanceof UserError && error.problems.every(({ code }) => code === 'source-missing');
    if (!isMissing || options['config'] !== undefined) throw error;
    return undefined;
  }
}

async function patientOf(context: Context, model: HostModel, problems: readonly Problem[]): Promise<Patient> {
  const { installedLxc } = await context.facts();
  return {
    host: context.host,
    model,
    node: context.node,
    ...(installedLxc === undefined ? {} : { installedLxc }),
    ...(hasErrors(problems) ? {} : { tree: desiredTree(model) }),
  };
}

/** What this user may not read keeps nothing else from being looked at. */
async function looked(check: HostCheck, patient: Patient): Promise<Finding & { readonly name: string }> {
  const { name } = check;
  try {
    const { found, problems } = await check.run(patient);
    return { name, found, problems };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name, found: 'could not be looked at', problems: error.problems };
  }
}

/** Its mistakes are `check`'s to tell. What is wrong with the host alone is told below. */
function described(
  source: string,
  sources: readonly SourceFile[] | undefined,
  problems: readonly Problem[],
  model: HostModel,
): Finding {
  if (sources === undefined) {
    const hint = 'rc-lxc help new, and the examples beside the manual, say how to begin';
    const message = `${source} is not there: looked at what every description needs`;
    return { found: 'none', problems: [problem('no-description', message, { severity: 'warning', hint })] };
  }
  const mistakes = problems.filter(({ severity, code }) => severity === 'error' && code !== 'cgroup1-with-new-lxc');
  const what = `${counted(model.containers.length, 'container')}, ${counted(model.networks.length, 'network')}`;
  return { found: `${source}: ${what}`, problems: mistakes };
}

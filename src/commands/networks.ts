import { hasErrors } from '../base/errors.ts';
import { problemsToJson } from '../base/report.ts';
import { typeForms } from '../networks/type-forms.ts';
import { describedNetworks, describedText } from './described-networks.ts';
import type { DescribedNetwork } from './described-networks.ts';
import { runningKernel } from './kernel.ts';
import { typesText } from './network-forms.ts';
import { loadSketch, warningNotes } from './pipeline.ts';
import type { Command, Context, OptionValues } from './types.ts';

export const networksCommand: Command = {
  name: 'networks',
  summary: 'compare the network types, and what is declared with what fits it',
  description:
    'Shows what each type of network reaches, which checks can be held there, whether the card that it uses takes in every frame on its wire, and what it needs of LXC and ' +
    'the kernel. For a description also: what the containers of each network declare, and which type fits that best, with the reason. A description with mistakes is looked at, too.',
  arguments: [],
  options: [],
  examples: [
    ['rc-lxc networks', 'the types; and, where there is a description, its networks'],
    ['rc-lxc networks -c ./host.ini --json', 'another description, for a program'],
  ],
  async run(context, _args, options) {
    const kernel = runningKernel(context.host);
    const types = typeForms((option) => kernel.has(option));
    if (!isDescribed(context, options)) {
      return { exitCode: 0, text: typesText(types, kernel), json: { kernel: kernel.release, types } };
    }
    const { sketch, problems } = await loadSketch(context);
    const networks: readonly DescribedNetwork[] = describedNetworks(sketch, kernel);
    return {
      exitCode: hasErrors(problems) ? 1 : 0,
      text: [typesText(types, kernel), describedText(networks)].join('\n\n'),
      notes: warningNotes(problems, context),
      json: { kernel: kernel.release, types, networks, problems: problemsToJson(problems) },
    };
  },
};

/** One that was named must be there; the usual one may be missing. */
function isDescribed({ host }: Context, { config }: OptionValues): boolean {
  return config !== undefined || host.readText('/etc/rc-lxc/host.ini') !== undefined;
}

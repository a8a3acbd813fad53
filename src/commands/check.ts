import { problemsToJson } from '../base/report.ts';
import { hostProblems } from './host-problems.ts';
import { counted, loadModel, warningNotes } from './pipeline.ts';
import type { Command } from './types.ts';

export const checkCommand: Command = {
  name: 'check',
  summary: 'find every mistake of the description, with its remedy',
  description:
    'Reads the whole description and reports every mistake at once, each with its place and its remedy. ' +
    'As root on the host it also looks for what would keep the result from working: missing programs, and tables of others that drop forwarded traffic.',
  arguments: [],
  options: [],
  examples: [
    ['rc-lxc check', 'check /etc/rc-lxc/host.ini'],
    ['rc-lxc check -c ./host.ini --json', 'check another file, for a program'],
  ],
  async run(context) {
    const { model, warnings } = await loadModel(context);
    const problems = [...warnings, ...(await hostProblems(context.host, model))];
    const what = `${counted(model.containers.length, 'container')}, ${counted(model.networks.length, 'network')}`;
    const found = problems.length === 0 ? 'no mistakes' : `no mistakes, ${counted(problems.length, 'warning')}`;
    return {
      exitCode: 0,
      text: `${context.source}: ${what}: ${found}`,
      notes: warningNotes(problems, context),
      json: {
        source: context.source,
        containers: model.containers.length,
        networks: model.networks.length,
        problems: problemsToJson(problems),
      },
    };
  },
};

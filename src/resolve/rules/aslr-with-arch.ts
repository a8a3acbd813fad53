import type { Rule } from './types.ts';

export const aslrWithArch: Rule = {
  code: 'aslr-with-arch',
  severity: 'error',
  summary: 'Randomisation of addresses is turned off for a container whose architecture turns it on again.',
  check: ({ model, place }, report) => {
    for (const { name, aslr, raw } of model.containers) {
      const line = aslr ? undefined : raw.find(({ key }) => key === 'lxc.arch');
      if (line === undefined) continue;
      report(
        `${name}: \`aslr = no\` has no effect with lxc.arch: LXC sets the personality itself then`,
        place('container', name, line.from),
        'remove the line, or `aslr = no`',
      );
    }
  },
};

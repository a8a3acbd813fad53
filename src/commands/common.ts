import type { OptionSpec } from './types.ts';

/** What help and manual say of rc-lxc as a whole. */
export const purpose =
  'Runs Linux containers under OpenRC: one description of a host, and everything that must agree with it.';

/** What every command understands, beside its own options. */
export const commonOptions: readonly OptionSpec[] = [
  {
    flags: '-c, --config <file>',
    summary: 'the description (default: /etc/rc-lxc/host.ini below the root)',
    completes: 'description',
  },
  {
    flags: '--root <dir>',
    summary: 'work on the tree below this directory, as Portage does with ROOT',
    default: '/',
    completes: 'directory',
  },
  { flags: '--json', summary: 'print the result as JSON' },
  { flags: '-h, --help', summary: 'print help and exit' },
];

export const exitStatuses: readonly (readonly [status: number, meaning: string])[] = [
  [0, 'done'],
  [1, 'the description, or the host, refuses'],
  [2, 'there is something to change (plan --exit-code, docs drift)'],
  [64, 'the command line is wrong'],
  [70, 'a bug of rc-lxc'],
];

/** From nothing to a container that runs. */
export const firstSteps: readonly string[] = [
  'rc-lxc new web1 --network internal --template busybox',
  'rc-lxc check && rc-lxc plan',
  'rc-lxc apply --create',
  'rc-service lxc.web1 start',
];

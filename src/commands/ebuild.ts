import { UserError, problem } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import type { Command } from './types.ts';

/** In the order in which help names them. */
export const ebuildActions: readonly string[] = ['bump', 'manifest', 'update', 'check', 'prune'];

export const ebuildCommand: Command = {
  name: 'ebuild',
  summary: 'keep the overlay for Portage in step: bump, manifest, update, check, prune',
  description:
    "For packagers: writes the overlay that Portage installs rc-lxc and LXC from. ACTION is `bump` (add the ebuild of VERSION, in semver's " +
    "or Gentoo's form, with the sums of its files), `manifest` (record the sums of the files at hand), `update` (write what is generated and out of date), `check` (say what is " +
    'out of date, and what pkgcheck and Portage object to, where they are installed) or `prune` (remove old releases). Files that you edited are kept, and shown; what a release of rc-lxc says of itself stays.',
  arguments: [
    { name: '<action>', summary: 'bump, manifest, update, check or prune', completes: 'action' },
    { name: '[version]', summary: 'for bump: 1.2.0, 1.2.0-rc.1, 1.2.0_rc1, 1.2.0-r1', completes: 'nothing' },
  ],
  options: [
    { flags: '-p, --package <name>', summary: 'for bump: rc-lxc or lxc', default: 'rc-lxc', completes: 'package' },
    { flags: '--overlay <dir>', summary: 'the overlay', default: 'ebuild', completes: 'directory' },
    {
      flags: '--distdir <dir>',
      summary: 'where release files lie',
      default: '/var/cache/distfiles',
      completes: 'directory',
    },
    {
      flags: '--releases <list>',
      summary: "for bump: a file or URL that names upstream's releases, so that none is skipped",
      completes: 'nothing',
    },
    { flags: '--skip', summary: 'for bump: leave out releases in between' },
    { flags: '--replace', summary: 'for manifest: record files that differ from what is recorded' },
    {
      flags: '--keep <number>',
      summary: 'for prune: how many releases of each package stay',
      default: '2',
      completes: 'nothing',
    },
    { flags: '--no-tools', summary: 'for check: ask neither pkgcheck nor Portage' },
  ],
  examples: [
    ['rc-lxc ebuild bump 0.2.0 --distdir release', 'add the ebuild of a release that was just made'],
    ['rc-lxc ebuild bump 6.0.3 -p lxc --releases https://linuxcontainers.org/downloads/lxc/', 'the next LXC'],
    ['rc-lxc ebuild check --overlay /var/db/repos/rc-lxc', 'is it what this rc-lxc would write?'],
  ],
  async run(context, [action = '', version], options) {
    if (version !== undefined && action !== 'bump')
      throw new UserError(
        problem('argument-unused', `ebuild ${action} takes no version`, { hint: `leave ${version} out` }),
      );
    // What only packagers want is read only for them.
    switch (action) {
      case 'bump':
        return (await import('./ebuild/bump.ts')).bump(context, version, options);
      case 'manifest':
        return (await import('./ebuild/manifest.ts')).manifest(context, options);
      case 'update':
        return (await import('./ebuild/manifest.ts')).update(context, options);
      case 'check':
        return (await import('./ebuild/check.ts')).check(context, options);
      case 'prune':
        return (await import('./ebuild/prune.ts')).prune(context, options);
      default: {
        const close = nearest(action, ebuildActions);
        const hint = close === undefined ? 'rc-lxc ebuild --help lists them' : `did you mean ${close}?`;
        throw new UserError(problem('unknown-action', `ebuild has no action ${action}`, { hint }));
      }
    }
  },
};

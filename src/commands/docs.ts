import { UserError, problem } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import type { Command } from './types.ts';

/** In the order in which help names them. */
export const docsActions: readonly string[] = ['render', 'check', 'update'];

/** The names of the forms, apart from their code, which is loaded when it is wanted. */
export const docsFormats: readonly string[] = ['markdown', 'mediawiki'];

export const docsCommand: Command = {
  name: 'docs',
  summary: 'write the documentation, or compare it with what is there: render, check, update',
  description:
    'Pages on networks, services, migration and on rc-lxc itself, from what the program knows: every file that they show is one that `render` gives for an example. ' +
    'ACTION is `render` (write all pages below DIR, which must be absent or empty), `check` (say which of the rendered files in a folder are out of date) or `update` (write those).',
  arguments: [{ name: '<action>', summary: 'render, check or update', completes: 'docs-action' }],
  options: [
    {
      flags: '--format <name>',
      summary: `for render: ${docsFormats.join(' or ')}`,
      default: 'markdown',
      completes: 'docs-format',
    },
    { flags: '-o, --output <dir>', summary: 'for render: where to write the pages', completes: 'directory' },
    {
      flags: '--docs <dir>',
      summary: 'for check and update: where the rendered Markdown lies',
      default: 'docs',
      completes: 'directory',
    },
  ],
  examples: [
    ['rc-lxc docs render --format mediawiki --output /tmp/pages', 'pages with the templates of the Gentoo wiki'],
    ['rc-lxc docs check', 'is docs/ of a checkout what this rc-lxc would write?'],
  ],
  async run(context, [action = ''], options) {
    // Pages want parsers and writers that no other command does.
    switch (action) {
      case 'render':
        return (await import('./docs/render.ts')).render(context, options);
      case 'check':
        return (await import('./docs/check.ts')).check(context, options);
      case 'update':
        return (await import('./docs/check.ts')).update(context, options);
      default: {
        const close = nearest(action, docsActions);
        const hint = close === undefined ? 'rc-lxc docs --help lists them' : `did you mean ${close}?`;
        throw new UserError(problem('unknown-action', `docs has no action ${action}`, { hint }));
      }
    }
  },
};

import { UserError, problem } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { pages } from '../docs/pages.ts';
import type { Command } from './types.ts';

/** In the order in which help names them. */
export const docsActions: readonly string[] = ['render', 'check', 'update', 'host', 'push', 'drift', 'pull'];

/** The names of the pages, on a wiki and in the registry. */
export const docsPages: readonly string[] = pages.map(({ name }) => name);

/** The names of the forms, apart from their code, which is loaded when it is wanted. */
export const docsFormats: readonly string[] = ['markdown', 'mediawiki', 'html'];

export const docsCommand: Command = {
  name: 'docs',
  summary: 'write the documentation, here or on a wiki: render, check, update, host, push, drift, pull',
  description:
    'Pages on networks, services, migration and on rc-lxc itself, from what the program knows: every file that they show is one that `render` gives for an example. ' +
    'ACTION is `render` (write all pages below DIR, which must be absent or empty), `check` (say which of the rendered files in a folder are out of date), `update` (write those) or `host` (make the page of a host from its description: drawing, networks, containers, services, ports, who may reach whom, what is held, and what a lab’s report says; printed without --output). ' +
    'For a wiki that runs MediaWiki: `push` (write what is rendered between our marks on its pages, and upload drawings that changed; a page that somebody edited there is left alone), ' +
    '`drift` (say which pages are not what is rendered, and whose edit that is; exit status 2 when there are any) or `pull` (print what was edited there as a patch of the templates of a checkout; exit status 1 when some of it cannot be one, which is shown beside it). ' +
    'A login is a name and password of Special:BotPasswords, in RC_LXC_WIKI_USER and RC_LXC_WIKI_PASSWORD or in the file that `--credentials` names.',
  arguments: [
    { name: '<action>', summary: 'render, check, update, host, push, drift or pull', completes: 'docs-action' },
  ],
  options: [
    {
      flags: '--format <name>',
      summary: `for render and host: ${docsFormats.join(', ')}`,
      default: 'markdown',
      completes: 'docs-format',
    },
    { flags: '-o, --output <dir>', summary: 'for render and host: where to write', completes: 'directory' },
    {
      flags: '--docs <dir>',
      summary: 'for check and update: where the rendered Markdown lies',
      default: 'docs',
      completes: 'directory',
    },
    { flags: '--wiki <url>', summary: 'for push, drift and pull: the wiki, or its api.php', completes: 'nothing' },
    { flags: '--page <name>', summary: 'for push, drift and pull: this page alone', completes: 'docs-page' },
    {
      flags: '--credentials <file>',
      summary: 'for push: a file that nobody else may read, with `user = NAME@BOT` and `password = PASSWORD`',
      completes: 'description',
    },
    { flags: '--dry-run', summary: 'for push: show the differences, write nothing and log in nowhere' },
    { flags: '--create', summary: 'for push: make pages that are not there' },
    { flags: '--take-files', summary: 'for push: replace drawings that another account uploaded' },
    {
      flags: '--report <file>',
      summary: 'for host: what rc-lxc lab --json printed, to say what was proven and when',
      completes: 'description',
    },
  ],
  examples: [
    ['rc-lxc docs render --format mediawiki --output /tmp/pages', 'pages with the templates of the Gentoo wiki'],
    ['rc-lxc docs render --format html --output /tmp/pages', 'one file with every page, for a browser'],
    ['rc-lxc docs check', 'is docs/ of a checkout what this rc-lxc would write?'],
    ['rc-lxc docs host --report report.json --output /tmp/page', 'this host, with what a lab has shown of it'],
    ['rc-lxc docs push --wiki https://wiki.example.org --page LXC/Networking --dry-run', 'what would change there?'],
    ['rc-lxc docs pull --wiki https://wiki.example.org | patch -p1', 'take over what was edited there'],
    ['rc-lxc docs drift --wiki https://wiki.example.org', 'for cron: says what was edited there, and by whom'],
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
      case 'pull':
        return (await import('./docs/pull.ts')).pull(context, options);
      case 'push':
        return (await import('./docs/push.ts')).push(context, options);
      case 'drift':
        return (await import('./docs/drift.ts')).drift(context, options);
      case 'host':
        return (await import('./docs/host.ts')).host(context, options);
      default: {
        const close = nearest(action, docsActions);
        const hint = close === undefined ? 'rc-lxc docs --help lists them' : `did you mean ${close}?`;
        throw new UserError(problem('unknown-action', `docs has no action ${action}`, { hint }));
      }
    }
  },
};

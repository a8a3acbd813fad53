import { describe, expect, it } from 'vitest';

import metadata from '../../../package.json' with { type: 'json' };
import { factsOf } from '../../../src/commands/docs/program.ts';
import { parsePage } from '../../../src/docs/dialect.ts';
import { exampleFile } from '../../../src/docs/examples.ts';
import { expandPage } from '../../../src/docs/expand.ts';
import type { Facts } from '../../../src/docs/facts.ts';
import { markdownForm } from '../../../src/docs/markdown/index.ts';
import { wikitextOf } from '../../../src/docs/mediawiki/index.ts';
import type { Page } from '../../../src/docs/types.ts';

const facts: Facts = {
  ...(await factsOf(metadata)),
  transcripts: {
    machines: { own: { date: '', kernel: '', openrc: '', lxc: '', nftables: '', rcLxc: '' } },
    sessions: {
      'Page: nat': {
        on: 'own',
        commands: [
          { command: 'rc-service lxc.web1 start', output: ' * Starting web1 ...\n', exitCode: 0 },
          { command: 'rc-service lxc.web1 stop', output: '', exitCode: 0 },
          { command: 'rc-service lxc.web1 start', output: ' * Starting web1 again ...\n', exitCode: 0 },
        ],
      },
    },
  },
};

/** A page of its own, with what follows its title. */
function page(body: string): Page {
  const root = expandPage('Page', parsePage('Page', `# Page\n\n${body}\n`), facts);
  const entry = { name: 'Page', file: 'page', template: '', summary: '', covers: [] };
  return { entry, title: 'Page', sections: ['Part'], root };
}

const nodes = (body: string): readonly unknown[] =>
  page(body)
    .root.children.slice(1)
    .map(({ position: _position, ...node }) => node);

const markdown = (body: string): string =>
  markdownForm
    .files([page(body)])
    .find(({ path }) => path === 'page.md')
    ?.content.replace(/^# Page\n\n/u, '') ?? '';

const wikitext = (body: string): string => wikitextOf(page(body)).trimEnd();

describe('a directive', () => {
  const path = '/var/lib/lxc/web1/config';

  it('shows a file of an example, whole', () => {
    const example = facts.examples.get('nat');
    if (example === undefined) throw new Error('no example nat');
    const text = exampleFile(example, path);
    expect(nodes(`::file{example=nat path=${path}}`)).toEqual([
      { type: 'box', kind: 'file', title: path, text, from: { example: 'nat' } },
    ]);
    expect(markdown(`::file{example=nat path=${path}}`)).toBe(`\`${path}\`:\n\n\`\`\`\n${text}\`\`\`\n`);
  });

  it('shows the lines that are ours of a file that holds more', () => {
    const [box] = nodes('::file{example=nat path=/etc/subuid}') as readonly { readonly text: string }[];
    expect(box?.text).toMatch(/^root:\d+:65536\n/u);
  });

  it('shows a file as another maker of links has it', () => {
    const link = '/etc/conf.d/rc-lxc-link.br-internal';
    const [box] = nodes(`::file{example=nat path=${link} links=iproute2}`) as readonly { readonly text: string }[];
    expect(box?.text).toContain('link_type="bridge"');
    expect(() => nodes(`::file{example=nat path=${link}}`)).toThrow('example nat has no file');
  });

  it('shows what was recorded of a command, one box each', () => {
    const body = '```run example=nat\nrc-service lxc.web1 start\nrc-service lxc.web1 stop\n```';
    expect(nodes(body)).toEqual([
      {
        type: 'box',
        kind: 'root',
        commands: ['rc-service lxc.web1 start'],
        text: ' * Starting web1 ...\n',
        from: { example: 'nat' },
      },
      { type: 'box', kind: 'root', commands: ['rc-service lxc.web1 stop'], text: '', from: { example: 'nat' } },
    ]);
    expect(wikitext(body)).toBe(
      '{{RootCmd|rc-service lxc.web1 start|output=<pre> * Starting web1 ...\n</pre>}}\n\n{{RootCmd|rc-service lxc.web1 stop}}',
    );
    expect(markdown(body)).toContain('# rc-service lxc.web1 start\n * Starting web1 ...\n```');
  });

  it('goes on in the session of an example from one fence to the next', () => {
    const fence = '```run example=nat\nrc-service lxc.web1 start\n```';
    const boxes = nodes(`${fence}\n\nLater:\n\n${fence}`) as readonly { readonly text?: string }[];
    expect(boxes.map(({ text }) => text)).toEqual([
      ' * Starting web1 ...\n',
      undefined,
      ' * Starting web1 again ...\n',
    ]);
    expect(() => nodes([fence, fence, fence].join('\n\n'))).toThrow('nothing is recorded of');
  });

  it('shows each option of the kernel once, with what fails without it', () => {
    const [box] = nodes('::kernel{feature="network:bridge network:routed"}') as readonly { readonly text: string }[];
    expect(box?.text.match(/^CONFIG_VETH=m$/gmu)).toHaveLength(1);
    expect(box?.text).toContain('# without it the bridge cannot be made\nCONFIG_BRIDGE=m\n');
  });

  it.each([
    ['::file{example=nobody path=/x}', 'there is no example nobody'],
    ['::file{example=nat path=/x}', 'example nat has no file /x'],
    ['::file{example=nat path=/etc/subuid links=magic}', 'links is one of iproute2'],
    ['::file{path=/x}', 'file needs example='],
    ['::file{example=nat path=/etc/subuid colour=red}', 'file has no attribute colour'],
    ['::description[label]{example=nat}', '::description has no label'],
    ['```run example=nat\nfly\n```', "nothing is recorded of 'fly' in example nat: run make measure"],
    ['```run example=nobody\nfly\n```', 'there is no example nobody'],
    ['```run\nfly\n```', 'a fence of commands needs its example'],
    ['```run example=nat\nfly\n\nfly\n```', 'a fence of commands has one a line, and no empty line'],
    ['::kernel{feature="network:pigeon"}', 'no option of the kernel is for network:pigeon'],
    ['::infobox{package=lxd}', 'the overlay has no package lxd'],
    ['::nonsense{a=b}', 'there is no directive ::nonsense'],
    [':::nonsense\ntext\n:::', 'there is no directive :::nonsense'],
    ['reach it on tcp:http', 'there is no directive :http; a colon in text is written \\:'],
    [':path[]', ':path has nothing to show'],
    ['<b>bold</b>', 'pages have no html'],
    ['![a](b.png)', 'pages have no image'],
    ['# Another', 'a page has one title'],
  ])('%s is a mistake of ours, with its line', (body, message) => {
    expect(() => page(body)).toThrow(`Page:3: ${message}`);
  });

  it('is nothing without a title before it', () => {
    expect(() => parsePage('Page', 'text\n')).toThrow('a page begins with its title');
  });
});

describe('the forms', () => {
  it('have remarks', () => {
    const body = ':::warning\nGo **not** there.\n\nNever.\n:::';
    expect(markdown(body)).toBe('> [!WARNING]\n> Go **not** there.\n>\n> Never.\n');
    expect(wikitext(body)).toBe("{{Warning|1=Go '''not''' there.\n\nNever.}}");
  });

  it('have words of a kind', () => {
    const body = 'Of :package[app-containers/lxc], :path[/etc/conf.d/lxc], :useflag[lab] and `a | b`.';
    expect(markdown(body)).toBe('Of `app-containers/lxc`, `/etc/conf.d/lxc`, `lab` and `a | b`.\n');
    expect(wikitext(body)).toBe(
      'Of {{Package|app-containers/lxc}}, {{Path|/etc/conf.d/lxc}}, {{USEflag|lab}} and {{c|<nowiki>a | b</nowiki>}}.',
    );
  });

  it('have where the program is at home', () => {
    expect(markdown('::infobox{package=lxc}\n\ntext')).toBe('text\n');
    expect(wikitext('::infobox{package=lxc}')).toBe(
      '{{InfoBox stack|{{InfoBox homepage|1=https://linuxcontainers.org/lxc/}}|{{InfoBox package|app-containers/lxc}}}}',
    );
  });

  it('have links to pages and to elsewhere', () => {
    const body = 'See :page[how]{name=Page section=Part}, [LXC](https://linuxcontainers.org/lxc/?a=b).';
    expect(markdown(body)).toBe('See [how](page.md#part), [LXC](https://linuxcontainers.org/lxc/?a=b).\n');
    expect(wikitext(body)).toBe('See [[Page#Part|how]], [https://linuxcontainers.org/lxc/?a=b LXC].');
  });

  it('have commands, a file and code', () => {
    const body =
      '```root\nrc-update add lxc.web1 default\n```\n\n```user\nlxc-ls\n```\n\n```file /etc/hosts\n127.0.0.1 localhost\n```\n\n```ini title="A part"\n[host]\n```';
    expect(wikitext(body)).toBe(
      [
        '{{RootCmd|rc-update add lxc.web1 default}}',
        '{{Cmd|lxc-ls}}',
        '{{FileBox|filename=/etc/hosts|1=\n<nowiki>127.0.0.1 localhost\n</nowiki>}}',
        '{{CodeBox|title=A part|1=\n<nowiki>[host]\n</nowiki>}}',
      ].join('\n\n'),
    );
    expect(markdown(body)).toContain('```console\n# rc-update add lxc.web1 default\n```');
  });

  it('have lists in lists and tables', () => {
    const body = '1. one\n   - of it\n2. two\n\n| a | b |\n| --- | --- |\n| `x` | |';
    expect(wikitext(body)).toBe('# one\n#* of it\n# two\n\n{| class="wikitable"\n! a\n! b\n|-\n| {{c|x}}\n| \n|}');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import metadata from '../../../package.json' with { type: 'json' };
import { factsOf } from '../../../src/commands/docs/program.ts';
import { hostPage } from '../../../src/docs/host/index.ts';
import { readReport } from '../../../src/docs/host/proof.ts';
import { ranged } from '../../../src/docs/host/tables.ts';
import { markdownForm } from '../../../src/docs/markdown/index.ts';
import { wikitextOf } from '../../../src/docs/mediawiki/index.ts';
import type { LabReport } from '../../../src/lab/prove/report.ts';
import { manyContainers, modelOf } from '../resolve/support.ts';

const facts = await factsOf(metadata);

function page(text: string, report?: LabReport) {
  return hostPage({ model: modelOf(text), facts, description: 'abc', ...(report === undefined ? {} : { report }) });
}

const markdown = (text: string, report?: LabReport): string =>
  markdownForm.files([page(text, report)]).find(({ path }) => path.endsWith('.md'))?.content ?? '';

/** The cells of the line of a table that begins with `first`, below a heading. */
function line(text: string, heading: string, first: string): readonly string[] {
  const part = text.slice(text.indexOf(`\n## ${heading}\n`));
  const found = part.split('\n').find((each) => each.startsWith(`| ${first} |`));
  return found?.split('|').map((cell) => cell.trim()) ?? [];
}

const host = '[host]\nname = excelsior\nuplink = eth0\nlinks = iproute2\n';
const internal = '[network internal]\nipv4 = 10.0.3.1/24\nnat = yes\n';

const policies = `${host}${internal}
[container web1]
id = 11
network = internal
allow-in = any:443/tcp
[container db1]
id = 12
network = internal
allow-in = web1:5432/tcp, host:22/tcp
allow-out = none
[container free1]
id = 13
network = internal
ready = exec:check --password=geheim "|" <b>\`x\`
raw = lxc.environment = TOKEN=geheim
`;

const report: LabReport = {
  version: 1,
  source: 'host.ini',
  description: 'abc',
  proven: true,
  machine: {
    date: '2026-11-26T12:00:00Z',
    kernel: '6.18.5',
    lxc: '7.0.0',
    openrc: '0.62',
    nftables: '1.1.5',
    rcLxc: '0.1.0',
    virtual: false,
  },
  notes: [],
  parties: [{ name: 'host', side: 'host', networks: [] }],
  services: [],
  cells: [],
  reach: [],
  differences: [],
  expects: [{ name: 'apart', verdict: 'deny', holds: true, tried: 4, against: [] }],
  promiscuity: [],
  attacks: [
    { attack: 'takes an address', container: 'web1', interface: 'eth0', reached: [], held: true, sent: 3 },
    { attack: 'takes an address', container: 'db1', interface: 'eth0', reached: ['web1'], held: true, sent: 3 },
  ],
  unproven: [],
  problems: [],
  seconds: {},
  probes: 120,
};

describe('the page of a host', () => {
  it('says who may reach whom, port by port', () => {
    const text = markdown(policies);
    expect(line(text, 'Who may reach whom', 'From')).toEqual([
      '',
      'From',
      'web1',
      'db1',
      'free1',
      'the host',
      'outside',
      '',
    ]);
    const row = (from: string) => line(text, 'Who may reach whom', from).slice(2, -1);
    expect(row('web1')).toEqual(['-', 'tcp 5432', 'all', 'all', 'all']);
    expect(row('db1')).toEqual(['no', '-', 'no', 'no', 'no']);
    expect(row('free1')).toEqual(['tcp 443', 'no', '-', 'all', 'all']);
    expect(row('the host')).toEqual(['tcp 443', 'tcp 22', 'all', '-', '-']);
    expect(row('outside')).toEqual(['no', 'no', 'no', '-', '-']);
  });

  it('says what containers have', () => {
    const text = markdown(policies);
    expect(line(text, 'Containers', 'web1')).toContain('10.0.3.11');
    expect(line(text, 'Ports', 'db1').slice(2, -1)).toEqual(['`5432/tcp`', '`web1`']);
    expect(text).toContain('- db1: it opens connections to nobody.');
  });

  it('has addresses outside that policies name, and those of its own containers as these alone', () => {
    const text = markdown(
      `${host}${internal}[container a]\nid = 11\nnetwork = internal\nallow-out = 203.0.113.0/24:443/tcp, 10.0.3.12/32:80/tcp\n[container b]\nid = 12\nnetwork = internal\n`,
    );
    expect(line(text, 'Who may reach whom', 'From').slice(2, -1)).toEqual([
      'a',
      'b',
      'the host',
      'outside',
      '203.0.113.0/24',
    ]);
    expect(line(text, 'Who may reach whom', 'a').slice(2, -1)).toEqual(['-', 'tcp 80', 'no', 'no', 'tcp 443']);
  });

  it('calls nobody one of all others who is not', () => {
    const some = Array.from({ length: 40 }, (_, at) => {
      const allowed = at % 2 === 0 ? 'allow-in = any:80/tcp, any:443/tcp\n' : '';
      return `[container c${at}]\nid = ${at + 11}\nnetwork = internal\n${allowed}`;
    });
    const text = markdown(`${host}${internal}${some.join('')}`);
    const part = (heading: string): string => text.slice(text.indexOf(`\n## ${heading}\n`)).split('\n## ')[1] ?? '';
    expect(part('Ports')).not.toContain('all others');
    expect(part('Ports')).toContain('c36, c38 (20) | `80/tcp`, `443/tcp` |');
    expect(part('Who may reach whom')).toContain('all others (20)');
  });

  it.each([
    ['bridge\nnat = yes', '-'],
    ['ipvlan\nparent = eth1', 'own'],
    ['macvlan\nparent = eth1', 'asked'],
    ['macvlan\nmode = passthru\nparent = eth1', 'all'],
  ])('tells what the card of a network takes in: %j', (type, word) => {
    const text = markdown(
      `${host}[network lan]\ntype = ${type}\nipv4 = 192.168.7.1/24\n[container a1]\nid = 11\nnetwork = lan\n`,
    );
    const reach = text.slice(text.indexOf('What each carries by itself'));
    expect(/^\| lan (?:\| [^|]+ ){3}\| (?<card>[^|]+) \|/mu.exec(reach)?.groups?.['card']).toBe(word);
  });

  it('tells of isolated and closed networks', () => {
    const text = markdown(
      `${host}${internal}isolate = yes\n[container a]\nid = 11\nnetwork = internal\n[container b]\nid = 12\nnetwork = internal\n`,
    );
    expect(line(text, 'Who may reach whom', 'a').slice(2, -1)).toEqual(['-', 'no', 'all', 'all']);
    expect(text).toContain('- internal: its containers are kept from each other.');
  });

  it('of an example is as the golden file has it', async () => {
    const example = readFileSync(join(import.meta.dirname, '../../../examples/excelsior/host.ini'), 'utf8');
    await expect(markdown(example)).toMatchFileSnapshot('excelsior.golden');
  });

  it('shows no command and no line of an administrator’s own: there may be secrets in them', () => {
    const made = page(policies);
    for (const text of [markdown(policies), wikitextOf(made), JSON.stringify(made.root)])
      expect(text).not.toContain('geheim');
    expect(markdown(policies)).toContain('a command in it succeeds');
  });

  it('says plainly that nothing was proven without a report', () => {
    expect(markdown(policies)).toContain('Nothing is known of that: no report was given.');
  });

  it('says what a report of this description has shown', () => {
    const text = markdown(`${policies}[expect apart]\nfrom = db1\nto = web1:443/tcp\nverdict = deny\n`, report);
    expect(text).toContain('All was as promised: 120 packets');
    expect(text).toContain('on 2026-11-26T12:00:00Z (Linux 6.18.5, LXC 7.0.0');
    expect(line(text, 'What must hold', 'apart')).toContain('holds');
    expect(text).toMatch(/\| web1 +\| got through to nobody \|/u);
    expect(text).toContain('GOT THROUGH, and must not');
    expect(text).not.toContain('[!WARNING]');
  });

  it.each([
    ['another description', { ...report, description: 'another' }, 'is of an earlier description'],
    ['nobody knows which', { ...report, description: undefined }, 'does not say which description'],
  ])('warns of a report of %s, and takes no verdict from it', (_, { description, ...rest }, words) => {
    const given: LabReport = { ...rest, ...(description === undefined ? {} : { description }) };
    const text = markdown(`${policies}[expect apart]\nfrom = db1\nto = web1:443/tcp\nverdict = deny\n`, given);
    expect(text).toContain(words);
    expect(line(text, 'What must hold', 'apart')).not.toContain('holds');
  });

  it('shows what a report says as it stands, whatever it says', () => {
    const hostile = '</nowiki>|{{Evil}} <script>x</script> `a [b](c) :page[x]\u0007\n# Title\n| a |';
    const given = readReport(
      JSON.stringify({
        ...report,
        proven: false,
        notes: [hostile],
        problems: [{ severity: 'error', code: 'x', message: hostile }],
        attacks: [{ ...report.attacks[0], attack: hostile }],
        machine: { ...report.machine, kernel: hostile },
      }),
    );
    const made = page(policies, given);
    const kinds = new Set(made.root.children.map(({ type }) => type));
    expect([...kinds].toSorted()).toEqual(['drawing', 'heading', 'list', 'paragraph', 'table']);
    expect(made.sections).not.toContain('Title');
    const wikitext = wikitextOf(made);
    const shownAsItStands = /<nowiki>[\s\S]*?<\/nowiki>/gu;
    expect(wikitext.match(/Evil/gu)).toHaveLength(4);
    expect(wikitext.replaceAll(shownAsItStands, '')).not.toMatch(/Evil|<script/u);
    expect(wikitext.match(/^# /gmu)).toBeNull();
  });

  it.each([
    ['', 'it is not JSON'],
    ['[]', 'its version is not what a report has'],
    [JSON.stringify({ ...report, notes: [1] }), 'its notes is not'],
    [JSON.stringify({ ...report, machine: {} }), 'its machine is not'],
  ])('takes no %j for a report', (text, message) => {
    expect(() => readReport(text)).toThrow(message);
  });

  it('stays a page with a thousand containers, and is made in time that grows with them', () => {
    const text = markdown(manyContainers(1000));
    expect(text).toContain('### Containers in internal');
    expect(line(text, 'Containers', 'c1001')).toContain('fd00::3e9');
    // The lines beside those of the containers themselves, which are in one table.
    const others = text.split('\n').filter((each) => !/^\| c\d+ \| \d+ \|/u.test(each));
    expect(others.length).toBeLessThan(600);
    const took = (count: number): number => {
      const described = modelOf(manyContainers(count));
      const start = performance.now();
      hostPage({ model: described, facts, description: '' });
      return performance.now() - start;
    };
    expect(took(2000)).toBeLessThan(10 * Math.max(took(500), 50));
  }, 60_000);
});

describe('names in a row', () => {
  it.each([
    [['web1', 'web2', 'web3'], 'web1 to web3'],
    [['web1', 'web2'], 'web1, web2'],
    [['web3', 'db', 'web1', 'web2', 'web5'], 'web1 to web3, web5, db (5)'],
    [['w08', 'w09', 'w10'], 'w08 to w10'],
  ])('%j are %s', (names, text) => {
    expect(ranged(names)).toBe(text);
  });
});

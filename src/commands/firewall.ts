import type { Place } from '../base/errors.ts';
import { groupBy } from '../base/group.ts';
import { problemsToJson } from '../base/report.ts';
import { formatTable } from '../base/table.ts';
import { typeOf } from '../networks/index.ts';
import { isClosed, isInner, policyNics } from '../resolve/policy.ts';
import type { PolicyNic } from '../resolve/policy.ts';
import type { Allowance, ContainerModel, HostModel, NetworkModel } from '../resolve/model.ts';
import { parseSource } from '../source/parse.ts';
import { chosenContainers } from './chosen.ts';
import { drops } from './drops.ts';
import type { Drops } from './drops.ts';
import { loadedProblem } from './firewall-loaded.ts';
import { loadTree, warningNotes } from './pipeline.ts';
import type { Command } from './types.ts';
import { wrapped } from './wrapped.ts';

/** One thing that is held, and the line that it comes from. */
interface Held {
  readonly of: string;
  /** `allow-in`, `nat` …: the key that says so. */
  readonly rule: string;
  readonly what: string;
  readonly where: string;
}

const lineOf = ({ file, line }: Place): string => `${file}:${line}`;

export const firewallCommand: Command = {
  name: 'firewall',
  summary: 'show what the firewall holds, with the line of the description that each rule comes from',
  description:
    'For every network and every container: what is translated, isolated and guarded, under which addresses a container sends, and who may reach it and ' +
    'whom it may reach; with FILE:LINE of the key that says so, and with what the type of a network cannot hold. ' +
    '`--live` also asks the kernel: how many packets were dropped since the rules were loaded, and whether those are the rules of this description.',
  arguments: [{ name: '[container]', summary: 'one container alone, or its service', completes: 'container' }],
  options: [{ flags: '--live', summary: 'ask the kernel for what was dropped, and whether the rules are loaded' }],
  examples: [
    ['rc-lxc firewall', 'what is held, and why'],
    ['rc-lxc firewall --live --json', 'with counters, for a monitoring program'],
  ],
  async run(context, [name], { live }) {
    const sources = context.files.readSources(context.source);
    const { model, tree, warnings } = await loadTree(context, sources);
    const places = placesOf(parseSource(sources).sections);
    const chosen = chosenContainers(model, name);
    const networks = name === undefined ? model.networks : [];
    const held = [
      ...networks.flatMap((network) => networkRules(network, places)),
      ...chosen.flatMap((container) => containerRules(model, container, places)),
    ];
    const counted = live === true ? await drops(context.host, { ...model, containers: chosen }) : undefined;
    const stale = live === true ? await loadedProblem(context.host, tree) : undefined;
    return {
      exitCode: stale === undefined ? 0 : 1,
      text: [heldText(held), ...(counted === undefined ? [] : ['', dropsTable(counted)])].join('\n'),
      json: {
        rules: held,
        ...(counted === undefined ? {} : { drops: Object.fromEntries(counted) }),
        ...(live === true ? { loaded: stale === undefined } : {}),
        problems: problemsToJson([...warnings, ...(stale === undefined ? [] : [stale])]),
      },
      notes: warningNotes([...warnings, ...(stale === undefined ? [] : [stale])], context),
    };
  },
};

type Places = (section: string, key: string, otherwise: Place) => string;

/** Where a key of a section stands; the section where it is not written. */
function placesOf(sections: ReturnType<typeof parseSource>['sections']): Places {
  const byTitle = new Map(sections.map((section) => [`${section.kind} ${section.name}`, section]));
  return (section, key, otherwise) => lineOf(byTitle.get(section)?.entries.get(key)?.where ?? otherwise);
}

function networkRules(network: NetworkModel, places: Places): readonly Held[] {
  const { name, where } = network;
  const rule = (key: string, what: string): Held => ({
    of: name,
    rule: key,
    what,
    where: places(`network ${name}`, key, where),
  });
  const { sources, policy } = typeOf(network).holds(network);
  return [
    ...(network.nat ? [rule('nat', 'what leaves has the host’s address; from outside nothing comes but answers')] : []),
    ...(isClosed(network) ? [rule('nat', 'no way out, and none in from outside')] : []),
    ...(isInner(network)
      ? [rule('type', 'in get the host and its own containers, where allow-in says nothing else')]
      : []),
    ...(network.isolate ? [rule('isolate', 'its containers never reach each other')] : []),
    ...(network.dhcp ? [rule('dhcp', 'addresses are asked of the host, and given by nobody else')] : []),
    ...(sources === 'all' && policy === 'all' ? [] : [rule('type', limits(network))]),
  ];
}

/** What a type does not hold. */
function limits(network: NetworkModel): string {
  const type = typeOf(network);
  return type.holds(network).policy === 'nothing'
    ? `NOT HELD: type ${type.name} passes by the host’s packet filter`
    : `NOT HELD between its own containers: type ${type.name} lets them meet in its driver`;
}

function containerRules(model: HostModel, container: ContainerModel, places: Places): readonly Held[] {
  const { name, where, allowIn, allowOut } = container;
  const at = (key: string): string => places(`container ${name}`, key, where);
  const nics = policyNics({ ...model, containers: [container] });
  return [
    ...nics.map((nic): Held => ({ of: name, rule: 'spoof-check', what: sendsFrom(nic), where: at('spoof-check') })),
    ...entries(name, 'allow-in', allowIn, at),
    ...entries(name, 'allow-out', allowOut, at),
  ];
}

function sendsFrom({ container, nic, network }: PolicyNic): string {
  if (!container.spoofCheck) return `${nic.name} sends from whatever address it likes`;
  if (typeOf(network).holds(network).sources === 'nothing') return `${nic.name} NOT HELD`;
  return `${nic.name} sends from ${[nic.mac, ...nic.senders4, ...nic.senders6].join(' ')}`;
}

function entries(
  of: string,
  rule: string,
  all: readonly Allowance[] | undefined,
  at: (key: string) => string,
): readonly Held[] {
  if (all === undefined) return [];
  if (all.length === 0) return [{ of, rule, what: 'none', where: at(rule) }];
  return all.map(({ text, where }) => ({ of, rule, what: text, where: lineOf(where) }));
}

/** What is held, below whose it is: `KEY (FILE:LINE): WHAT`, in lines of at most 80 characters. */
function heldText(held: readonly Held[]): string {
  const groups = groupBy(held, ({ of }) => of);
  return Array.from(groups, ([of, rules]) =>
    [of, ...rules.flatMap(({ rule, where, what }) => wrapped(`${rule} (${where}): ${what}`, '  '))].join('\n'),
  ).join('\n\n');
}

function dropsTable(counted: ReadonlyMap<string, Drops>): string {
  return formatTable(
    ['CONTAINER', 'DROPPED FROM IT', 'DROPPED TO IT'],
    [...counted].map(([name, { sent, received }]) => [name, String(sent), String(received)]),
  );
}

import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import { typeOf } from '../../networks/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import { hasPorts, isClosed, isInner } from '../../resolve/policy.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import type { Written } from '../render.ts';
import type { NetworkView } from '../view.ts';
import { membersOf, questionChains } from './chains.ts';
import type { NftChain, Question } from './chains.ts';
import { addUnlimited, countingRules, declareLog } from './counting.ts';
import { isolationChains } from './isolation.ts';
import { addContainerAddresses, addLimited, asksForOutside } from './limits.ts';
import { addPolicySets, addressType, families, isLinkLocal, sendersOf } from './policy-sets.ts';
import type { Family } from './policy-sets.ts';
import { NftSets, intervals } from './sets.ts';
import { addPortMac, addSources } from './sources.ts';
import { nftPart, noText, parts } from './texts.ts';

export interface InetInput {
  readonly model: HostModel;
  readonly nics: readonly PolicyNic[];
  readonly networks: readonly NetworkView[];
  readonly uplinks: readonly string[];
  /** What leaves is sent from these; '' for whatever address the uplink has. */
  readonly source4: string;
  readonly source6: string;
}

const template = nftPart('nftables/inet');
const ifname = ['type ifname'];

/** What packets of containers are counted by, where not by interface. */
const byAddress = families.flatMap((family) => {
  const ip = family === 4 ? 'ip' : 'ip6';
  return ['limited', 'unlimited'].flatMap((name) => [
    [`${ip} saddr`, `out_${name}${family}`] as const,
    [`${ip} daddr`, `in_${name}${family}`] as const,
  ]);
});

/** The table of the family inet; undefined where it would hold nothing. */
export function inetTable(input: InetInput): Written | undefined {
  const { model, networks, uplinks, source4, source6 } = input;
  const nics = input.nics.filter(({ attachment }) => attachment.kind !== 'none');
  const sets = new NftSets();
  addLinks(sets, networks, uplinks);
  for (const nic of nics) addRouted(sets, nic);
  const placed = sets.has('link_names') ? placedChains(sets, model) : [];
  addLimited(
    sets,
    nics.filter(({ attachment }) => attachment.kind === 'parent'),
    'address',
  );
  addPolicySets(sets, model, { own: nics, by: 'address', stateless: false });
  const isolation = families.flatMap((family) => isolationChains(sets, nics, family));
  const forwards = ['link_names', 'with_policy4', 'with_policy6', 'isolated4_from', 'isolated6_from'].some((name) =>
    sets.has(name),
  );
  if (sets.has('link_names')) for (const nic of nics) addHandedOver(sets, nic);
  const sides = hostSides(sets);
  if (sets.names().length === 0) return undefined;
  const chains = [
    ...placed,
    ...isolation,
    ...hostQuestions(sets, model),
    ...(forwards ? forwardQuestions(sets, model) : []),
  ];
  if (asksForOutside(sets) || sets.has('closed_links')) addContainerAddresses(sets, model);
  if (forwards)
    addUnlimited(
      sets,
      nics.filter(({ attachment, container }) => attachment.kind !== 'routed' || !container.spoofCheck),
    );
  const counting = countingRules(sets, [['iifname', 'routed_ports'], ['oifname', 'routed_ports'], ...byAddress]);
  if (model.host.logDrops) declareLog(sets);
  const has = (name: string): boolean => sets.has(name);
  return sets.resolve(
    template({
      has,
      forwards,
      sides,
      source4,
      source6,
      placed: has('placed_prefixes4') || has('placed_prefixes6'),
      log: model.host.logDrops,
      sources: has('routed_ports')
        ? // ARP does not pass here.
          parts.sources({ has, key: 'iifname', byMac: false, arpMac: '', pass: 'accept', options: true })
        : noText,
      counting,
      sets: parts.sets({ sets: sets.all() }),
      chains: parts.chains({ chains }),
    }),
  );
}

function addLinks(sets: NftSets, networks: readonly NetworkView[], uplinks: readonly string[]): void {
  for (const {
    network,
    link,
    parts: { guarded, masquerade4, masquerade6 },
  } of networks) {
    const name = network.name;
    for (const one of guarded) sets.add('guarded_links', ifname, name, quoteNftInterface(one));
    for (const prefix of masquerade4)
      sets.add('masquerade_ipv4', ['type ipv4_addr', intervals], name, quoteNftAddress(prefix));
    for (const prefix of masquerade6)
      sets.add('masquerade_ipv6', ['type ipv6_addr', intervals], name, quoteNftAddress(prefix));
    if (link === undefined || !hasPorts(network)) continue;
    const quoted = quoteNftInterface(link.name);
    sets.add('link_names', ifname, name, quoted);
    sets.add('same_link', ['type ifname . ifname'], name, `${quoted} . ${quoted}`);
    if (isInner(network)) sets.add('inner_links', ifname, name, quoted);
    if (isClosed(network)) sets.add('closed_links', ifname, name, quoted);
    if (network.dhcp) sets.add('dhcp_links', ifname, name, quoted);
  }
  if (!['guarded_links', 'masquerade_ipv4', 'masquerade_ipv6'].some((name) => sets.has(name))) return;
  sets.declare('uplink_names', ifname);
  for (const name of uplinks) sets.add('uplink_names', ifname, 'the ways out of this host', quoteNftInterface(name));
}

/** What a veth that the host routes to is and sends. */
function addRouted(sets: NftSets, nic: PolicyNic): void {
  const { attachment, container } = nic;
  if (attachment.kind !== 'routed') return;
  const quoted = quoteNftInterface(attachment.veth);
  sets.add('link_names', ifname, container.name, quoted);
  if (!container.spoofCheck) return;
  sets.add('routed_ports', ifname, container.name, quoted);
  addPortMac(sets, nic, attachment.veth);
  addSources(sets, nic, { type: 'ifname', field: 'iifname', value: quoted });
}

/**
 * A driver that asks the host's routes hands over what its containers send as if the host had made it: it passes `output`,
 * and can go into a network that is the host's own. IPv6 does (Linux 6.1); of IPv4 the driver takes the card's routes alone.
 */
function addHandedOver(sets: NftSets, nic: PolicyNic): void {
  const { attachment, container, network } = nic;
  if (attachment.kind !== 'parent' || attachment.own !== 'address') return;
  for (const family of families.filter((one) => typeOf(network).reach(network, one).toHost)) {
    for (const address of sendersOf(nic, family).filter((one) => !isLinkLocal(one)))
      sets.add(`handed_over${family}`, [`type ${addressType(family)}`], container.name, quoteNftAddress(address));
  }
}

/**
 * Addresses that are behind the host alone come from there, and nobody on a wire has them: a chain for each such
 * network, found by the sender. What the host sends to its own addresses comes in on lo.
 */
function placedChains(sets: NftSets, model: HostModel): readonly NftChain[] {
  return model.networks.flatMap((network) => {
    const { name, link } = network;
    const isRouted = typeOf(network).hostRoutes === true;
    if (!isInner(network) && !isRouted) return [];
    const chain = `placed_in_${name}`;
    for (const family of families) {
      const type = [`type ${addressType(family)} : verdict`, intervals];
      for (const member of membersOf(model, network, family))
        sets.addToMap(`placed_prefixes${family}`, type, name, `${quoteNftAddress(member)} : jump ${chain}`);
    }
    // Those of a routed network were checked one by one before.
    const place = isRouted || link === undefined ? 'iifname != @link_names' : `iifname != ${quoteNftInterface(link)}`;
    return [{ name: chain, comment: [], rules: [`iifname != "lo" ${place} goto dropped_packet`] }];
  });
}

interface Side {
  readonly hook: 'input' | 'output';
  readonly families: readonly {
    readonly family: 4 | 6;
    /** What asks for an address, or gives it. */
    readonly dhcp: string;
    readonly match: string;
    readonly chain: string;
    readonly question: string;
  }[];
}

/** The host's own packets, judged where the policy of a container is written. */
function hostSides(sets: NftSets): readonly Side[] {
  const side = (hook: Side['hook'], field: string, direction: string, link: string): Side => ({
    hook,
    families: families
      .filter((family) => sets.has(`${direction}_limited${family}`))
      .map((family) => ({
        family,
        dhcp: `${link} @dhcp_links ${dhcpPorts(hook, family)}`,
        match: `${family === 4 ? 'ip' : 'ip6'} ${field} @${direction}_limited${family}`,
        chain: `${hook === 'input' ? 'to' : 'from'}_host${family}`,
        question: `${hook === 'input' ? 'ask' : 'hear'}_host${family}`,
      })),
  });
  const isHanded = families.some((family) => sets.has(`handed_over${family}`));
  return [side('input', 'saddr', 'out', 'iifname'), side('output', 'daddr', 'in', 'oifname')].filter(
    (one) => one.families.length > 0 || (one.hook === 'output' && isHanded),
  );
}

function dhcpPorts(hook: Side['hook'], family: Family): string {
  const [client, server] = family === 4 ? ['68', '67'] : ['546', '547'];
  const [from, to] = hook === 'input' ? [client, server] : [server, client];
  return `udp sport ${from} udp dport ${to}`;
}

const accepted = { named: 'accept', unnamed: 'accept', unlimited: 'accept' } as const;

function hostQuestions(sets: NftSets, model: HostModel): readonly NftChain[] {
  const all = families.flatMap((family): readonly Question[] => [
    {
      ...accepted,
      name: `ask_host${family}`,
      comment: ['May the container ask that of the host?'],
      family,
      direction: 'out',
      own: 'saddr',
      port: 'dport',
      by: 'address',
      host: true,
    },
    {
      ...accepted,
      name: `hear_host${family}`,
      comment: ['May the host ask that of the container?'],
      family,
      direction: 'in',
      own: 'daddr',
      port: 'dport',
      by: 'address',
      host: true,
    },
  ]);
  const asked = all.filter(({ direction, family }) => sets.has(`${direction}_limited${family}`));
  return asked.flatMap((question) => questionChains(question, sets, model));
}

function forwardQuestions(sets: NftSets, model: HostModel): readonly NftChain[] {
  const all = families.flatMap((family): readonly Question[] => [
    {
      name: `allow_in${family}`,
      comment: ['May the receiver get it?'],
      family,
      direction: 'in',
      own: 'daddr',
      port: 'dport',
      by: 'address',
      host: false,
      named: 'accept',
      unnamed: `goto from_any_link${family}`,
      unlimited: `goto unlimited_in${family}`,
    },
    {
      name: `allow_out${family}`,
      comment: ['May the sender send it?'],
      family,
      direction: 'out',
      own: 'saddr',
      port: 'dport',
      by: 'address',
      host: false,
      named: `goto allow_in${family}`,
      unnamed: `goto beyond_link${family}`,
      unlimited: `goto beyond_link${family}`,
    },
  ]);
  return all.flatMap((question) => questionChains(question, sets, model));
}

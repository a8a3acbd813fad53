import { groupBy } from '../../base/group.ts';
import { quoteNftAddress } from '../../base/quote/index.ts';
import { typeOf } from '../../networks/index.ts';
import type { HostModel, NetworkModel } from '../../resolve/model.ts';
import { policyNics } from '../../resolve/policy.ts';
import type { Direction, Family } from './policy-sets.ts';
import { addressType, isLinkLocal, sendersOf } from './policy-sets.ts';
import type { NftSets } from './sets.ts';
import { intervals } from './sets.ts';

/** A chain without a hook; rules are nft's text, of constants and of names that were made from checked words. */
export interface NftChain {
  readonly name: string;
  readonly comment: readonly string[];
  readonly rules: readonly string[];
}

/**
 * One question about a packet: does what its `own` side may send or get cover it? A chain that answers yes ends in a
 * verdict or goes on to the next question; its end is no.
 */
export interface Question {
  readonly name: string;
  readonly comment: readonly string[];
  readonly direction: Direction;
  readonly family: Family;
  /** Where the container is: who sends, or who gets it. */
  readonly own: 'saddr' | 'daddr';
  /** What it is found by, see policy-sets.ts. */
  readonly by: 'port' | 'address';
  /** Which port is the one that was asked for: of an answer it is the one that it comes from. */
  readonly port: 'dport' | 'sport';
  /** Whether the peer is the host, told by the hook; else it is never. */
  readonly host: boolean;
  /** What follows a yes by an entry that names the peer, one by `any`, and where nothing is written. */
  readonly named: string;
  readonly unnamed: string;
  readonly unlimited: string;
}

interface Asking extends Question {
  readonly ip: string;
  /** nft's words for the container's own side, and for its peer's address and port of a bridge. */
  readonly ownField: string;
  readonly peerField: string;
  readonly peerPort: string;
  /** What names of sets end in that have no peer in their key. */
  readonly suffix: string;
  readonly sets: NftSets;
}

/** The chain of a question, and one of its own for each network that entries name. */
export function questionChains(question: Question, sets: NftSets, model: HostModel): readonly NftChain[] {
  const asking = ask(question, sets);
  const { name, comment, direction, named, unlimited, ownField, peerField, peerPort, suffix } = asking;
  const limited = `${direction}_limited${suffix}`;
  if (!sets.has(limited)) return [{ name, comment, rules: [unlimited] }];
  const networks = question.host ? [] : networkChains(asking, model);
  const rules = [
    `${ownField} != @${limited} ${unlimited}`,
    ...anyRules(asking),
    ...keyed(asking, 'neighbour', [ownField, peerPort], '', named),
    ...keyed(asking, 'peer', [ownField, peerField], String(question.family), named),
    ...intervalRules(asking),
    ...(networks.length === 0 ? [] : [`${peerField} vmap @${name}_networks`]),
    ...linkLocalRules(asking),
    ...(question.host ? hostRules(asking) : outsideRules(asking)),
  ];
  return [...networks, { name, comment, rules }];
}

function ask(question: Question, sets: NftSets): Asking {
  const { family, own, by } = question;
  const ip = family === 4 ? 'ip' : 'ip6';
  const [mine, other] = own === 'saddr' ? ['iifname', 'oifname'] : ['oifname', 'iifname'];
  return {
    ...question,
    sets,
    ip,
    ownField: by === 'port' ? mine : `${ip} ${own}`,
    peerField: `${ip} ${own === 'saddr' ? 'daddr' : 'saddr'}`,
    peerPort: other,
    suffix: by === 'port' ? '' : String(family),
  };
}

function anyRules(asking: Asking): readonly string[] {
  const { ownField, suffix, unnamed } = asking;
  return [...keyed(asking, 'any', [ownField], suffix, unnamed), ...ranges(asking, 'any', unnamed)];
}

function hostRules(asking: Asking): readonly string[] {
  const { ownField, suffix, named } = asking;
  return [...keyed(asking, 'host', [ownField], suffix, named), ...ranges(asking, 'host', named)];
}

/** Rules for the sets of one kind of peer, those that are there: for everything, and for a port. */
function keyed(
  asking: Asking,
  what: string,
  fields: readonly string[],
  suffix: string,
  verdict: string,
  before = '',
): readonly string[] {
  const { direction, family, sets, port } = asking;
  const key = fields.join(' . ');
  const rule = (end: string, match: string, service: string): readonly string[] => {
    const set = `${direction}_${what}${end}${suffix}`;
    return sets.has(set) ? [`${before}${match}${key}${service} @${set} ${verdict}`] : [];
  };
  const icmp = family === 4 ? 'icmp' : 'icmpv6';
  const echo = port === 'sport' ? 'echo-reply' : 'echo-request';
  return [
    ...rule('', '', ''),
    ...rule('_port', 'meta l4proto { tcp, udp } ', ` . meta l4proto . th ${port}`),
    ...rule('_echo', `${icmp} type ${echo} ${icmp} code 0 `, ''),
  ];
}

function ranges(asking: Asking, what: string, verdict: string, before = ''): readonly string[] {
  const { direction, suffix, sets, ownField, port } = asking;
  return ['tcp', 'udp'].flatMap((protocol) => {
    const set = `${direction}_${what}_${protocol}${suffix}`;
    return sets.has(set) ? [`${before}meta l4proto ${protocol} ${ownField} . th ${port} @${set} ${verdict}`] : [];
  });
}

function intervalRules({ direction, family, sets, ownField, peerField, port, named }: Asking): readonly string[] {
  const key = `${ownField} . ${peerField}`;
  const echo = `${family === 4 ? 'icmp' : 'icmpv6'} type ${port === 'sport' ? 'echo-reply' : 'echo-request'}`;
  const rule = (set: string, text: string): readonly string[] => (sets.has(set) ? [`${text} @${set} ${named}`] : []);
  return [
    ...rule(`${direction}_prefix${family}`, key),
    ...rule(`${direction}_prefix_echo${family}`, `${echo} ${key}`),
    ...rule(`${direction}_prefix_tcp${family}`, `meta l4proto tcp ${key} . th ${port}`),
    ...rule(`${direction}_prefix_udp${family}`, `meta l4proto udp ${key} . th ${port}`),
  ];
}

/** Link-local addresses are of the container's own network. */
function linkLocalRules(asking: Asking): readonly string[] {
  const { family, host, ownField, peerField, suffix, named } = asking;
  if (family === 4 || host) return [];
  const before = `${peerField} fe80::/10 `;
  return [...keyed(asking, 'own', [ownField], suffix, named, before), ...ranges(asking, 'own', named, before)];
}

/** The outside is whoever is no container, no group and, by the hook, not the host. */
function outsideRules(asking: Asking): readonly string[] {
  const { ownField, peerField, suffix, named, family } = asking;
  const rules = [...keyed(asking, 'outside', [ownField], suffix, named), ...ranges(asking, 'outside', named)];
  if (rules.length === 0) return [];
  const groups = family === 4 ? '{ 224.0.0.0/4, 255.255.255.255 }' : 'ff00::/8';
  return [`${peerField} @container_addresses${family} return`, `${peerField} ${groups} return`, ...rules];
}

/** Networks of one wire have one prefix, and the kernel takes that once: they have one chain. */
function networkChains(asking: Asking, model: HostModel): readonly NftChain[] {
  const { name, family, sets, ownField, suffix, named } = asking;
  const asked = model.networks.flatMap((network) => {
    const what = `net_${network.name}`;
    const rules = [...keyed(asking, what, [ownField], suffix, named), ...ranges(asking, what, named)];
    const members = rules.length === 0 ? [] : membersOf(model, network, family);
    return members.length === 0 ? [] : [{ network, members, rules }];
  });
  const type = [`type ${addressType(family)} : verdict`, intervals];
  return [...groupBy(asked, ({ members }) => members.join(' ')).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const chain = `${name}_net_${first.network.name}`;
    const names = alike.map(({ network }) => network.name).join(', ');
    for (const member of first.members)
      sets.addToMap(`${name}_networks`, type, names, `${quoteNftAddress(member)} : jump ${chain}`);
    return [{ name: chain, comment: [], rules: alike.flatMap(({ rules }) => rules) }];
  });
}

/** Who a network is: its prefix, but of a routed one its containers, since the prefix may be that of the uplink. */
export function membersOf(model: HostModel, network: NetworkModel, family: Family): readonly string[] {
  if (typeOf(network).hostRoutes !== true)
    return [family === 4 ? network.prefix4 : network.prefix6].filter((prefix) => prefix !== undefined);
  return policyNics(model)
    .filter((nic) => nic.network === network)
    .flatMap((nic) => sendersOf(nic, family).filter((address) => !isLinkLocal(address)));
}

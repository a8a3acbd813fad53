import { quoteNftAddress } from '../../base/quote/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { Direction, Family } from './policy-sets.ts';
import { addressType } from './policy-sets.ts';
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
  /** The header field with the container's own address, and the one with its peer's. */
  readonly own: 'saddr' | 'daddr';
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
  readonly peer: 'saddr' | 'daddr';
  readonly sets: NftSets;
}

/** Networks that entries name: what their containers have addresses of, and a chain of their own for each. */
export function questionChains(question: Question, sets: NftSets, model: HostModel): readonly NftChain[] {
  const asking: Asking = {
    ...question,
    sets,
    ip: question.family === 4 ? 'ip' : 'ip6',
    peer: question.own === 'saddr' ? 'daddr' : 'saddr',
  };
  const { name, comment, direction, family, own, named, unlimited, ip } = asking;
  const limited = `${direction}_limited${family}`;
  if (!sets.has(limited)) return [{ name, comment, rules: [unlimited] }];
  const networks = question.host ? [] : networkChains(asking, model);
  const rules = [
    `${ip} ${own} != @${limited} ${unlimited}`,
    ...anyRules(asking),
    ...keyed(asking, 'peer', [own, asking.peer], named),
    ...intervalRules(asking),
    ...(networks.length === 0 ? [] : [`${ip} ${asking.peer} vmap @${name}_networks`]),
    ...linkLocalRules(asking),
    ...(question.host ? hostRules(asking) : outsideRules(asking)),
  ];
  return [...networks, { name, comment, rules }];
}

function anyRules(asking: Asking): readonly string[] {
  const { own, unnamed } = asking;
  return [...keyed(asking, 'any', [own], unnamed), ...ranges(asking, 'any', unnamed)];
}

function hostRules(asking: Asking): readonly string[] {
  const { own, named } = asking;
  return [...keyed(asking, 'host', [own], named), ...ranges(asking, 'host', named)];
}

/** Rules for the sets of one kind of peer, those that are there: for everything, and for a port. */
function keyed(
  asking: Asking,
  what: string,
  fields: readonly string[],
  verdict: string,
  before = '',
): readonly string[] {
  const { direction, family, sets, ip, port } = asking;
  const key = fields.map((field) => `${ip} ${field}`).join(' . ');
  const [all, ports] = [`${direction}_${what}${family}`, `${direction}_${what}_port${family}`];
  const echo = family === 4 ? 'icmp' : 'icmpv6';
  const byPort =
    port === 'sport'
      ? [`${before}${key} . meta l4proto . th sport @${ports} ${verdict}`]
      : [
          `${before}meta l4proto { tcp, udp } ${key} . meta l4proto . th dport @${ports} ${verdict}`,
          // The type and code of ICMP, see policy-sets.ts.
          `${before}${echo} type echo-request ${key} . meta l4proto . th sport @${ports} ${verdict}`,
        ];
  return [...(sets.has(all) ? [`${before}${key} @${all} ${verdict}`] : []), ...(sets.has(ports) ? byPort : [])];
}

function ranges(
  { direction, family, sets, ip, own, peer, port }: Asking,
  what: string,
  verdict: string,
): readonly string[] {
  return ['tcp', 'udp'].flatMap((protocol) => {
    const set = `${direction}_${what}_${protocol}${family}`;
    if (!sets.has(set)) return [];
    return [`meta l4proto ${protocol} ${ip} ${own} . ${ip} ${peer} . th ${port} @${set} ${verdict}`];
  });
}

function intervalRules(asking: Asking): readonly string[] {
  const { direction, family, sets, ip, own, peer, port, named } = asking;
  const key = `${ip} ${own} . ${ip} ${peer}`;
  const echo = `${family === 4 ? 'icmp' : 'icmpv6'} type ${port === 'sport' ? 'echo-reply' : 'echo-request'}`;
  const [all, echoes] = [`${direction}_prefix${family}`, `${direction}_prefix_echo${family}`];
  return [
    ...(sets.has(all) ? [`${key} @${all} ${named}`] : []),
    ...(sets.has(echoes) ? [`${echo} ${key} @${echoes} ${named}`] : []),
    ...ranges(asking, 'prefix', named),
  ];
}

/** Link-local addresses are of the container's own network. */
function linkLocalRules(asking: Asking): readonly string[] {
  if (asking.family === 4 || asking.host) return [];
  return keyed(asking, 'own', [asking.own], asking.named, `ip6 ${asking.peer} fe80::/10 `);
}

/** The outside is whoever is no container, no group and, by the hook, not the host. */
function outsideRules(asking: Asking): readonly string[] {
  const { own, named, ip, peer, family } = asking;
  const rules = [...keyed(asking, 'outside', [own], named), ...ranges(asking, 'outside', named)];
  if (rules.length === 0) return [];
  const groups = family === 4 ? '{ 224.0.0.0/4, 255.255.255.255 }' : 'ff00::/8';
  return [`${ip} ${peer} @container_addresses${family} return`, `${ip} ${peer} ${groups} return`, ...rules];
}

function networkChains(asking: Asking, model: HostModel): readonly NftChain[] {
  const { name, family, sets, own, named } = asking;
  return model.networks.flatMap((network) => {
    const prefix = family === 4 ? network.prefix4 : network.prefix6;
    const rules = keyed(asking, `net_${network.name}`, [own], named);
    if (prefix === undefined || rules.length === 0) return [];
    const chain = `${name}_net_${network.name}`;
    const type = [`type ${addressType(family)} : verdict`, intervals];
    sets.addToMap(`${name}_networks`, type, network.name, `${quoteNftAddress(prefix)} : jump ${chain}`);
    return [{ name: chain, comment: [], rules }];
  });
}

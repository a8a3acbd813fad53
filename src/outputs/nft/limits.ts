import { quoteNftAddress } from '../../base/quote/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import { isInner, policyNics } from '../../resolve/policy.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { questionChains } from './chains.ts';
import type { NftChain, Question } from './chains.ts';
import { addressKeys, addressType, families, portKeys, sendersOf } from './policy-sets.ts';
import type { Family } from './policy-sets.ts';
import { intervals } from './sets.ts';
import type { NftSets } from './sets.ts';

/** What has a policy at all: the one question that is asked of every packet. */
export function addLimited(sets: NftSets, nics: readonly PolicyNic[], by: 'port' | 'address'): void {
  for (const nic of nics.filter(
    ({ container }) => container.allowIn !== undefined || container.allowOut !== undefined,
  )) {
    for (const key of by === 'port' ? portKeys(nic) : addressKeys(nic)) {
      sets.add(`with_policy${key.suffix}`, [`type ${key.type}`], nic.container.name, key.text);
    }
  }
}

const intervalsOf = (family: Family): readonly string[] => [`type ${addressType(family)}`, intervals];

/**
 * Who is none of these, nor the host, is the outside: bridges that are behind the host alone, as a whole, and every
 * other container. The prefix of a routed network may be that of the uplink.
 */
export function addContainerAddresses(sets: NftSets, model: HostModel): void {
  const behind = new Set<string>();
  for (const network of model.networks.filter((one) => isInner(one))) {
    behind.add(network.name);
    for (const [family, prefix] of [
      [4, network.prefix4],
      [6, network.prefix6],
    ] as const) {
      if (prefix !== undefined)
        sets.add(`container_addresses${family}`, intervalsOf(family), network.name, quoteNftAddress(prefix));
    }
  }
  for (const family of families) sets.declare(`container_addresses${family}`, intervalsOf(family));
  for (const nic of policyNics(model).filter(({ network }) => !behind.has(network.name))) {
    for (const family of families) {
      for (const address of sendersOf(nic, family)) {
        sets.add(`container_addresses${family}`, intervalsOf(family), nic.container.name, quoteNftAddress(address));
      }
    }
  }
}

/** Names of chains that questions need the addresses of everybody for. */
export function asksForOutside(sets: NftSets): boolean {
  return sets.names().some((name) => /^(?:in|out)_outside/u.test(name));
}

/** The same, whatever says yes. */
const all = (verdict: string) => ({ named: verdict, unnamed: verdict, unlimited: verdict });

/**
 * The questions of a table without connection tracking, both ways: may this be sent and got, and is this an answer to
 * what may be.
 */
export function statelessChains(
  sets: NftSets,
  model: HostModel,
  family: Family,
  by: 'port' | 'address',
): readonly NftChain[] {
  if (!sets.has(`with_policy${by === 'port' ? '' : family}`)) return [];
  declareAnswers(sets, family, by);
  return statelessQuestions(family, by).flatMap((question) => questionChains(question, sets, model));
}

function statelessQuestions(family: Family, by: 'port' | 'address'): readonly Question[] {
  return [
    {
      name: `allow_in${family}`,
      comment: ['May the receiver get it?'],
      family,
      direction: 'in',
      own: 'daddr',
      port: 'dport',
      by,
      host: false,
      ...all(`goto allowed_through${family}`),
    },
    {
      name: `allow_out${family}`,
      comment: ['May the sender send it?'],
      family,
      direction: 'out',
      own: 'saddr',
      port: 'dport',
      by,
      host: false,
      ...all(`goto allow_in${family}`),
    },
    {
      name: `answer_in${family}`,
      comment: ['Could who sends this answer have been asked?'],
      family,
      direction: 'in',
      own: 'saddr',
      port: 'sport',
      by,
      host: false,
      ...all('accept'),
    },
    {
      name: `answer_out${family}`,
      comment: ['Could who gets it have asked?'],
      family,
      direction: 'out',
      own: 'daddr',
      port: 'sport',
      by,
      host: false,
      ...all(`goto answer_in${family}`),
    },
  ];
}

/** A set that packets fill. */
export const dynamic = (key: string, size: number, timeout: string): readonly string[] => [
  `type ${key}`,
  `size ${String(size)}`,
  'flags dynamic, timeout',
  `timeout ${timeout}`,
];

/** Sets that packets fill: who may answer whom, known by what was asked. */
function declareAnswers(sets: NftSets, family: Family, by: 'port' | 'address'): void {
  const type = addressType(family);
  const flow = `${type} . inet_service . ${type} . inet_service`;
  if (sets.has(`in_limited${by === 'port' ? '' : family}`)) {
    sets.declare(`udp_answers${family}`, dynamic(flow, 524_288, '3m'));
    sets.declare(`udp_askers${family}`, dynamic(type, 65_536, '1m'));
  }
  // Apart, since anybody can ask: what comes from everywhere takes no room from what containers ask.
  sets.declare(`udp_asked${family}`, dynamic(flow, 524_288, '1m'));
  sets.declare(`other_answers${family}`, dynamic(`${type} . ${type} . inet_proto`, 65_536, '3m'));
}

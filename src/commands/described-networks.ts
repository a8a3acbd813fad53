import { typeOf } from '../networks/index.ts';
import { membersOf, publicAddresses } from '../networks/needs.ts';
import { reachOf, recommend } from '../networks/recommend.ts';
import type { Recommendation } from '../networks/recommend.ts';
import type { Held, Reach } from '../networks/types.ts';
import type { Allowance, HostModel, NetworkModel } from '../resolve/model.ts';
import type { Kernel } from './kernel.ts';
import { neededOptions } from '../networks/type-forms.ts';
import { counted } from './pipeline.ts';
import { wrapped } from './wrapped.ts';

/** A network of a description: what it is, what its containers declare, and what fits that. */
export interface DescribedNetwork {
  readonly name: string;
  readonly type: string;
  readonly containers: number;
  /** In every family that it has. */
  readonly reach: Reach;
  readonly promiscuous?: boolean;
  readonly sources: Held;
  readonly policy: Held;
  readonly isolate: boolean;
  readonly dhcp: boolean;
  /** `CONTAINER: ENTRY`, as they are written; `none` for a list with nothing in it. */
  readonly allowIn: readonly string[];
  readonly allowOut: readonly string[];
  readonly publicAddresses: readonly string[];
  readonly missingOptions: readonly string[];
  readonly recommendation: Recommendation;
}

export function describedNetworks(model: HostModel, kernel: Kernel): readonly DescribedNetwork[] {
  return model.networks.map((network) => describedNetwork(model, network, kernel));
}

function describedNetwork(model: HostModel, network: NetworkModel, kernel: Kernel): DescribedNetwork {
  const type = typeOf(network);
  const members = membersOf(model, network);
  const missing = neededOptions(type, network).filter((option) => kernel.has(option) === 'no');
  const isLoud = missing.some(({ optional }) => optional === true);
  const promiscuous = isLoud || type.promiscuous(network);
  return {
    name: network.name,
    type: network.type,
    containers: members.length,
    reach: reachOf(type, network),
    ...(promiscuous === undefined ? {} : { promiscuous }),
    ...type.holds(network),
    isolate: network.isolate,
    dhcp: network.dhcp,
    allowIn: members.flatMap(({ container: { name, allowIn } }) => entries(name, allowIn)),
    allowOut: members.flatMap(({ container: { name, allowOut } }) => entries(name, allowOut)),
    publicAddresses: members.flatMap(({ nics }) => publicAddresses(nics)),
    missingOptions: missing.map(({ name }) => name),
    recommendation: recommend(model, network, (option) => kernel.has(option) !== 'no'),
  };
}

function entries(container: string, list: readonly Allowance[] | undefined): readonly string[] {
  if (list === undefined) return [];
  return list.length === 0 ? [`${container}: none`] : list.map(({ text }) => `${container}: ${text}`);
}

export function describedText(networks: readonly DescribedNetwork[]): string {
  return networks.map((network) => oneText(network).join('\n')).join('\n\n');
}

function oneText(network: DescribedNetwork): readonly string[] {
  const { name, type, containers, recommendation } = network;
  const verdict = recommendation.keep ? `keep ${type}` : `better ${recommendation.type}`;
  return [
    ...wrapped(`${name}: ${type}, ${counted(containers, 'container')}`),
    ...line('reaches', reachText(network)),
    ...line('declared', declaredText(network)),
    ...line(verdict, recommendation.reason),
    ...recommendation.changes.flatMap((change) => wrapped(`- ${change}`, '    ')),
  ];
}

function line(word: string, text: string): readonly string[] {
  return wrapped(`${word}: ${text}`, '  ');
}

function reachText({ reach, promiscuous, sources }: DescribedNetwork): string {
  const words = [
    reach.containers ? 'each other' : '',
    reach.toHost ? 'the host' : '',
    reach.toOutside ? 'outside' : '',
  ].filter((word) => word !== '');
  const from = [reach.fromHost ? 'the host' : '', reach.fromOutside ? 'outside' : ''].filter((word) => word !== '');
  const checks = {
    all: 'all is checked',
    wire: 'what is on the wire is checked',
    nothing: 'nothing is checked',
  } as const;
  return [
    words.length === 0 ? 'nothing' : words.join(', '),
    `reached from ${from.length === 0 ? 'nowhere' : from.join(', ')}`,
    checks[sources],
    ...(promiscuous === true ? ['the card takes in every frame'] : []),
  ].join('; ');
}

/** Longer lists are cut: `--json` has them whole. */
const mostEntries = 6;

function cut(word: string, all: readonly string[]): readonly string[] {
  if (all.length === 0) return [];
  const more = all.length > mostEntries ? ` and ${all.length - mostEntries} more` : '';
  return [`${word} ${all.slice(0, mostEntries).join(', ')}${more}`];
}

function declaredText({ isolate, dhcp, allowIn, allowOut, publicAddresses: addresses }: DescribedNetwork): string {
  const parts = [
    ...cut('allow-in', allowIn),
    ...cut('allow-out', allowOut),
    ...(isolate ? ['isolate = yes'] : []),
    ...(dhcp ? ['dhcp = yes'] : []),
    ...cut('public addresses', addresses),
  ];
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}

import { typeOf } from '../../networks/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { Box, Link, Scene } from '../types.ts';
import { cardBox, cardsOf } from './cards.ts';
import type { Cards } from './cards.ts';
import { groupBox, isLimited } from './containers.ts';
import { describe } from './describe.ts';
import { factsOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { flowsOf } from './flows.ts';
import { groupsOf } from './groups.ts';
import type { Group } from './groups.ts';
import { hubBox, hubsOf } from './hubs.ts';
import type { Hub } from './hubs.ts';
import { hostBox, hostLink, hostWords } from './hosts.ts';
import { orderLink, outsideId, outsideLinks } from './links.ts';
import { counted } from './names.ts';
import { noWays } from './ways.ts';
import type { Ways } from './ways.ts';

/** What there is to draw of a host, whatever is in it: a bounded number of boxes, work in proportion to its size. */
export function sceneOf(model: HostModel, title: string): Scene {
  const hubs = hubsOf(model);
  const groups = groupsOf(model, hubs);
  const facts = factsOf(model, hubs, groups);
  const cards = cardsOf(model, hubs, needsUplink(hubs, facts));
  const flows = flowsOf(model, groups);
  const waysAt = (hub: Hub): Ways => facts.hubs.get(hub.id) ?? noWays;
  return {
    title,
    description: describe(model, hubs, facts.hubs),
    host: `Host ${model.host.name}`,
    hostWords: hostWords(model),
    boxes: [
      ...(cards.length === 0 ? [] : [outsideBox]),
      ...cards.map((each) => cardBox(each)),
      ...hubs.flatMap((hub) => [hubBox(hub, waysAt(hub)), hostBox(hub)]),
      ...groups.map((group) => groupBox(model, group)),
      ...flows.boxes,
    ],
    links: [
      ...edgeLinks(cards),
      ...hubs.flatMap((hub) => [...outsideLinks(hub, waysAt(hub), cards), hostLink(hub, waysAt(hub))]),
      ...plugLinks(groups, facts, new Set(hubs.filter((hub) => isDead(waysAt(hub))).map(({ id }) => id))),
      ...flows.links,
    ],
    notes: [
      ...(groups.some((group) => isLimited(group)) ? ['in, out: the only ones that are let in or out'] : []),
      ...(flows.left === 0 ? [] : [`${counted(flows.left, 'more pair')} with allowed connections not drawn`]),
    ],
  };
}

function needsUplink(hubs: readonly Hub[], facts: Facts): boolean {
  return hubs.some(({ id, networks }) => {
    const ways = facts.hubs.get(id);
    const isRouted = networks.some((network) => typeOf(network).drawing(network).carrier === 'host');
    return isRouted && ways !== undefined && (ways.toOutside || ways.fromOutside);
  });
}

const outsideBox: Box = {
  id: outsideId,
  kind: 'outside',
  column: 'outside',
  lines: [{ text: 'Outside', style: 'title' }],
  title: 'whoever is neither the host nor one of its containers',
  count: 1,
};

/** The wires outside. */
function edgeLinks(cards: readonly Cards[]): readonly Link[] {
  return cards.map(({ id, names }): Link => {
    const title = `the wire of ${names.join(', ')}`;
    return { from: outsideId, to: id, style: 'cable', forth: false, back: false, title };
  });
}

/** Where nobody reaches anybody there is nothing that containers are plugged into: each is alone. */
function isDead(ways: Ways): boolean {
  return Object.values<boolean>({ ...ways }).every((is) => !is);
}

function plugLinks(groups: readonly Group[], { plugs }: Facts, dead: ReadonlySet<string>): readonly Link[] {
  const alone = groups
    .filter(({ hubs }) => hubs.includes('no network'))
    .map(({ id }) => orderLink('no network', id, 1));
  const plugged = plugs.map(({ group, hub, into, out }): Link => {
    if (dead.has(hub)) return orderLink(hub, group, 1);
    const title = `${group.replace(/^container /u, '')} in ${hub.replace(/^network /u, '')}`;
    return { from: hub, to: group, style: 'cable', forth: into, back: out, title };
  });
  return [...alone, ...plugged];
}

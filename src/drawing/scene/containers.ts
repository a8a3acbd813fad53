import type { Allowance, ContainerModel, HostModel, NicModel } from '../../resolve/model.ts';
import { roomIn, textSize } from '../sizes.ts';
import { wrapped } from '../text.ts';
import type { Box, Line } from '../types.ts';
import { looseText } from './groups.ts';
import type { Group } from './groups.ts';
import { counted, nameRanges } from './names.ts';

export function groupBox(model: HostModel, group: Group): Box {
  const { id, containers, hubs } = group;
  const [first] = containers;
  const own = first !== undefined && containers.length === 1 ? oneContainer(model, first) : manyContainers(group);
  const [hub] = hubs;
  return {
    id,
    kind: 'container',
    column: 'container',
    lines: [...own, ...(first === undefined ? [] : policyLines(group, first))],
    title: containers.length === 1 ? titleOf(containers) : containers.map(({ name }) => name).join(', '),
    ...(hub !== undefined && hubs.length === 1 ? { frame: hub } : {}),
    count: containers.length,
  };
}

const text = (value: string): Line => ({ text: value, style: 'text' });

function oneContainer(model: HostModel, { name, nics }: ContainerModel): readonly Line[] {
  const several = nics.length > 1;
  return [
    { text: name, style: 'title' },
    ...nics.flatMap((nic) => {
      const addresses = addressesOf(model, nic);
      return several
        ? addresses.slice(0, 1).map((address) => text(`${nic.name}: ${address}`))
        : addresses.map((each) => text(each));
    }),
  ];
}

/** IPv4 first. Where a network has addresses and the interface none of them, what it has instead. */
function addressesOf(model: HostModel, { network, ipv4, ipv6, dhcp }: NicModel): readonly string[] {
  const given = [ipv4 && `${ipv4.address}${dhcp ? ' by DHCP' : ''}`, ipv6?.address].filter(
    (each) => each !== undefined,
  );
  if (given.length > 0) return given;
  const { prefix4, prefix6 } = model.networkByName.get(network) ?? {};
  return (prefix4 ?? prefix6) === undefined ? [] : ['link-local IPv6 only'];
}

function manyContainers({ containers }: Group): readonly Line[] {
  const ranges = nameRanges(containers.map(({ name }) => name));
  return [
    { text: counted(containers.length, 'container'), style: 'title' },
    ...wrapped(ranges, roomIn('container'), textSize, 3).map((each) => text(each)),
  ];
}

export function isLimited({ containers }: Group): boolean {
  return containers.some(({ allowIn, allowOut }) => (allowIn ?? allowOut) !== undefined);
}

/** The only ones that are let in and out, where that is limited. */
function policyLines(group: Group, { allowIn, allowOut }: ContainerModel): readonly Line[] {
  if (!isLimited(group)) return [];
  const count = group.containers.length;
  const texts = group.alike
    ? [...limit('in', allowIn, count), ...limit('out', allowOut, count)]
    : ['in, out: they differ'];
  return texts.map((each): Line => ({ text: each, style: 'muted' }));
}

function limit(word: 'in' | 'out', entries: readonly Allowance[] | undefined, count: number): readonly string[] {
  if (entries === undefined) return [];
  const words = [...new Set(entries.map((entry) => (count === 1 ? entry.text : looseText(entry))))];
  const [first, ...rest] = words;
  if (first === undefined) return [`${word}: nobody`];
  return wrapped([`${word}: ${first}`, ...rest], roomIn('container'), textSize, 3);
}

function titleOf(containers: readonly ContainerModel[]): string {
  const plugs = containers
    .flatMap(({ nics }) => nics)
    .map(({ name: nic, network, ipv4, ipv6 }) =>
      [`${nic} in ${network}`, ipv4?.address, ipv6?.address].filter((each) => each !== undefined).join(' '),
    );
  return [...containers.map(({ name }) => name), ...plugs].join(', ');
}

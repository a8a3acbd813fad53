import { addressRange, contains, parseIp, parsePrefix } from '../base/ip.ts';
import type { Allowance, ContainerModel, HostModel, NetworkModel, NicModel } from '../resolve/model.ts';
import type { Reach } from './types.ts';

/** A connection that the description says is to be had, and what says so. */
export interface Need {
  readonly reach: keyof Reach;
  /** As the beginning of a sentence: `web1 has allow-in = host:22/tcp`. */
  readonly because: string;
}

/** What the containers of a network declare. What is not written, as `allow-out = any`, is no need. */
export function needsOf(model: HostModel, network: NetworkModel): readonly Need[] {
  const needs = membersOf(model, network).flatMap((member) => needsOfMember(model, network, member));
  return network.nat ? [...needs, { reach: 'toOutside', because: `${network.name} has nat = yes` }] : needs;
}

function needsOfMember(model: HostModel, network: NetworkModel, member: Member): readonly Need[] {
  const { container, nics } = member;
  const { allowIn = [], allowOut = [] } = container;
  return [
    allowIn.flatMap((allowance) => needOf(model, network, member, 'in', allowance)),
    allowOut.flatMap((allowance) => needOf(model, network, member, 'out', allowance)),
    container.needs
      .filter((name) => isMember(model, network, name))
      .map((name): Need => ({ reach: 'containers', because: `${container.name} needs ${name}` })),
    publicAddresses(nics).map((address): Need => ({
      reach: 'fromOutside',
      because: `${container.name} has the public address ${address}`,
    })),
  ].flat();
}

/** A container with its interfaces in one network. */
export interface Member {
  readonly container: ContainerModel;
  readonly nics: readonly NicModel[];
}

export function membersOf(model: HostModel, network: NetworkModel): readonly Member[] {
  return model.containers.flatMap((container) => {
    const nics = container.nics.filter((nic) => nic.network === network.name);
    return nics.length === 0 ? [] : [{ container, nics }];
  });
}

function isMember(model: HostModel, network: NetworkModel, name: string): boolean {
  return model.containerByName.get(name)?.nics.some((nic) => nic.network === network.name) ?? false;
}

/** Whom anybody outside could send to, if the way were open. Those set aside for documentation (RFC 5737) count too. */
export function publicAddresses(nics: readonly NicModel[]): readonly string[] {
  return nics
    .flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6])
    .flatMap((address) => (address !== undefined && isPublic(address.address) ? [address.address] : []));
}

function isPublic(address: string): boolean {
  const ip = parseIp(address);
  if (ip === undefined) return false;
  const documentation = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32'];
  return addressRange(ip) === 'unicast' || documentation.some((prefix) => isWithin(address, prefix));
}

function isWithin(address: string, prefix: string | undefined): boolean {
  const [ip, whole] = [parseIp(address), parsePrefix(prefix ?? '')];
  return ip !== undefined && whole !== undefined && contains(whole, ip);
}

function needOf(
  model: HostModel,
  network: NetworkModel,
  { container, nics }: Member,
  way: 'in' | 'out',
  allowance: Allowance,
): readonly Need[] {
  const reach = end(model, network, nics, allowance);
  if (reach === undefined) return [];
  const because = `${container.name} has allow-${way} = ${allowance.text}`;
  if (reach === 'containers') return [{ reach, because }];
  const host = way === 'in' ? 'fromHost' : 'toHost';
  const outside = way === 'in' ? 'fromOutside' : 'toOutside';
  return [{ reach: reach === 'host' ? host : outside, because }];
}

/** Where the other end of an allowance is, as far as the network matters. Networks reach each other through the host. */
function end(
  model: HostModel,
  network: NetworkModel,
  nics: readonly NicModel[],
  { target }: Allowance,
): 'containers' | 'host' | 'outside' | undefined {
  switch (target.kind) {
    case 'any':
      // Whoever can get there anyway: no need for a way in of its own.
      return publicAddresses(nics).length > 0 ? 'outside' : undefined;
    case 'host':
    case 'outside':
      return target.kind;
    case 'network':
      return target.name === network.name ? 'containers' : 'host';
    case 'container':
      return isMember(model, network, target.name) ? 'containers' : 'host';
    case 'prefix': {
      const address = target.prefix.split('/')[0] ?? '';
      const own = [network.prefix4, network.prefix6].some((prefix) => isWithin(address, prefix));
      return own ? 'containers' : 'outside';
    }
  }
}

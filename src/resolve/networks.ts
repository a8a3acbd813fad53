import { formatIp, formatPrefix, lastAddress, networkOf, parseIp, parsePrefix } from '../base/ip.ts';
import type { Prefix } from '../base/ip.ts';
import { typeOf } from '../networks/index.ts';
import type { NetworkType } from '../networks/types.ts';
import type { AddressWithPrefix, HostSettings, NetworkModel } from './model.ts';
import { derivedMac, interfaceName } from './names.ts';
import type { SectionValues } from './values.ts';

/** A network, and its prefixes as numbers for whoever calculates with them. */
export interface NetworkDraft {
  readonly model: NetworkModel;
  readonly four?: Prefix;
  readonly six?: Prefix;
}

/** RFC 3021: the two machines of a /31 need none. */
const longestWithBroadcast = 30;

function prefixOf(address: AddressWithPrefix | undefined): Prefix | undefined {
  return address && parsePrefix(`${address.address}/${address.length}`);
}

export function networkDraft(host: HostSettings, section: SectionValues): NetworkDraft {
  const four = prefixOf(section.get('ipv4', 'ipv4-prefix'));
  const six = prefixOf(section.get('ipv6', 'ipv6-prefix'));
  const type = typeOf({ type: section.must('type', 'choice') });
  const keys = ownKeys(host, section, type);
  const prefix = type.linkPrefix(keys);
  const model: NetworkModel = {
    ...keys,
    ...(prefix === undefined ? {} : linkOf(host, section, prefix)),
    ...(four === undefined ? {} : { prefix4: formatPrefix(networkOf(four)) }),
    ...(six === undefined ? {} : { prefix6: formatPrefix(networkOf(six)) }),
    ...(four === undefined || four.length > longestWithBroadcast ? {} : { broadcast4: formatIp(lastAddress(four)) }),
    ...addresses(section, type, prefix !== undefined),
  };
  return { model, ...(four === undefined ? {} : { four }), ...(six === undefined ? {} : { six }) };
}

type OwnKeys = Omit<NetworkModel, 'link' | 'mac' | 'gatewayIsOutside' | 'dns'>;

/** What the section says by itself, with the defaults of its type. */
function ownKeys(host: HostSettings, section: SectionValues, type: NetworkType): OwnKeys {
  const ports = section.get('ports', 'interface-list') ?? [];
  const mtu = section.get('mtu', 'integer');
  const vlan = section.get('vlan', 'integer');
  const mode = section.get('mode', 'choice') ?? type.modes?.[0];
  const parent = type.keys.includes('parent') ? parentOf(host, section, type) : undefined;
  return {
    name: section.name,
    type: type.name,
    nat: section.must('nat', 'yes-no'),
    ports,
    quiet: ports.length > 0 && !section.must('promiscuous', 'yes-no'),
    ...(parent === undefined ? {} : { parent }),
    ...(mode === undefined ? {} : { mode }),
    ...(vlan === undefined ? {} : { vlan }),
    hostAccess: section.must('host-access', 'yes-no'),
    isolate: section.must('isolate', 'yes-no'),
    dhcp: section.must('dhcp', 'yes-no'),
    ...(mtu === undefined ? {} : { mtu }),
    where: section.where,
  };
}

/** The uplink, where there is just one and sharing it takes nothing from the host. */
function parentOf(host: HostSettings, section: SectionValues, type: NetworkType): string | undefined {
  const only = host.uplinks.length === 1 && !type.required.includes('parent') ? host.uplinks[0] : undefined;
  return section.get('parent', 'interface') ?? only;
}

function linkOf(host: HostSettings, section: SectionValues, prefix: string): Pick<NetworkModel, 'link' | 'mac'> {
  const link = interfaceName(`${prefix}-${section.name}`);
  const written = section.get('mac', 'mac');
  // On a wire the host keeps the address that it is known by there: the network card's.
  if (written === undefined && (section.get('ports', 'interface-list') ?? []).length > 0) return { link };
  return { link, mac: written ?? derivedMac('fe', host.name, 'network', section.name) };
}

/**
 * The host's addresses, where it has an interface in the network, what the containers route through (`gateway`, for
 * each family that it leaves out the host's own address, or what the type has in its place), and whom they ask for
 * names: `dns`, or the host where it serves them.
 */
function addresses(
  section: SectionValues,
  type: NetworkType,
  isHostIn: boolean,
): Pick<NetworkModel, 'ipv4' | 'ipv6' | 'gateway4' | 'gateway6' | 'gatewayIsOutside' | 'dns'> {
  const ipv4 = isHostIn ? section.get('ipv4', 'ipv4-prefix') : undefined;
  const ipv6 = isHostIn ? section.get('ipv6', 'ipv6-prefix') : undefined;
  const given = section.get('gateway', 'address-list') ?? [];
  const of = (family: 4 | 6): string | undefined => given.find((address) => parseIp(address)?.family === family);
  const gateway4 = of(4) ?? ipv4?.address ?? type.gateways?.four;
  const gateway6 = of(6) ?? ipv6?.address ?? type.gateways?.six;
  const serving = section.must('dhcp', 'yes-no') ? [ipv4, ipv6].flatMap((host) => host?.address ?? []) : [];
  return {
    ...(ipv4 === undefined ? {} : { ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    ...(gateway4 === undefined ? {} : { gateway4 }),
    ...(gateway6 === undefined ? {} : { gateway6 }),
    gatewayIsOutside: given.length > 0,
    dns: section.get('dns', 'address-list') ?? serving,
  };
}

import { formatIp, formatPrefix, lastAddress, networkOf, parseIp, parsePrefix } from '../base/ip.ts';
import type { Prefix } from '../base/ip.ts';
import { typeOf } from '../networks/index.ts';
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
  const ipv4 = section.get('ipv4', 'ipv4-prefix');
  const ipv6 = section.get('ipv6', 'ipv6-prefix');
  const four = prefixOf(ipv4);
  const six = prefixOf(ipv6);
  const mtu = section.get('mtu', 'integer');
  const model: NetworkModel = {
    name: section.name,
    type: section.must('type', 'choice'),
    ...linkOf(host, section),
    ...(ipv4 === undefined ? {} : { ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    ...(four === undefined ? {} : { prefix4: formatPrefix(networkOf(four)) }),
    ...(six === undefined ? {} : { prefix6: formatPrefix(networkOf(six)) }),
    ...(four === undefined || four.length > longestWithBroadcast ? {} : { broadcast4: formatIp(lastAddress(four)) }),
    ...gateways(section, ipv4, ipv6),
    nat: section.must('nat', 'yes-no'),
    ports: section.get('ports', 'interface-list') ?? [],
    dns: section.get('dns', 'address-list') ?? [],
    ...(mtu === undefined ? {} : { mtu }),
    where: section.where,
  };
  return { model, ...(four === undefined ? {} : { four }), ...(six === undefined ? {} : { six }) };
}

function linkOf(host: HostSettings, section: SectionValues): Pick<NetworkModel, 'link' | 'mac'> {
  const prefix = typeOf({ type: section.must('type', 'choice') }).linkPrefix;
  if (prefix === undefined) return {};
  const link = interfaceName(`${prefix}-${section.name}`);
  const written = section.get('mac', 'mac');
  // On a wire the host keeps the address that it is known by there: the network card's.
  if (written === undefined && (section.get('ports', 'interface-list') ?? []).length > 0) return { link };
  return { link, mac: written ?? derivedMac('fe', host.name, 'network', section.name) };
}

/** What the containers route through: `gateway`, for each family that it leaves out the host's own address. */
function gateways(
  section: SectionValues,
  ipv4: AddressWithPrefix | undefined,
  ipv6: AddressWithPrefix | undefined,
): Pick<NetworkModel, 'gateway4' | 'gateway6' | 'gatewayIsOutside'> {
  const given = section.get('gateway', 'address-list') ?? [];
  const gateway4 = given.find((address) => parseIp(address)?.family === 4) ?? ipv4?.address;
  const gateway6 = given.find((address) => parseIp(address)?.family === 6) ?? ipv6?.address;
  return {
    ...(gateway4 === undefined ? {} : { gateway4 }),
    ...(gateway6 === undefined ? {} : { gateway6 }),
    gatewayIsOutside: given.length > 0,
  };
}

import { firstAddress, formatIp, numberedAddress } from '../base/ip.ts';
import type { Prefix } from '../base/ip.ts';
import { typeOf } from '../networks/index.ts';
import type { AddressWithPrefix, HostSettings, NicModel } from './model.ts';
import type { Mutable } from './mutable.ts';
import { derivedMac, interfaceName } from './names.ts';
import type { NetworkDraft } from './networks.ts';
import type { SectionValues } from './values.ts';

/** What an interface is built from: its name inside, and the section that describes it. */
export interface NicSource {
  readonly name: string;
  readonly section: SectionValues;
}

interface Owner {
  readonly name: string;
  readonly id: number;
}

/** The interfaces of a container, eth0 first; LXC numbers them in this order. */
export function nicModels(
  host: HostSettings,
  owner: Owner,
  sources: readonly NicSource[],
  networks: ReadonlyMap<string, NetworkDraft>,
): readonly NicModel[] {
  let [needs4, needs6] = [true, true];
  return sources.map((source, index) => {
    const draft = networks.get(source.section.get('network', 'reference') ?? '');
    const nic = nicModel(host, owner, source, index, draft);
    const { gateway4, gateway6 } = draft?.model ?? {};
    if (needs4 && nic.ipv4 !== undefined && gateway4 !== undefined) {
      nic.gateway4 = gateway4;
      needs4 = false;
    }
    if (needs6 && nic.ipv6 !== undefined && gateway6 !== undefined) {
      nic.gateway6 = gateway6;
      needs6 = false;
    }
    return nic;
  });
}

function nicModel(
  host: HostSettings,
  owner: Owner,
  { name, section }: NicSource,
  index: number,
  draft: NetworkDraft | undefined,
): Mutable<NicModel> {
  const mac = section.get('mac', 'mac') ?? derivedMac('02', host.name, owner.name, name);
  const written4 = section.get('ipv4', 'ipv4-address');
  const written6 = section.get('ipv6', 'ipv6-address');
  const nic: Mutable<NicModel> = {
    index,
    name,
    network: section.get('network', 'reference') ?? '',
    mac,
    dhcp: written4 === 'dhcp',
    linkLocal: euiAddress(linkLocalPrefix, mac),
    senders4: [],
    senders6: [],
    where: section.where,
  };
  const type = draft && typeOf(draft.model);
  const ipv4 = address(written4 === 'dhcp' ? undefined : written4, draft?.four, owner.id, type?.hostRoutes);
  const ipv6 =
    written6 === 'eui-64' && draft?.six?.length === 64
      ? { address: euiAddress(draft.six, mac), length: draft.six.length }
      : address(written6, draft?.six, owner.id, type?.hostRoutes);
  if (type?.vethPairs === true) {
    nic.hostName = interfaceName(`${owner.name}-${name}`);
    nic.hostMac = derivedMac('fe', host.name, owner.name, name, 'host');
  }
  if (ipv4 !== undefined) nic.ipv4 = ipv4;
  if (ipv6 !== undefined) nic.ipv6 = ipv6;
  nic.senders4 = ipv4 === undefined ? [] : [ipv4.address];
  nic.senders6 = senders6(nic, draft?.six);
  return nic;
}

/** Where a router announces the prefix, a container also takes the address that its MAC gives it there (SLAAC). */
function senders6({ ipv6, linkLocal, mac }: NicModel, prefix: Prefix | undefined): readonly string[] {
  if (ipv6 === undefined) return [linkLocal];
  const announced = prefix?.length === 64 ? [euiAddress(prefix, mac)] : [];
  return [...new Set([ipv6.address, linkLocal, ...announced])];
}

const linkLocalPrefix: Prefix = { ip: { family: 6, value: 0xfe80n << 112n }, length: 64 };

/** The address that a MAC gives an interface in a prefix: modified EUI-64, RFC 4291 appendix A. */
function euiAddress(prefix: Prefix, mac: string): string {
  const bytes = mac.split(':').map((byte) => BigInt(`0x${byte}`));
  const [first = 0n, second = 0n, third = 0n, ...rest] = bytes;
  const id = [first ^ 2n, second, third, 0xffn, 0xfen, ...rest].reduce((sum, byte) => (sum << 8n) | byte, 0n);
  const network = firstAddress({ ip: prefix.ip, length: 64 });
  return formatIp({ family: 6, value: network.value | id });
}

/** The address that is written, or the prefix's first address plus the id; none where the network or the id has none. */
function address(
  written: string | undefined,
  prefix: Prefix | undefined,
  id: number,
  hostRoutes = false,
): AddressWithPrefix | undefined {
  if (written === 'none' || written === 'link-local' || written === 'eui-64') return undefined;
  const text = written ?? numbered(prefix, id);
  if (text === undefined) return undefined;
  const whole = text.includes(':') ? 128 : 32;
  return { address: text, length: hostRoutes ? whole : (prefix?.length ?? whole) };
}

function numbered(prefix: Prefix | undefined, id: number): string | undefined {
  const ip = prefix && numberedAddress(prefix, id);
  return ip && formatIp(ip);
}

import { formatIp, numberedAddress } from '../base/ip.ts';
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
  const nic: Mutable<NicModel> = {
    index,
    name,
    network: section.get('network', 'reference') ?? '',
    mac: section.get('mac', 'mac') ?? derivedMac('02', host.name, owner.name, name),
    where: section.where,
  };
  const ipv4 = address(section.get('ipv4', 'ipv4-address'), draft?.four, owner.id);
  const ipv6 = address(section.get('ipv6', 'ipv6-address'), draft?.six, owner.id);
  if (draft !== undefined && typeOf(draft.model).vethPairs) nic.hostName = interfaceName(`${owner.name}-${name}`);
  if (ipv4 !== undefined) nic.ipv4 = ipv4;
  if (ipv6 !== undefined) nic.ipv6 = ipv6;
  return nic;
}

/** The address that is written, or the prefix's first address plus the id; none where the network or the id has none. */
function address(written: string | undefined, prefix: Prefix | undefined, id: number): AddressWithPrefix | undefined {
  if (written === 'none') return undefined;
  if (written !== undefined) return { address: written, length: prefix?.length ?? (written.includes(':') ? 128 : 32) };
  const numbered = prefix && numberedAddress(prefix, id);
  return prefix && numbered && { address: formatIp(numbered), length: prefix.length };
}

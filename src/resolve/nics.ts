import { formatIp, numberedAddress } from '../base/ip.ts';
import type { Prefix } from '../base/ip.ts';
import { typeOf } from '../networks/index.ts';
import type { AddressWithPrefix, HostSettings, NicModel } from './model.ts';
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
    const gateway4 = needs4 && nic.ipv4 !== undefined ? draft?.model.gateway4 : undefined;
    const gateway6 = needs6 && nic.ipv6 !== undefined ? draft?.model.gateway6 : undefined;
    needs4 &&= gateway4 === undefined;
    needs6 &&= gateway6 === undefined;
    return {
      ...nic,
      ...(gateway4 === undefined ? {} : { gateway4 }),
      ...(gateway6 === undefined ? {} : { gateway6 }),
    };
  });
}

function nicModel(
  host: HostSettings,
  owner: Owner,
  { name, section }: NicSource,
  index: number,
  draft: NetworkDraft | undefined,
): NicModel {
  const ipv4 = address(section.get('ipv4', 'ipv4-address'), draft?.four, owner.id);
  const ipv6 = address(section.get('ipv6', 'ipv6-address'), draft?.six, owner.id);
  const hasVeth = draft !== undefined && typeOf(draft.model).vethPairs;
  return {
    index,
    name,
    network: section.get('network', 'reference') ?? '',
    ...(hasVeth ? { hostName: interfaceName(`${owner.name}-${name}`) } : {}),
    mac: section.get('mac', 'mac') ?? derivedMac('02', host.name, owner.name, name),
    ...(ipv4 === undefined ? {} : { ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    where: section.where,
  };
}

/** The address that is written, or the prefix's first address plus the id; none where the network or the id has none. */
function address(written: string | undefined, prefix: Prefix | undefined, id: number): AddressWithPrefix | undefined {
  if (written === 'none') return undefined;
  if (written !== undefined) return { address: written, length: prefix?.length ?? (written.includes(':') ? 128 : 32) };
  const numbered = prefix && numberedAddress(prefix, id);
  return prefix && numbered && { address: formatIp(numbered), length: prefix.length };
}

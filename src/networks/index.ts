import { groupBy } from '../base/group.ts';
import type { HostModel, NetworkModel } from '../resolve/model.ts';
import { bridge } from './bridge.ts';
import { empty } from './empty.ts';
import { ipvlan } from './ipvlan.ts';
import { macvlan } from './macvlan.ts';
import type { NetworkTypeName } from './names.ts';
import { none } from './none.ts';
import { phys } from './phys.ts';
import { routed } from './routed.ts';
import type { HostLink, NetworkType } from './types.ts';
import { vlan } from './vlan.ts';

const all: Readonly<Record<NetworkTypeName, NetworkType>> = {
  bridge,
  routed,
  macvlan,
  ipvlan,
  vlan,
  phys,
  empty,
  none,
};

export const networkTypes: readonly NetworkType[] = Object.values(all);

const byName = new Map<string, NetworkType>(Object.entries(all));

/** The type of a network of a resolved model. Names that are none were refused by the schema before. */
export function typeOf(network: Pick<NetworkModel, 'type'>): NetworkType {
  const type = byName.get(network.type);
  if (type === undefined) throw new Error(`no network type ${network.type}`);
  return type;
}

/** The host's own interfaces that the networks ask for, in the order of the description. */
export function hostLinks(model: HostModel): readonly { readonly network: NetworkModel; readonly link: HostLink }[] {
  const nics = groupBy(
    model.containers.flatMap((container) => container.nics),
    (nic) => nic.network,
  );
  return model.networks.flatMap((network) => {
    const link = typeOf(network).hostLink(network, nics.get(network.name) ?? []);
    return link === undefined ? [] : [{ network, link }];
  });
}

/** The interfaces that carry the host's way out: its uplinks, or which of `links` holds them as ports. */
export function carryingUplinks(model: HostModel, links = hostLinks(model)): readonly string[] {
  const holder = new Map(links.flatMap(({ link }) => link.holds.map((port) => [port, link.name] as const)));
  return [...new Set(model.host.uplinks.map((uplink) => holder.get(uplink) ?? uplink))];
}

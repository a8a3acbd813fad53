import { carryingUplinks, hostLinks, typeOf } from '../networks/index.ts';
import type { FirewallParts, HostLink } from '../networks/types.ts';
import type { ContainerModel, HostModel, NetworkModel } from '../resolve/model.ts';
import { hasPorts, policyNics } from '../resolve/policy.ts';

/** What a network asks for, worked out once: many containers ask. */
export interface NetworkView {
  readonly network: NetworkModel;
  readonly link?: HostLink;
  /** The service that makes `link`. */
  readonly service?: string;
  readonly parts: FirewallParts;
}

/** The model, and what all outputs ask of it. */
export interface HostView {
  readonly model: HostModel;
  readonly networks: ReadonlyMap<string, NetworkView>;
  /** The interfaces that carry the host's way out. */
  readonly uplinks: readonly string[];
  /** `NAME = VALUE`, each once, in the order in which they must be set. */
  readonly sysctls: readonly string[];
  /** Whether there is anything for the service that loads our tables and sets our kernel parameters. */
  readonly hasFirewall: boolean;
}

const nothing: FirewallParts = { guarded: [], masquerade4: [], masquerade6: [] };

export function hostView(model: HostModel): HostView {
  const links = hostLinks(model);
  const linkOf = new Map(links.map(({ network, link }) => [network, link]));
  const networks = new Map(
    model.networks.map((network) => [network.name, networkView(model, network, linkOf.get(network))]),
  );
  const uplinks = carryingUplinks(model, links);
  const wanted = model.networks.flatMap((network) => typeOf(network).sysctls(network, uplinks));
  const sysctls = [...new Set(wanted.map(({ name, value }) => `${name} = ${value}`))];
  const isFiltered = policyNics(model).some(({ attachment }) => attachment.kind !== 'none');
  const isLoaded = isFiltered || model.networks.some(hasPorts);
  const hasFirewall = sysctls.length > 0 || (model.host.firewall === 'nftables' && isLoaded);
  return { model, networks, uplinks, sysctls, hasFirewall };
}

function networkView(model: HostModel, network: NetworkModel, link: HostLink | undefined): NetworkView {
  const type = typeOf(network);
  const service = type.openrcService(network, model.host.links);
  const parts = model.host.firewall === 'nftables' ? type.firewall(network) : nothing;
  return {
    network,
    parts,
    ...(link === undefined ? {} : { link }),
    ...(service === undefined ? {} : { service }),
  };
}

/** The networks that a container has an interface in, each once. */
export function networksOf(view: HostView, container: ContainerModel): readonly NetworkView[] {
  return [...new Set(container.nics.map((nic) => nic.network))].flatMap((name) => view.networks.get(name) ?? []);
}

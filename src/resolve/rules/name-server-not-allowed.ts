import { parseIp } from '../../base/ip.ts';
import type { ContainerModel, HostModel } from '../model.ts';
import { verdict } from '../policy.ts';
import type { Endpoint } from '../policy.ts';
import type { Rule } from './types.ts';

export const nameServerNotAllowed: Rule = {
  code: 'name-server-not-allowed',
  severity: 'warning',
  summary: 'allow-out lets a container ask no name server that it is given.',
  check: ({ model, place }, report) => {
    const owners = serverOwners(model);
    for (const container of model.containers) {
      const servers = serversOf(model, container);
      // Who may speak to nobody is not meant to find anybody.
      if (servers.length === 0 || (container.allowOut ?? []).length === 0) continue;
      if (servers.some((server) => isAllowed(model, container, server, owners.get(server)))) continue;
      const names = servers.map((server) => peerName(owners.get(server), server));
      report(
        `${container.name}: \`allow-out\` lets it ask no name server (${servers.join(', ')}): it resolves no names`,
        place('container', container.name, 'allow-out'),
        `add to allow-out: ${[...new Set(names)].flatMap((name) => [`${name}:53/udp`, `${name}:53/tcp`]).join(', ')}`,
      );
    }
  },
};

/** Those of the first network that names some, whether LXC or a client for DHCP writes them down. */
function serversOf({ networkByName }: HostModel, { nics }: ContainerModel): readonly string[] {
  return nics.map(({ network }) => networkByName.get(network)?.dns ?? []).find(({ length }) => length > 0) ?? [];
}

/** Whose an address is: the host's, or that of a container. */
type Owner = { readonly kind: 'host' } | { readonly kind: 'container'; readonly container: ContainerModel };

function serverOwners(model: HostModel): ReadonlyMap<string, Owner> {
  const { ipv4, ipv6 } = model.host;
  const hosts = model.networks.flatMap((network) => [network.ipv4, network.ipv6]).flatMap((one) => one?.address ?? []);
  return new Map<string, Owner>([
    ...model.containers.flatMap((container) =>
      container.nics
        .flatMap((nic) => [...nic.senders4, ...nic.senders6])
        .map((address) => [address, { kind: 'container', container }] as const),
    ),
    ...[...ipv4, ...ipv6, ...hosts].map((address) => [address, { kind: 'host' }] as const),
  ]);
}

/** Asks about the ends alone: what others have written does not matter, and would be looked at for each container. */
function isAllowed(model: HostModel, container: ContainerModel, server: string, owner: Owner | undefined): boolean {
  const others = owner?.kind === 'container' && owner.container !== container ? [owner.container] : [];
  const to: Endpoint =
    owner === undefined
      ? { kind: 'outside', address: server }
      : owner.kind === 'host'
        ? owner
        : { kind: 'container', name: owner.container.name };
  const from: Endpoint = { kind: 'container', name: container.name };
  const family = parseIp(server)?.family ?? 4;
  return verdict({ ...model, containers: [container, ...others] }, { from, to, protocol: 'udp', port: 53, family })
    .allowed;
}

function peerName(owner: Owner | undefined, server: string): string {
  if (owner?.kind === 'host') return 'host';
  if (owner?.kind === 'container') return owner.container.name;
  return server.includes(':') ? `[${server}]` : server;
}

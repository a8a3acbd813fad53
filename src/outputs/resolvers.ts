import { groupBy } from '../base/group.ts';
import { resolverNetwork } from '../resolve/lxc/index.ts';
import { resolverPath } from '../resolve/paths.ts';
import { header } from './header.ts';
import { plainLine } from './lines.ts';
import { renderer } from './render.ts';
import type { Renderer } from './render.ts';
import type { OutputKind } from './types.ts';

const resolv: Renderer<{
  readonly header: readonly string[];
  readonly domain: string;
  readonly servers: readonly string[];
}> = renderer('host/resolv', plainLine);

export const resolvers: OutputKind = {
  name: 'resolvers',
  summary: 'The /etc/resolv.conf of the containers of each network that has `dns`.',
  paths: ['/etc/rc-lxc/resolv.conf.NETWORK'],
  files: ({ model }) => {
    const users = groupBy(model.containers, (container) => resolverNetwork(model, container));
    return model.networks.flatMap((network) => {
      const containers = users.get(network.name) ?? [];
      if (containers.length === 0) return [];
      return [
        {
          kind: 'file',
          path: resolverPath(network.name),
          mode: 0o644,
          syntax: 'none',
          origin: network.where,
          // A running container keeps the file that was mounted when it started.
          services: containers.map((container) => container.service),
          content: resolv({
            header: header(network.where, `[network ${network.name}]`),
            domain: model.host.domain ?? '',
            servers: network.dns,
          }),
        },
      ];
    });
  },
};

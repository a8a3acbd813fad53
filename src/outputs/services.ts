import { quoteSh } from '../base/quote/index.ts';
import type { ContainerModel } from '../resolve/model.ts';
import { header } from './header.ts';
import { dnsmasqService, firewallService, initScript } from './paths.ts';
import { renderer } from './render.ts';
import type { Renderer } from './render.ts';
import type { OutputKind } from './types.ts';
import { networksOf } from './view.ts';
import type { HostView } from './view.ts';

const script: Renderer<{
  readonly header: readonly string[];
  readonly description: string;
  readonly need: readonly string[];
  readonly want: readonly string[];
  readonly after: readonly string[];
}> = renderer('service/container', quoteSh);

/** Services that make what the container's interfaces hang on; they come first, but stopping one stops no container. */
function preparing(view: HostView, container: ContainerModel): readonly string[] {
  const parents = parentsOf(view, container);
  const makers = [...view.networks.values()].filter(({ link }) => link !== undefined && parents.includes(link.name));
  const links = [...makers, ...networksOf(view, container)].flatMap(({ service }) => service ?? []);
  const hasDhcp = networksOf(view, container).some(({ network }) => network.dhcp);
  return [...new Set(links), ...(view.hasFirewall ? [firewallService] : []), ...(hasDhcp ? [dnsmasqService] : [])];
}

/** Interfaces of the host that it shares: a bridge of the description, or one that whoever sets up the host's network makes. */
function parentsOf(view: HostView, container: ContainerModel): readonly string[] {
  return networksOf(view, container).flatMap(({ network }) => network.parent ?? []);
}

export const services: OutputKind = {
  name: 'services',
  summary: 'One OpenRC service a container: its dependencies, literally, and the code that all containers share.',
  paths: ['/etc/init.d/lxc.NAME'],
  files: (view) =>
    view.model.containers.map((container) => {
      const want = preparing(view, container);
      const needed = container.needs.map((name) => view.model.containerByName.get(name)?.service ?? `lxc.${name}`);
      return {
        kind: 'file',
        path: initScript(container.service),
        mode: 0o755,
        syntax: 'sh',
        origin: container.where,
        // A changed order of starting takes effect with OpenRC's next look at the script.
        services: [],
        content: script({
          header: header(container.where, `[container ${container.name}]`),
          description: `LXC container ${container.name}`,
          need: needed,
          want,
          // Not every OpenRC host has all of these services: they order, and are not needed.
          after: [
            ...want,
            ...(parentsOf(view, container).length === 0 ? [] : ['net']),
            'localmount',
            'cgroups',
            'bootmisc',
          ],
        }),
      };
    }),
};

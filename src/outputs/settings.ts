import { quoteSh } from '../base/quote/index.ts';
import type { Setting } from '../networks/types.ts';
import type { ContainerModel, Ready } from '../resolve/model.ts';
import { containerNics } from '../resolve/policy.ts';
import { header } from './header.ts';
import { loadedElements } from './nft/loaded.ts';
import { configFile, settingsFile } from './paths.ts';
import { renderer } from './render.ts';
import type { Renderer } from './render.ts';
import type { OutputKind } from './types.ts';
import { portLine } from './port-line.ts';
import { networksOf } from './view.ts';
import type { HostView, NetworkView } from './view.ts';

const conf: Renderer<{ readonly header: readonly string[]; readonly settings: readonly Setting[] }> = renderer(
  'settings/conf',
  quoteSh,
);

/** `running`, `tcp:80` or `exec:COMMAND`, as the service takes it. */
function readyText(ready: Ready): string {
  if (ready.kind === 'tcp') return `tcp:${ready.port}`;
  return ready.kind === 'exec' ? `exec:${ready.command}` : ready.kind;
}

/** `INDEX VETH LINK HOSTMAC MAC OPTIONS`, a line each: LXC's number of the interface, and what its host's side needs. */
function ports(view: HostView, container: ContainerModel): string {
  return container.nics
    .flatMap((nic) => {
      const line = portLine(view, nic);
      return line === undefined ? [] : [`${nic.index} ${line}`];
    })
    .join('\n');
}

/** The host's interfaces that must be there before it starts. */
function linksOf(networks: readonly NetworkView[]): readonly string[] {
  const own = networks.flatMap(({ link }) => link?.name ?? []);
  const parents = networks.flatMap(({ network }) => network.parent ?? []);
  return [...new Set([...own, ...parents])];
}

/** Every setting is written, also where it is the default: conf.d/lxc, which OpenRC reads first, may belong to another package. */
function settingsOf(view: HostView, container: ContainerModel): readonly Setting[] {
  const { model } = view;
  const networks = networksOf(view, container);
  const filtered = model.host.firewall === 'nftables' ? containerNics(model, container) : [];
  return [
    { name: 'lxc_name', value: container.name },
    { name: 'lxc_path', value: model.host.lxcPath },
    { name: 'lxc_config', value: configFile(model, container) },
    { name: 'lxc_ready', value: readyText(container.ready) },
    { name: 'lxc_ready_timeout', value: String(container.readyTimeout) },
    { name: 'lxc_stop_timeout', value: String(container.stopTimeout) },
    { name: 'lxc_stop_signal', value: container.stopSignal ?? '' },
    { name: 'lxc_restart', value: container.restart },
    { name: 'lxc_aslr', value: container.aslr ? 'yes' : 'no' },
    { name: 'lxc_links', value: linksOf(networks).join(' ') },
    { name: 'lxc_tables', value: loadedElements(filtered).join('\n') },
    { name: 'lxc_ports', value: ports(view, container) },
    { name: 'lxc_veths', value: container.nics.flatMap((nic) => nic.hostName ?? []).join(' ') },
  ];
}

export const settings: OutputKind = {
  name: 'settings',
  summary: 'The settings of each container that its service reads: readiness, time limits, restarting.',
  paths: ['/etc/conf.d/lxc.NAME'],
  files: (view) =>
    view.model.containers.map((container) => ({
      kind: 'file',
      path: settingsFile(container.service),
      mode: 0o644,
      syntax: 'sh',
      origin: container.where,
      services: [container.service],
      content: conf({
        header: header(container.where, `[container ${container.name}]`),
        settings: settingsOf(view, container),
      }),
    })),
};

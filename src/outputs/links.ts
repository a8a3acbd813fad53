import { quoteSh } from '../base/quote/index.ts';
import type { HostLink, Setting } from '../networks/types.ts';
import type { HostModel } from '../resolve/model.ts';
import type { DesiredFile } from '../tree/types.ts';
import { header } from './header.ts';
import { initScript, settingsFile } from './paths.ts';
import { renderer } from './render.ts';
import type { Renderer } from './render.ts';
import type { OutputKind } from './types.ts';
import type { NetworkView } from './view.ts';

interface ConfData {
  readonly header: readonly string[];
  readonly settings: readonly Setting[];
}

const forNetifrc: Renderer<ConfData & { readonly postup: readonly string[] }> = renderer('link/netifrc', quoteSh);
const forOurs: Renderer<ConfData> = renderer('settings/conf', quoteSh);

function content(model: HostModel, { network }: NetworkView, link: HostLink): string {
  const lines = [...header(network.where, `[network ${network.name}]`), ...link.notes];
  return model.host.links === 'netifrc'
    ? forNetifrc({ header: lines, settings: link.netifrc, postup: link.netifrcPostup })
    : forOurs({ header: lines, settings: link.iproute2 });
}

function linkFiles(model: HostModel, view: NetworkView): readonly DesiredFile[] {
  const { network, link, service } = view;
  if (link === undefined || service === undefined) return [];
  const target = model.host.links === 'netifrc' ? 'net.lo' : 'rc-lxc-link';
  return [
    {
      kind: 'file',
      path: settingsFile(service),
      mode: 0o644,
      syntax: 'sh',
      origin: network.where,
      services: [service],
      content: content(model, view, link),
    },
    { kind: 'link', path: initScript(service), target, origin: network.where, services: [] },
  ];
}

export const links: OutputKind = {
  name: 'links',
  summary: "The host's own interfaces: a service and its settings for netifrc, or for our own iproute2 service.",
  paths: [
    '/etc/conf.d/net.LINK',
    '/etc/init.d/net.LINK',
    '/etc/conf.d/rc-lxc-link.LINK',
    '/etc/init.d/rc-lxc-link.LINK',
  ],
  files: (view) => [...view.networks.values()].flatMap((network) => linkFiles(view.model, network)),
  services: (view) => [...view.networks.values()].flatMap(({ service }) => service ?? []),
};

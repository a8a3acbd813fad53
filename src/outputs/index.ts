import { UserError, problem } from '../base/errors.ts';
import { UnquotableError } from '../base/quote/index.ts';
import type { HostModel } from '../resolve/model.ts';
import { makeTree } from '../tree/tree.ts';
import type { DesiredTree } from '../tree/types.ts';
import { configs } from './configs.ts';
import { dnsmasq } from './dnsmasq.ts';
import { firewall } from './firewall.ts';
import { hostPlace } from './header.ts';
import { links } from './links.ts';
import { ports } from './ports.ts';
import { resolvers } from './resolvers.ts';
import { seccomp } from './seccomp.ts';
import { services } from './services.ts';
import { settings } from './settings.ts';
import { subids } from './subids.ts';
import { sysctl } from './sysctl.ts';
import type { OutputKind } from './types.ts';
import { hostView } from './view.ts';
import type { HostView } from './view.ts';

export const outputKinds: readonly OutputKind[] = [
  services,
  settings,
  configs,
  links,
  firewall,
  sysctl,
  ports,
  resolvers,
  dnsmasq,
  seccomp,
  subids,
];

/**
 * Every file, link and line that a description asks for. Pure.
 * @throws UserError for a value that its file cannot hold; resolving finds these first, at their line.
 */
export function desiredTree(model: HostModel): DesiredTree {
  const view = hostView(model);
  try {
    return makeTree({
      files: outputKinds.flatMap((kind) => kind.files(view)),
      containers: model.containers.map(({ name, service, rootfs, template, idMap, idMapping }) => ({
        name,
        service,
        rootfs,
        lxcPath: model.host.lxcPath,
        ...(template === undefined ? {} : { template }),
        ...(idMap === undefined || idMapping === 'mount' ? {} : { idMap }),
      })),
      runlevels: runlevels(view),
    });
  } catch (error) {
    if (!(error instanceof UnquotableError)) throw error;
    throw new UserError(problem('unwritable-value', error.message, { where: hostPlace(model) }));
  }
}

function runlevels({ model, ...view }: HostView): ReadonlyMap<string, string> {
  const started = model.containers.filter((container) => container.autostart).map((container) => container.service);
  const ours = outputKinds.flatMap((kind) => kind.services?.({ model, ...view }) ?? []);
  return new Map([...ours, ...started].map((service) => [service, model.host.runlevel]));
}

import { isAtLeast } from '../../lxc/version.ts';
import type { Rule } from './types.ts';

/** `lxc.rootfs.options = idmap=…`: lxc.container.conf(5) of that release. */
const firstWith = '4.0.7';

export const idMappingNeedsNewerLxc: Rule = {
  code: 'id-mapping-needs-newer-lxc',
  severity: 'error',
  summary: 'A container’s ids are to be mapped when its rootfs is mounted, which its LXC cannot.',
  check: ({ model, place }, report) => {
    if (isAtLeast(model.host.lxc, firstWith)) return;
    for (const { name, idMap, idMapping } of model.containers) {
      if (idMap === undefined || idMapping !== 'mount') continue;
      report(
        `${name}: LXC ${model.host.lxc} cannot map ids when it mounts the rootfs; ${firstWith} is the first that can`,
        place('container', name, 'id-mapping'),
        `write id-mapping = owner, and give its files to the mapped ids: user 0 inside is ${idMap.base} on the host`,
      );
    }
  },
};

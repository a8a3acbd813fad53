import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import { groupBy } from '../../base/group.ts';
import { listed } from '../../base/listed.ts';
import { isInside } from '../../base/paths.ts';
import type { ContainerModel } from '../../resolve/model.ts';
import { counted } from '../pipeline.ts';
import type { HostCheck } from './types.ts';

/** File systems without FS_ALLOW_IDMAP: mount_setattr(2). Overlays cannot be mapped as a whole in any release. */
const withoutMapping = new Set([
  '9p',
  'afs',
  'aufs',
  'cifs',
  'ecryptfs',
  'fuseblk',
  'jfs',
  'nfs',
  'nfs4',
  'overlay',
  'smb3',
]);

export const rootfsCheck: HostCheck = {
  name: 'rootfs',
  summary:
    'Containers without a file system to start from, and file systems that cannot be mapped as `id-mapping` asks.',
  run({ host, model }) {
    const missing = model.containers.filter(({ rootfs }) => !host.isDirectory(rootfs));
    const mounts = host.live ? mountsOf(host.readText('/proc/self/mounts') ?? '') : [];
    const { length } = model.containers;
    return {
      found: `${length - missing.length} of ${counted(length, 'container')}`,
      problems: [...withoutRootfs(missing), ...model.containers.flatMap((container) => unmapped(container, mounts))],
    };
  },
};

/** One problem for those that can be made, one for those that cannot: there may be hundreds. */
function withoutRootfs(missing: readonly ContainerModel[]): readonly Problem[] {
  const byRemedy = groupBy(missing, ({ template }) =>
    template === undefined
      ? 'put a system there, or name a template for it: template = busybox'
      : 'rc-lxc apply --create makes it',
  );
  return Array.from(byRemedy, ([hint, containers]) =>
    problem('rootfs-missing', `${listed(containers.map(({ name }) => name))}: no rootfs: ${containers[0]?.rootfs}`, {
      severity: 'warning',
      where: containers[0]?.where,
      hint,
    }),
  );
}

interface Mount {
  readonly point: string;
  readonly type: string;
}

/** Longest first, so that the first that holds a path is its own; blanks are octal in proc(5). */
function mountsOf(text: string): readonly Mount[] {
  return text
    .split('\n')
    .flatMap((line) => {
      const [, point, type] = line.split(' ');
      return point === undefined || type === undefined
        ? []
        : [
            {
              point: point.replaceAll(/\\(\d{3})/gu, (_, octal: string) =>
                String.fromCharCode(Number.parseInt(octal, 8)),
              ),
              type,
            },
          ];
    })
    .toSorted((one, other) => other.point.length - one.point.length);
}

function unmapped(
  { name, rootfs, idMap, idMapping, where }: ContainerModel,
  mounts: readonly Mount[],
): readonly Problem[] {
  if (idMap === undefined || idMapping !== 'mount') return [];
  const mount = mounts.find(({ point }) => isInside(point, rootfs));
  if (mount === undefined || !withoutMapping.has(mount.type)) return [];
  return [
    problem(
      'rootfs-not-mappable',
      `${name}: ${rootfs} is on ${mount.type} (${mount.point}), which cannot be mounted with mapped ids`,
      {
        where,
        hint: 'put it on ext4, xfs, btrfs or tmpfs; or write id-mapping = owner, and give the files to the mapped ids',
      },
    ),
  ];
}

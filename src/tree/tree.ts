import { UserError, problem } from '../base/errors.ts';
import type { DesiredContainer, DesiredFile, DesiredTree } from './types.ts';

export interface TreeParts {
  readonly files: readonly DesiredFile[];
  readonly containers: readonly DesiredContainer[];
  readonly runlevels: ReadonlyMap<string, string>;
}

/** A path that means one place: absolute, no empty, `.` or `..` part, nothing that ends a line. */
const plainPath = /^(?:\/(?!\.{1,2}(?:\/|$))[^/\p{Cc}]+)+$/u;

/** Where a host keeps what is configured and what programs keep; containers may lie elsewhere. */
const places = ['/etc/', '/var/lib/'];

/** Names that are not for outputs: apply's own, and those of offers to a person. */
const reservedName = /^(?:\.rc-lxc-|\._cfg\d{4}_)/u;

/**
 * What the outputs gave as one tree, sorted by path in byte order. Two outputs that claim one path, a path that could
 * leave its directory, or one in a place that is not for us is our mistake and throws.
 * @throws UserError when a rootfs is where files of the host are to be: root inside could change them.
 */
export function makeTree({ files, containers, runlevels }: TreeParts): DesiredTree {
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : Number(one.path > other.path)));
  const directories = [...places, ...new Set(containers.map(({ lxcPath }) => `${lxcPath}/`))];
  const rootfs = new Map(containers.map((container) => [container.rootfs, container.name]));
  let previous: DesiredFile | undefined;
  for (const file of sorted) {
    if (!plainPath.test(file.path)) throw new Error(`not a path that can be written: ${JSON.stringify(file.path)}`);
    if (file.path === previous?.path) throw new Error(`two outputs claim ${file.path}`);
    if (!isOurs(file.path, directories)) throw new Error(`not a place of ours: ${file.path}`);
    if (!file.path.startsWith('/etc/')) refuseInside(rootfs, file);
    previous = file;
  }
  return { files: sorted, containers, runlevels };
}

function isOurs(path: string, directories: readonly string[]): boolean {
  const isReserved = reservedName.test(path.slice(path.lastIndexOf('/') + 1)) || path.startsWith('/var/lib/rc-lxc/');
  return !isReserved && directories.some((directory) => path.startsWith(directory));
}

function refuseInside(rootfs: ReadonlyMap<string, string>, { path, origin }: DesiredFile): void {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const container = rootfs.get(path.slice(0, end));
    if (container === undefined) continue;
    throw new UserError(
      problem(
        'rootfs-holds-config',
        `${path} would lie in the rootfs of ${container}, where root inside could change it`,
        {
          where: origin,
          hint: `give ${container} a rootfs of its own, such as ${path.slice(0, path.lastIndexOf('/'))}/rootfs`,
        },
      ),
    );
  }
}

import { placeInText } from '../place.ts';
import type { Rule } from './types.ts';

export const mountFromRootfs: Rule = {
  code: 'mount-from-rootfs',
  severity: 'error',
  summary: 'A mount comes from inside a rootfs, where root of that container can put a link to any place of the host.',
  check: ({ model, place }, report) => {
    if (!model.containers.some(({ mounts }) => mounts.length > 0)) return;
    const owners = new Map(model.containers.map(({ rootfs, name }) => [rootfs, name]));
    for (const { name, mounts } of model.containers) {
      for (const { source } of mounts) {
        const owner = ownerOf(owners, source);
        if (owner === undefined) continue;
        report(
          `${name}: ${source} lies in the rootfs of ${owner}, whose root could lead the mount to any place of the host`,
          placeInText(place('container', name, 'mount'), source),
          'keep what containers share outside of them: /srv/NAME, mounted into each',
        );
      }
    }
  },
};

/** Whose rootfs the path, or a directory above it, is. */
function ownerOf(owners: ReadonlyMap<string, string>, path: string): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const owner = owners.get(path.slice(0, end));
    if (owner !== undefined) return owner;
  }
  return undefined;
}

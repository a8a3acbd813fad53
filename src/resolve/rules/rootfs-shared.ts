import type { Rule } from './types.ts';

export const rootfsShared: Rule = {
  code: 'rootfs-shared',
  severity: 'error',
  summary: 'Two containers have the same rootfs, or one lies inside the other’s.',
  check: ({ model, description, place }, report) => {
    // Those that are not written lie beside each other.
    if (!description.containers.some((section) => section.has('rootfs'))) return;
    const owners = new Map(model.containers.toReversed().map(({ rootfs, name }) => [rootfs, name]));
    for (const { name, rootfs } of model.containers) {
      const outer = owners.get(rootfs) === name ? outerOwner(owners, rootfs) : owners.get(rootfs);
      if (outer === undefined) continue;
      const how = owners.get(rootfs) === name ? 'lies inside' : 'is';
      report(
        `${name}: ${rootfs} ${how} the rootfs of ${outer}`,
        place('container', name, 'rootfs'),
        `give each a directory of its own: without \`rootfs\` it is ${model.host.lxcPath}/NAME/rootfs`,
      );
    }
  },
};

/** Whose rootfs one of the directories above is. */
function outerOwner(owners: ReadonlyMap<string, string>, path: string): string | undefined {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const owner = owners.get(path.slice(0, slash));
    if (owner !== undefined) return owner;
  }
  return undefined;
}

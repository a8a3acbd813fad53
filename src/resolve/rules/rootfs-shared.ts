import type { Rule } from './types.ts';

export const rootfsShared: Rule = {
  code: 'rootfs-shared',
  severity: 'error',
  summary: 'Two containers have the same rootfs, or one lies inside the other’s.',
  check: ({ model, place }, report) => {
    const sorted = model.containers.toSorted((one, other) => compare(one.rootfs, other.rootfs));
    let outer = sorted[0];
    for (const container of sorted.slice(1)) {
      if (outer === undefined || !`${container.rootfs}/`.startsWith(`${outer.rootfs}/`)) {
        outer = container;
        continue;
      }
      const how = container.rootfs === outer.rootfs ? 'is' : 'lies inside';
      report(
        `${container.name}: ${container.rootfs} ${how} the rootfs of ${outer.name}`,
        place('container', container.name, 'rootfs'),
        `leave \`rootfs\` out: it is ${model.host.lxcPath}/${container.name}/rootfs then`,
      );
    }
  },
};

/** By path, with a directory right before what lies inside it. */
function compare(one: string, other: string): number {
  const [first, second] = [`${one}/`, `${other}/`];
  return first < second ? -1 : first > second ? 1 : 0;
}

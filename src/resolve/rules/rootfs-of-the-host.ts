import type { Rule } from './types.ts';

/** What the host itself lives in, by the Filesystem Hierarchy Standard; a directory below /srv, /home or /var/lib is for such things. */
const hostDirectories =
  /^\/(?:bin|boot|dev|etc|lib|lib32|lib64|proc|root|run|sbin|sys|tmp|usr)(?:\/|$)|^\/(?:var|var\/lib|srv|home|mnt|media|opt)?$/u;

export const rootfsOfTheHost: Rule = {
  code: 'rootfs-of-the-host',
  severity: 'error',
  summary: 'A rootfs is a directory that the host itself lives in.',
  check: ({ model, description, place }, report) => {
    if (!description.containers.some((section) => section.has('rootfs'))) return;
    for (const { name, rootfs } of model.containers) {
      if (!hostDirectories.test(rootfs)) continue;
      report(
        `${name}: ${rootfs} belongs to the host: root of the container would own it`,
        place('container', name, 'rootfs'),
        `give it a directory of its own: without \`rootfs\` it is ${model.host.lxcPath}/NAME/rootfs`,
      );
    }
  },
};

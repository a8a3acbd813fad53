import { isAtLeast } from '../lxc/version.ts';
import { seccompPath } from '../resolve/paths.ts';
import { header } from './header.ts';
import { plainLine } from './lines.ts';
import { renderer } from './render.ts';
import type { Renderer } from './render.ts';
import type { OutputKind } from './types.ts';

const profile: Renderer<{ readonly header: readonly string[]; readonly listKind: string }> = renderer(
  'container/seccomp',
  plainLine,
);

/** LXC knows the newer word from this version on, and both after that. */
const renamedList = '4.0.4';

export const seccomp: OutputKind = {
  name: 'seccomp',
  summary: 'System calls that containers without a user namespace cannot make.',
  paths: [seccompPath],
  files: ({ model }) => {
    const privileged = model.containers.filter((container) => !container.userNamespace);
    const [first] = privileged;
    if (first === undefined) return [];
    return [
      {
        kind: 'file',
        path: seccompPath,
        mode: 0o644,
        syntax: 'none',
        origin: first.where,
        services: privileged.map((container) => container.service),
        content: profile({
          header: header(first.where, 'its containers with user-namespace = no'),
          listKind: isAtLeast(model.host.lxc, renamedList) ? 'denylist' : 'blacklist',
        }),
      },
    ];
  },
};

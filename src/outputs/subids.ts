import type { HostModel } from '../resolve/model.ts';
import { hostPlace } from './header.ts';
import type { OutputKind } from './types.ts';

/** `root:BASE:COUNT` (subuid(5)): without it newuidmap refuses root, too, to map these ids. */
function ranges(model: HostModel): readonly string[] {
  return model.containers.flatMap(({ idMap }) => (idMap === undefined ? [] : [`root:${idMap.base}:${idMap.count}`]));
}

export const subids: OutputKind = {
  name: 'subids',
  summary: 'The ranges of user and group ids that root may map into containers, where newuidmap is installed.',
  paths: ['/etc/subuid', '/etc/subgid'],
  files: ({ model }) => {
    const lines = ranges(model);
    if (!model.host.newuidmap || lines.length === 0) return [];
    return ['/etc/subuid', '/etc/subgid'].map((path) => ({
      kind: 'lines',
      path,
      lines,
      origin: hostPlace(model),
      services: [],
    }));
  },
};

import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import { listed } from '../../base/listed.ts';
import type { Host } from '../../host/types.ts';
import type { ContainerModel } from '../../resolve/model.ts';
import type { HostCheck } from './types.ts';

interface Range {
  readonly owner: string;
  readonly base: number;
  readonly count: number;
}

const files = ['/etc/subuid', '/etc/subgid'] as const;

export const subidsCheck: HostCheck = {
  name: 'subids',
  summary:
    'The ranges of /etc/subuid and /etc/subgid: those that containers need, and other users’ that reach into them.',
  run({ host, model }) {
    const mapped = model.containers.filter(({ idMap }) => idMap !== undefined);
    const problems = files.flatMap((path) => {
      const ranges = rangesOf(host, path);
      const lost = model.host.newuidmap ? missing(path, ranges, mapped) : [];
      return lost.concat(mapped.flatMap((container) => shared(path, ranges, container)));
    });
    return {
      found: model.host.newuidmap
        ? `${mapped.length} containers with ids of their own`
        : 'newuidmap is not installed: root maps as it likes',
      problems,
    };
  },
};

/** `OWNER:BASE:COUNT` (subuid(5)). */
function rangesOf(host: Host, path: string): readonly Range[] {
  return (host.readText(path) ?? '').split('\n').flatMap((line) => {
    const [owner = '', base = '', count = ''] = line.trim().split(':');
    return /^\d+$/u.test(base) && /^\d+$/u.test(count) ? [{ owner, base: Number(base), count: Number(count) }] : [];
  });
}

const isRoot = ({ owner }: Range): boolean => owner === 'root' || owner === '0';

/** One range must cover the map as a whole (newuidmap(1)). */
function missing(path: string, ranges: readonly Range[], mapped: readonly ContainerModel[]): readonly Problem[] {
  const without = mapped.filter(
    ({ idMap }) =>
      idMap !== undefined &&
      !ranges.some(
        (range) => isRoot(range) && range.base <= idMap.base && range.base + range.count >= idMap.base + idMap.count,
      ),
  );
  if (without.length === 0) return [];
  const names = listed(without.map(({ name }) => name));
  const lines = without.slice(0, 3).map(({ idMap }) => `root:${idMap?.base}:${idMap?.count}`);
  return [
    problem('subid-missing', `${names}: ${path} gives root none of their ids, and newuidmap refuses to start them`, {
      where: without[0]?.where,
      hint: `rc-lxc apply writes the lines: ${lines.join(', ')}${without.length > lines.length ? ' …' : ''}`,
    }),
  ];
}

/** Whoever has such a range can act as the container's users do, on its files too. */
function shared(path: string, ranges: readonly Range[], { name, idMap, where }: ContainerModel): readonly Problem[] {
  if (idMap === undefined) return [];
  return ranges
    .filter((range) => !isRoot(range) && range.base < idMap.base + idMap.count && idMap.base < range.base + range.count)
    .map(({ owner, base, count }) =>
      problem('subid-shared', `${name}: ${path} gives ${owner} ids of this container (${owner}:${base}:${count})`, {
        where,
        hint: `give the container another id, or ${owner} another range`,
      }),
    );
}

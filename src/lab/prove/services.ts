import type { Allowance, HostModel } from '../../resolve/model.ts';

/** What is tried at every address. */
export interface Service {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
}

/** Where a description names no port. */
const usual = 80;

/** Looked at from here upwards for one that the description does not name. */
const firstUnnamed = 4001;

/**
 * TCP and UDP on every port that the description mentions (of a range the ends), on one that it does not, and ICMP.
 */
export function servicesOf(model: HostModel): readonly Service[] {
  const allowances = allowancesOf(model);
  const written = allowances.flatMap(({ ports }) => (ports === undefined ? [] : [ports.first, ports.last]));
  const ready = model.containers.flatMap(({ ready: when }) => (when.kind === 'tcp' ? [when.port] : []));
  const named = new Set([...written, ...ready]);
  if (named.size === 0) named.add(usual);
  const ports = [...named].toSorted((one, other) => one - other);
  const all = [...ports, unnamed(allowances, named)];
  return [
    { protocol: 'icmp' },
    ...all.map((port): Service => ({ protocol: 'tcp', port })),
    ...all.map((port): Service => ({ protocol: 'udp', port })),
  ];
}

function allowancesOf({ containers, expects }: HostModel): readonly Allowance[] {
  return [
    ...containers.flatMap(({ allowIn = [], allowOut = [] }) => [...allowIn, ...allowOut]),
    ...expects.map(({ to }) => to),
  ];
}

/** A port that nothing in the description covers. */
function unnamed(allowances: readonly Allowance[], named: ReadonlySet<number>): number {
  const covered = (port: number): boolean =>
    named.has(port) || allowances.some(({ ports }) => ports !== undefined && port >= ports.first && port <= ports.last);
  for (let port = firstUnnamed; port < 65_536; port += 1) if (!covered(port)) return port;
  for (let port = 1; port < firstUnnamed; port += 1) if (!covered(port)) return port;
  return firstUnnamed;
}

/** `tcp 80`, `icmp`: as the matrix has it. */
export function serviceText({ protocol, port }: Service): string {
  return port === undefined ? protocol : `${protocol} ${String(port)}`;
}

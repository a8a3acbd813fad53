import type { Allowance, HostModel } from '../../resolve/model.ts';

/** What is tried at an address. */
export interface Service {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
}

type Lines = Pick<HostModel, 'containers' | 'expects'>;

/** Where a description names no port. */
const usual = 80;

/** Looked at from here upwards for one that the description does not name. */
const firstUnnamed = 4001;

/**
 * TCP and UDP on every port that the description mentions, on one that it does not, and ICMP: which of them are tried
 * where, trials.ts says.
 */
export function servicesOf(model: HostModel): readonly Service[] {
  const named = portsOf(model);
  if (named.size === 0) named.add(usual);
  const all = [...[...named].toSorted((one, other) => one - other), unnamed(allowancesOf(model), named)];
  return [
    { protocol: 'icmp' },
    ...all.map((port): Service => ({ protocol: 'tcp', port })),
    ...all.map((port): Service => ({ protocol: 'udp', port })),
  ];
}

/** Ports that lines mention; of a range the ends. */
export function portsOf(lines: Lines): Set<number> {
  const written = allowancesOf(lines).flatMap(({ ports }) => (ports === undefined ? [] : [ports.first, ports.last]));
  const ready = lines.containers.flatMap(({ ready: when }) => (when.kind === 'tcp' ? [when.port] : []));
  return new Set([...written, ...ready]);
}

function allowancesOf({ containers, expects }: Lines): readonly Allowance[] {
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

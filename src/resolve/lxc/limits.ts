import type { LxcLine } from '../../networks/types.ts';
import type { ContainerModel, HostSettings } from '../model.ts';

/** The kernel's default, in microseconds. */
const cpuPeriod = 100_000;

interface Limit {
  readonly controller: string;
  /** File and value, in the order in which they are written. */
  readonly v2: readonly (readonly [string, string])[];
  readonly v1: readonly (readonly [string, string])[];
}

function limitsOf(container: ContainerModel): readonly Limit[] {
  const { memory, cpus, pids, ioWeight } = container;
  const limits: Limit[] = [];
  if (memory !== undefined) {
    limits.push({
      controller: 'memory',
      v2: [['memory.max', String(memory)]],
      v1: [['memory.limit_in_bytes', String(memory)]],
    });
  }
  if (cpus !== undefined) {
    const quota = String(Math.round(cpus * cpuPeriod));
    limits.push({
      controller: 'cpu',
      v2: [['cpu.max', `${quota} ${cpuPeriod}`]],
      v1: [
        ['cpu.cfs_period_us', String(cpuPeriod)],
        ['cpu.cfs_quota_us', quota],
      ],
    });
  }
  if (pids !== undefined) {
    limits.push({ controller: 'pids', v2: [['pids.max', String(pids)]], v1: [['pids.max', String(pids)]] });
  }
  if (ioWeight !== undefined) {
    limits.push({
      controller: 'blkio',
      v2: [['io.weight', String(ioWeight)]],
      v1: [['blkio.bfq.weight', String(ioWeight)]],
    });
  }
  return limits;
}

/** Limits, each written for where the host has its controller: cgroup v1 on old and hybrid layouts, else v2. */
export function limitLines(host: HostSettings, container: ContainerModel): readonly LxcLine[] {
  return limitsOf(container).flatMap(({ controller, v1, v2 }) =>
    host.cgroup1Controllers.includes(controller)
      ? v1.map(([file, value]) => ({ key: `lxc.cgroup.${file}`, value }))
      : v2.map(([file, value]) => ({ key: `lxc.cgroup2.${file}`, value })),
  );
}

import type { Host } from '../host/types.ts';

/** What LXC says of one container. `address` is its first IPv4, else IPv6; `memory` in bytes; `uptime` in seconds. */
export interface LxcState {
  readonly state: string;
  readonly pid?: number;
  readonly address?: string;
  readonly memory?: number;
  readonly uptime?: number;
}

/** Clock ticks a second in /proc/PID/stat: USER_HZ, 100 on every architecture that Linux gives to user space (proc(5)). */
const userHz = 100;

/**
 * One `lxc-ls` for all containers below `lxcPath`; memory and uptime are read from cgroup files and /proc, where
 * lxc-info reads them. Undefined when LXC cannot be asked: it is not installed, or does not answer.
 */
export async function lxcStates(host: Host, lxcPath: string): Promise<ReadonlyMap<string, LxcState> | undefined> {
  const output = await host.run(['lxc-ls', '-P', lxcPath, '--fancy', '--fancy-format', 'NAME,STATE,PID,IPV4,IPV6'], {
    timeoutMs: 120_000,
  });
  if (output?.exitCode !== 0) return undefined;
  const states = new Map<string, LxcState>();
  const uptime = Number.parseFloat(host.readText('/proc/uptime') ?? '0');
  for (const row of tableRows(output.stdout)) {
    const pid = Number.parseInt(row['PID'] ?? '', 10);
    states.set(row['NAME'] ?? '', {
      state: row['STATE'] ?? 'UNKNOWN',
      ...addressOf(row),
      ...(pid > 0 ? { pid, ...memoryOf(host, pid), ...uptimeOf(host, pid, uptime) } : {}),
    });
  }
  return states;
}

/** Rows of a table whose columns begin where their headings begin. */
function tableRows(text: string): readonly Record<string, string>[] {
  const [heading = '', ...lines] = text.split('\n');
  const columns = Array.from(heading.matchAll(/\S+/gu), (match) => ({ name: match[0], start: match.index }));
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) =>
      Object.fromEntries(
        columns.map(({ name, start }, index) => [name, line.slice(start, columns[index + 1]?.start).trim()]),
      ),
    );
}

function addressOf(row: Record<string, string>): { address?: string } {
  const address = [row['IPV4'], row['IPV6']]
    .flatMap((list) => (list ?? '').split(','))
    .find((one) => /[0-9a-f]/iu.test(one));
  return address === undefined ? {} : { address: address.trim() };
}

/** The memory of the cgroup of `pid`: v1's memory controller where it has one, else v2. */
function memoryOf(host: Host, pid: number): { memory?: number } {
  const groups = host.readText(`/proc/${pid}/cgroup`) ?? '';
  const version1 = /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(.*)$/mu.exec(groups)?.[1];
  const version2 = /^0::(.*)$/mu.exec(groups)?.[1];
  const candidates = [
    version1 === undefined ? undefined : `/sys/fs/cgroup/memory${version1}/memory.usage_in_bytes`,
    version2 === undefined ? undefined : `/sys/fs/cgroup${version2}/memory.current`,
    version2 === undefined ? undefined : `/sys/fs/cgroup/unified${version2}/memory.current`,
  ];
  for (const path of candidates) {
    const text = path === undefined ? undefined : host.readText(path);
    if (text !== undefined) return { memory: Number.parseInt(text, 10) };
  }
  return {};
}

/** Seconds since the process started: field 22 of /proc/PID/stat, counted behind the command's closing bracket. */
function uptimeOf(host: Host, pid: number, now: number): { uptime?: number } {
  const stat = host.readText(`/proc/${pid}/stat`);
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ticks === undefined ? {} : { uptime: Math.max(0, Math.round(now - Number.parseInt(ticks, 10) / userHz)) };
}

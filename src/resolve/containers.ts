import { inDirectory } from '../base/paths.ts';
import { deviceNode } from './devices.ts';
import type { ContainerModel, DeviceModel, HostSettings, NicModel, RawLine } from './model.ts';
import type { SectionValues } from './values.ts';

/** The first host id of the container with id 0, and how many ids each container has. */
const firstHostId = 100_000;
const idsEach = 65_536;

/** Everything of a container but its interfaces. */
export function containerModel(
  host: HostSettings,
  section: SectionValues,
  id: number,
  nics: readonly NicModel[],
): ContainerModel {
  const userNamespace = section.must('user-namespace', 'yes-no');
  return {
    name: section.name,
    id,
    service: `lxc.${section.name}`,
    nics,
    rootfs: section.get('rootfs', 'path') ?? inDirectory(host.lxcPath, section.name, 'rootfs'),
    autostart: section.must('autostart', 'yes-no'),
    needs: section.get('needs', 'reference-list') ?? [],
    ready: section.must('ready', 'ready'),
    readyTimeout: section.must('ready-timeout', 'duration'),
    stopTimeout: section.must('stop-timeout', 'duration'),
    restart: section.oneOf('restart', ['no', 'always', 'on-failure']),
    userNamespace,
    ...(userNamespace ? { idMap: { base: firstHostId + id * idsEach, count: idsEach } } : {}),
    idMapping: section.oneOf('id-mapping', ['mount', 'owner']),
    aslr: section.must('aslr', 'yes-no'),
    sysctl: sysctls(section),
    devices: devices(section),
    mounts: section.get('mount', 'mount-list') ?? [],
    capabilities: section.get('capabilities', 'capability-list') ?? [],
    raw: rawLines(section),
    where: section.where,
    ...optional(section),
  };
}

type OptionalKey = 'template' | 'stopSignal' | 'memory' | 'cpus' | 'pids' | 'ioWeight';

function optional(section: SectionValues): Partial<Pick<ContainerModel, OptionalKey>> {
  const values = {
    template: section.get('template', 'command'),
    stopSignal: section.get('stop-signal', 'signal'),
    memory: section.get('memory', 'size'),
    cpus: section.get('cpus', 'number'),
    pids: section.get('pids', 'integer'),
    ioWeight: section.get('io-weight', 'integer'),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function sysctls(section: SectionValues): ReadonlyMap<string, string> {
  return new Map(section.under('sysctl', 'text').map(([entry, value]) => [entry.key.slice('sysctl.'.length), value]));
}

function devices(section: SectionValues): readonly DeviceModel[] {
  return (section.get('devices', 'device-list') ?? []).map(({ path, access }) => {
    const node = deviceNode(path);
    return node === undefined ? { path, access } : { path, access, node };
  });
}

function rawLines(section: SectionValues): readonly RawLine[] {
  return section
    .under('raw', 'lxc-line')
    .map(([entry, line]) => ({ key: line.key, value: line.value, from: entry.key, where: entry.where }));
}

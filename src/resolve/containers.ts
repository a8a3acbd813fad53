import { deviceNode } from './devices.ts';
import { allowances } from './peers.ts';
import type { KnownNames } from './peers.ts';
import type { ContainerModel, DeviceModel, HostSettings, NicModel, RawLine } from './model.ts';
import type { Mutable } from './mutable.ts';
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
  names: KnownNames,
): ContainerModel {
  const userNamespace = section.must('user-namespace', 'yes-no');
  const container: Mutable<ContainerModel> = {
    name: section.name,
    id,
    service: `lxc.${section.name}`,
    nics,
    rootfs: section.get('rootfs', 'path') ?? `${host.lxcPath}/${section.name}/rootfs`,
    autostart: section.must('autostart', 'yes-no'),
    needs: section.get('needs', 'reference-list') ?? [],
    ready: section.must('ready', 'ready'),
    readyTimeout: section.must('ready-timeout', 'duration'),
    stopTimeout: section.must('stop-timeout', 'duration'),
    restart: section.oneOf('restart', ['no', 'always', 'on-failure']),
    userNamespace,
    idMapping: section.oneOf('id-mapping', ['mount', 'owner']),
    aslr: section.must('aslr', 'yes-no'),
    sysctl: sysctls(section),
    devices: devices(section),
    mounts: section.get('mount', 'mount-list') ?? [],
    capabilities: section.get('capabilities', 'capability-list') ?? [],
    raw: rawLines(section),
    spoofCheck: section.must('spoof-check', 'yes-no'),
    where: section.where,
  };
  if (userNamespace) container.idMap = { base: firstHostId + id * idsEach, count: idsEach };
  addOptional(container, section);
  const allowIn = allowances(section, 'allow-in', names);
  const allowOut = section.has('allow-out') ? allowances(section, 'allow-out', names) : undefined;
  if (allowIn !== undefined) container.allowIn = allowIn;
  if (allowOut !== undefined) container.allowOut = allowOut;
  return container;
}

function addOptional(container: Mutable<ContainerModel>, section: SectionValues): void {
  const template = section.get('template', 'command');
  const stopSignal = section.get('stop-signal', 'signal');
  const memory = section.get('memory', 'size');
  const cpus = section.get('cpus', 'number');
  const pids = section.get('pids', 'integer');
  const ioWeight = section.get('io-weight', 'integer');
  if (template !== undefined) container.template = template;
  if (stopSignal !== undefined) container.stopSignal = stopSignal;
  if (memory !== undefined) container.memory = memory;
  if (cpus !== undefined) container.cpus = cpus;
  if (pids !== undefined) container.pids = pids;
  if (ioWeight !== undefined) container.ioWeight = ioWeight;
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

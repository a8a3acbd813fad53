import { typeOf } from '../../networks/index.ts';
import type { KernelOption } from '../../networks/types.ts';
import type { ContainerModel, HostModel, NetworkModel } from '../../resolve/model.ts';

/** The only one that a throw-away host has a file system of its own for. */
const lxcPath = '/var/lib/lxc';

/** A network that cannot be tried, and what the kernel lacks for it. */
interface Lacking {
  readonly network: NetworkModel;
  readonly option: KernelOption;
}

/** A description as a throw-away host runs it. */
export interface Adapted {
  readonly model: HostModel;
  /** How it differs from the description, a sentence each. */
  readonly notes: readonly string[];
  /** Networks that are left out. */
  readonly lacking: readonly Lacking[];
}

export interface Machine {
  /** The installed LXC: `5.0.2`. */
  readonly lxc: string;
  readonly netifrc: boolean;
  /** Whether the kernel has what an option stands for. */
  readonly has: (option: KernelOption) => boolean;
}

/**
 * What a throw-away host can run of a description, with as little changed as can be: placeholders in place of the
 * containers' systems, in which nothing listens until the lab does; and nothing that the kernel or the machine lacks.
 */
export function adapt(model: HostModel, machine: Machine): Adapted {
  const lacking = model.networks.flatMap((network) => {
    const option = neededOptions(network).find((each) => each.optional !== true && !machine.has(each));
    return option === undefined ? [] : [{ network, option }];
  });
  const left = new Set(lacking.map(({ network }) => network.name));
  const networks = model.networks.filter(({ name }) => !left.has(name));
  const containers = model.containers.map((container) => placeholder(container, left));
  const links = model.host.links === 'netifrc' && !machine.netifrc ? 'iproute2' : model.host.links;
  return {
    model: {
      ...model,
      host: { ...model.host, links, lxc: machine.lxc, lxcPath },
      networks,
      containers,
      networkByName: new Map(networks.map((network) => [network.name, network])),
      containerByName: new Map(containers.map((container) => [container.name, container])),
    },
    notes: notes(model, machine, links),
    lacking,
  };
}

/** What the kernel is to have for a network. */
export function neededOptions(network: NetworkModel): readonly KernelOption[] {
  return typeOf(network).kernelOptions.filter(({ when }) => when === undefined || when(network));
}

/** Its name, users, network and limits; not its system, nor what that needs of the host's files. */
function placeholder(container: ContainerModel, left: ReadonlySet<string>): ContainerModel {
  const { template: _template, ...rest } = container;
  return {
    ...rest,
    nics: container.nics.filter(({ network }) => !left.has(network)),
    rootfs: `${lxcPath}/${container.name}/rootfs`,
    // Not every kernel maps a mount of the memory file system that it lies in.
    idMapping: 'owner',
    ready: { kind: 'running' },
    mounts: [],
    devices: [],
    restart: 'no',
  };
}

function notes(model: HostModel, machine: Machine, links: HostModel['host']['links']): readonly string[] {
  const { host, containers } = model;
  const waiting = containers.filter(({ ready }) => ready.kind !== 'running').map(({ name }) => name);
  return [
    ...(waiting.length === 0
      ? []
      : [`${waiting.join(', ')}: \`ready\` is not tried: in a placeholder nothing answers`]),
    ...(links === host.links ? [] : ['netifrc is not installed here: the interfaces are made with `links = iproute2`']),
    ...(machine.lxc === host.lxc
      ? []
      : [`LXC ${machine.lxc} is installed here: its configuration is written for that`]),
  ];
}

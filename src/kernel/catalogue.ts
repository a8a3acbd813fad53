import { networkTypes } from '../networks/index.ts';
import type { KernelOption, NetworkType } from '../networks/types.ts';
import type { HostModel } from '../resolve/model.ts';
import { labOptions, ownOptions } from './options.ts';
import type { KernelEntry } from './types.ts';

export type { KernelEntry } from './types.ts';

/**
 * Every option of the kernel that something of ours needs, and what: the one list for the ebuild's CONFIG_CHECK,
 * `rc-lxc doctor` and the tables of the documentation. An option stands once for each feature that needs it.
 */
export function kernelOptions(): readonly KernelEntry[] {
  return [
    ...ownOptions,
    ...networkTypes.flatMap((type) => type.kernelOptions.map((option) => ofType(type, option))),
    ...labOptions,
  ];
}

/** Those that this description needs. */
export function neededOptions(model: HostModel): readonly KernelEntry[] {
  return kernelOptions().filter(({ when }) => when?.(model) ?? true);
}

function ofType(type: NetworkType, { name, why, module, when, optional }: KernelOption): KernelEntry {
  const users = ({ networks }: HostModel) =>
    networks.filter((network) => network.type === type.name && (when?.(network) ?? true));
  return {
    option: name,
    ...(module === undefined ? {} : { module }),
    why,
    feature: `network:${type.name}`,
    required: false,
    ...(optional === undefined ? {} : { optional }),
    when: (model) => users(model).length > 0,
    users,
  };
}

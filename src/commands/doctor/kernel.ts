import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import { neededOptions } from '../../kernel/catalogue.ts';
import { installedKernel, missingOptions } from '../kernel.ts';
import type { Kernel } from '../kernel.ts';
import type { HostCheck, Patient } from './types.ts';

export const kernelCheck: HostCheck = {
  name: 'kernel',
  summary:
    'The options of the kernel that this description needs, by /proc/config.gz, the configuration beside the kernel, or its modules.',
  run({ host, model }) {
    const kernel = installedKernel(host);
    const needed = new Map(neededOptions(model).map((entry) => [entry.option, entry.module]));
    const states = Array.from(needed, ([name, module]) =>
      kernel.has({ name, ...(module === undefined ? {} : { module }) }),
    );
    const count = (state: string): number => states.filter((each) => each === state).length;
    const by = kernel.source === undefined ? '' : ` by ${kernel.source}`;
    const untold = count('unknown') === 0 ? '' : `, ${count('unknown')} cannot be told`;
    return {
      found: `${kernel.release ?? 'none found'}${by}: ${count('yes')} of ${needed.size} options that are needed${untold}`,
      problems: [
        ...missingOptions(kernel, model),
        ...(count('unknown') === needed.size && needed.size > 0 ? [nothingSays(kernel)] : []),
        ...namespaceLimit({ host, model }),
      ],
    };
  },
};

function nothingSays({ release }: Kernel): Problem {
  const name =
    release === undefined ? 'no kernel is installed' : `nothing says what the kernel ${release} was built with`;
  return problem('kernel-unknown', name, {
    severity: 'warning',
    hint: 'build it with CONFIG_IKCONFIG_PROC, or put its configuration at /boot/config-RELEASE',
  });
}

/** The kernel can have user namespaces, and allow none. */
function namespaceLimit({ host, model }: Pick<Patient, 'host' | 'model'>): readonly Problem[] {
  const path = '/proc/sys/user/max_user_namespaces';
  const mapped = model.containers.filter(({ userNamespace }) => userNamespace);
  if (!host.live || mapped.length === 0 || host.readText(path)?.trim() !== '0') return [];
  return [
    problem('no-user-namespaces', `${path} is 0: no container with a user namespace can be started`, {
      where: mapped[0]?.where,
      hint: 'sysctl user.max_user_namespaces=10000, and remove what sets it to 0 in /etc/sysctl.conf or /etc/sysctl.d',
    }),
  ];
}

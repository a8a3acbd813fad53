import { cgroupsCheck } from './cgroups.ts';
import { firewallCheck } from './firewall.ts';
import { interfacesCheck } from './interfaces.ts';
import { kernelCheck } from './kernel.ts';
import { leftoversCheck } from './leftovers.ts';
import { programsCheck } from './programs.ts';
import { rootfsCheck } from './rootfs.ts';
import { servicesCheck } from './services.ts';
import { subidsCheck } from './subids.ts';
import type { HostCheck } from './types.ts';
import { versionsCheck } from './versions.ts';

/** Every check, in the order in which they are told. A new one is one file and one line. */
export const hostChecks: readonly HostCheck[] = [
  kernelCheck,
  versionsCheck,
  programsCheck,
  cgroupsCheck,
  subidsCheck,
  interfacesCheck,
  servicesCheck,
  firewallCheck,
  rootfsCheck,
  leftoversCheck,
];

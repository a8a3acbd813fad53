import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { throwawayRefusal } from '../../../src/lab/host.ts';
import { describeLab } from './lab.ts';

/** What not every kernel has, and how to find out: commands that fail without it. */
const features = {
  '802.1Q VLANs': 'ip link add vl0 link ve0 type vlan id 2',
  ipvlan: 'ip link add iv0 link ve0 type ipvlan mode l2',
  'VLAN filtering of bridges': 'ip link add br0 type bridge && ip link set br0 type bridge vlan_filtering 1',
} as const;

export type Feature = keyof typeof features;

/** Whether the kernel that runs here has it. False, too, where nobody may ask. */
function kernelHas(feature: Feature): boolean {
  const script = `ip link add ve0 type veth peer name ve1 && ${features[feature]}`;
  try {
    execFileSync('unshare', ['--net', 'sh', '-c', script], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether bridges can have what stays on them pass the rules of forwarded packets (br_netfilter), and what turns it on and off. */
export const bridgeNetfilter = existsSync('/proc/sys/net/bridge/bridge-nf-call-iptables');
export const setBridgeNetfilter = 'for f in /proc/sys/net/bridge/bridge-nf-call-*; do echo "$1" >"$f"; done';
if (!bridgeNetfilter)
  process.stderr.write(
    '\nSKIPPED: what bridges pass to the rules of forwarded packets: this kernel has no br_netfilter loaded\n',
  );

/** A `describeLab` that the kernel must have something for: skipped loudly where it lacks it. */
export function describeKernel(name: string, feature: Feature, body: () => void): void {
  describeWhere(kernelHas(feature), `this kernel has no ${feature}`, name, body);
}

/** The other way round, for what is done where it is lacking. */
export function describeWithout(name: string, feature: Feature, body: () => void): void {
  describeWhere(!kernelHas(feature), `this kernel has ${feature}`, name, body);
}

function describeWhere(holds: boolean, otherwise: string, name: string, body: () => void): void {
  if (holds || throwawayRefusal() !== undefined) {
    describeLab(name, body);
    return;
  }
  process.stderr.write(`\nSKIPPED: ${name}: ${otherwise}\n`);
  const { skip } = describe;
  skip(name, body);
}

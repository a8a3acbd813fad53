import type { KernelOption } from '../../networks/types.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { ThrowawayHost } from '../host.ts';
import { neededOptions } from './adapt.ts';

/** In a network of its own, for each line of the input: `ip link add NAME` and the line. Prints the lines that fail. */
const script = `
ip=$(PATH=/usr/sbin:/sbin:/usr/bin:/bin; command -v ip)
"$ip" link add ve0 type veth peer name ve1
while read -r words; do
	# shellcheck disable=SC2086 # words of a command
	"$ip" link add trial $words 2>/dev/null && "$ip" link del trial || echo "$words"
done`;

/** What a name like eth0.42 needs. */
const vlan = 'link ve0 type vlan id 2';

/** Tries what the networks of a description need of the kernel. */
export async function tryKernel(
  host: ThrowawayHost,
  model: HostModel,
): Promise<{ readonly has: (option: KernelOption) => boolean; readonly vlans: boolean }> {
  const needed = model.networks.flatMap((network) => neededOptions(network));
  const trials = new Set([vlan, ...needed.flatMap(({ trial }) => trial ?? [])]);
  const input = `${[...trials].join('\n')}\n`;
  const { stdout } = await host.run(['unshare', '--net', '/bin/sh', '-c', script], { input });
  const failed = new Set(stdout.split('\n'));
  return { has: ({ trial }) => trial === undefined || !failed.has(trial), vlans: !failed.has(vlan) };
}

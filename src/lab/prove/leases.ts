import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { ThrowawayHost } from '../host.ts';

/** What busybox's client runs: it tells the address and the routers in variables (udhcpc's default.script). */
const script = `#!/bin/busybox sh
[ "$1" = bound ] || exit 0
/bin/busybox ip address add "$ip/$mask" dev "$interface"
for gateway in $router; do
	/bin/busybox ip route add default via "$gateway" dev "$interface"
done
`;

const place = '/tmp/lease';

/** In a placeholder nobody asks for addresses: one client for each interface that has its address by DHCP. */
export async function askForLeases(
  host: ThrowawayHost,
  { containers, host: { lxcPath } }: HostModel,
): Promise<readonly Problem[]> {
  const waiting = containers.flatMap((container) =>
    container.nics.filter(({ dhcp }) => dhcp).map((nic) => ({ container, nic })),
  );
  const found = waiting.map(async ({ container, nic }): Promise<readonly Problem[]> => {
    await host.writeFile(`${lxcPath}/${container.name}/rootfs${place}`, script, 0o755);
    const client = ['/bin/busybox', 'udhcpc', '-i', nic.name, '-n', '-q', '-f', '-t', '8', '-T', '1', '-s', place];
    const { exitCode, stdout, stderr } = await host.run(['lxc-attach', '-n', container.name, '--', ...client]);
    const leased = /lease of (\S+) obtained/u.exec(`${stdout}${stderr}`)?.[1];
    if (exitCode === 0 && leased === nic.ipv4?.address) return [];
    const got = leased === undefined ? 'none' : leased;
    const message = `${container.name}: ${nic.name} asks for its address, and is given ${got} instead of ${nic.ipv4?.address ?? 'one'}`;
    return [
      problem('lab-lease', message, { where: nic.where, hint: 'dnsmasq gives it out on a network with dhcp = yes' }),
    ];
  });
  return (await Promise.all(found)).flat();
}

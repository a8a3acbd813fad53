/** Run inside the virtual machine: two throw-away hosts, one after the other, whose uplink is the same pair of cards. */
import { cardPairs } from '../../../src/lab/cards.ts';
import { makeBusyboxRootfs } from '../../../src/lab/guest.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../../src/lab/host.ts';
import { addUplink } from '../../../src/lab/network.ts';

const [cards] = cardPairs();
if (cards === undefined) throw new Error('this machine has no pair of cards');

async function containerState(host: ThrowawayHost): Promise<string> {
  const rootfs = makeBusyboxRootfs(host, 'one', { init: 'instant' });
  await host.writeFile('/var/lib/lxc/one/config', `lxc.rootfs.path = dir:${rootfs}\nlxc.net.0.type = empty\n`);
  const started = await host.run(['lxc-start', '-n', 'one']);
  return started.stderr + (await host.run(['lxc-info', '-n', 'one', '-sH'])).stdout.trim();
}

for (const mac of ['02:00:00:00:00:01', undefined]) {
  const host = await bootThrowawayHost();
  const uplink = await addUplink(host, { cards, ...(mac === undefined ? {} : { mac }) });
  const ping = await host.run(['busybox', 'ping', '-c', '1', '-W', '5', uplink.routerIpv4]);
  const link = await host.run(['cat', '/sys/class/net/eth0/address', '/sys/class/net/eth0/device/device']);
  const state = mac === undefined ? '' : await containerState(host);
  process.stdout.write(
    `${JSON.stringify({ mode: host.cgroupMode, ping: ping.exitCode, link: link.stdout.split('\n'), state })}\n`,
  );
  await host.stop();
}

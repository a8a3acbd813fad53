/**
 * Run inside the virtual machine: two throw-away hosts, one after the other, whose uplink is the same pair of cards. Each
 * ends with a connection that nobody answers any more.
 */
import { once } from 'node:events';
import { cardPairs } from '../../../src/lab/cards.ts';
import { makeBusyboxRootfs } from '../../../src/lab/guest.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../../src/lab/host.ts';
import { addUplink } from '../../../src/lab/network.ts';
import { python } from '../../../src/lab/refusal.ts';

const [cards] = cardPairs();
if (cards === undefined) throw new Error('this machine has no pair of cards');

async function containerState(host: ThrowawayHost): Promise<string> {
  const rootfs = makeBusyboxRootfs(host, 'one', { init: 'instant' });
  await host.writeFile('/var/lib/lxc/one/config', `lxc.rootfs.path = dir:${rootfs}\nlxc.net.0.type = empty\n`);
  const started = await host.run(['lxc-start', '-n', 'one']);
  return started.stderr + (await host.run(['lxc-info', '-n', 'one', '-sH'])).stdout.trim();
}

/** Sends into a connection whose way has gone, and ends: the kernel goes on trying to bring it over. */
const program = `
import socket, subprocess, sys
peer = socket.create_connection((sys.argv[1], 5000))
subprocess.run(['ip', '-netns', 'outside', 'link', 'set', 'lan', 'down'], check=True)
peer.send(b'x')`;

async function leaveConnection(host: ThrowawayHost, address: string): Promise<void> {
  const serving =
    'import socket; server = socket.create_server(("", 5000)); print("ready", flush=True); server.accept()[0].recv(2)';
  const server = host.spawn(['ip', 'netns', 'exec', 'outside', python, '-I', '-S', '-c', serving]);
  await once(server.stdout, 'data');
  const { exitCode, stderr } = await host.run([python, '-I', '-S', '-c', program, address]);
  if (exitCode !== 0) throw new Error(stderr);
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
  await leaveConnection(host, uplink.routerIpv4);
  await host.stop();
}

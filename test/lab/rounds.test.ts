import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import type { Leftovers } from '../../src/lab/leftovers.ts';
import { addContainer, configure } from './support/containers.ts';
import { checkout, describeLab } from './support/lab.ts';
import { expectNothingLeft, settled } from './support/nothing-left.ts';
import { must, rcStatus } from './support/service.ts';

const rounds = `
for round in $(seq "$1"); do
	rc-service --quiet lxc.round start || { echo "start $round"; exit 1; }
	[ -e /sys/class/net/round-eth0 ] || { echo "no link in round $round"; exit 1; }
	rc-service --quiet lxc.round stop || { echo "stop $round"; exit 1; }
	[ ! -e /sys/class/net/round-eth0 ] || { echo "a link is left by round $round"; exit 1; }
done`;

describeLab('starting and stopping over and over', () => {
  let host: ThrowawayHost;
  let empty: Leftovers;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await installShell(host, checkout);
    await must(host, 'ip link add br0 type bridge; ip addr add 10.0.3.1/24 dev br0; ip link set br0 up');
    const veth = ['type = veth', 'link = br0', 'flags = up', 'veth.pair = round-eth0', 'ipv4.address = 10.0.3.2/24'];
    await addContainer(host, 'round', { config: veth.map((line) => `lxc.net.0.${line}`) });
    await must(host, 'rc-update -u');
    await must(host, rounds, '1');
    empty = await settled(host);
  });
  afterAll(() => host.stop());

  it.each([
    { count: 200, restart: 'no' },
    { count: 20, restart: 'always' },
  ])('leaves nothing after $count rounds with restart = $restart', async ({ count, restart }) => {
    await configure(host, 'lxc.round', { lxc_restart: restart, lxc_links: 'br0', lxc_veths: 'round-eth0' });
    const result = await host.sh(rounds, { arguments: [String(count)], timeoutMs: 110_000 });
    expect(result).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await rcStatus(host, 'lxc.round')).toBe('stopped');
    await expectNothingLeft(host, empty);
  });
});

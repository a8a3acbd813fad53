import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour, addUplink, type Neighbour } from '../../src/lab/network.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { pings, pingsFrom, reaches } from './support/networks.ts';
import { must, rc } from './support/service.ts';
import { shells } from './support/shells.ts';

/** Addresses of the wire itself: whoever is there asks for them, and the host answers. */
const source = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network edge]
type = routed
ipv4 = 192.0.2.0/24
ipv6 = 2001:db8::/64

[profile small]
network = edge

[container one]
id = 35
use = small

[container two]
id = 36
use = small
`;

const one = ['192.0.2.35', '2001:db8::23'];
const two = ['192.0.2.36', '2001:db8::24'];

for (const shell of shells)
  describeLab(`routed containers under ${shell}`, () => {
    let host: ThrowawayHost;
    let near: Neighbour;

    beforeAll(async () => {
      host = await bootThrowawayHost({ shell });
      await addUplink(host);
      near = await addNeighbour(host, 'near', { ipv4: '192.0.2.20/24', ipv6: '2001:db8::20/64' });
      await describeHost(host, source);
      for (const service of ['lxc.one', 'lxc.two']) {
        const started = await rc(host, service, 'start');
        expect(started, started.text).toMatchObject({ exitCode: 0 });
      }
    });
    afterAll(() => host.stop());

    it.each(one)('reaches %s from the host and from the wire, which knows no route to it', async (address) => {
      expect(await pings(host, address)).toBe(true);
      expect(await reaches(host, near, address)).toBe(true);
    });

    it('lets containers reach each other, the host and the wire', async () => {
      for (const address of [...two, '192.0.2.10', '2001:db8::10', '192.0.2.20', '2001:db8::20']) {
        expect(await pingsFrom(host, 'one', address), address).toBe(true);
      }
    });

    it.each(['192.0.2.20', '2001:db8::20', '192.0.2.10', '2001:db8::10'])(
      'leaves %s to the host, which is no container’s in the same prefix',
      async (address) => expect(await pings(host, address)).toBe(true),
    );

    it('waits for no proxy at first contact', async () => {
      for (const address of two) {
        const family = address.includes(':') ? '-6' : '-4';
        await near.run(['ip', family, 'neighbor', 'flush', 'all']);
        const { stdout } = await near.run(['busybox', 'ping', '-c1', '-W2', address]);
        expect(Number(/time=([\d.]+)/u.exec(stdout)?.[1]), stdout).toBeLessThan(200);
      }
    });

    it('makes no bridge, and no card promiscuous', async () => {
      const { stdout } = await host.run(['ip', '-json', '-details', 'link']);
      const links = JSON.parse(stdout) as { ifname: string; promiscuity?: number; linkinfo?: { info_kind?: string } }[];
      expect(links.filter(({ linkinfo }) => linkinfo?.info_kind === 'bridge')).toEqual([]);
      expect(links.filter(({ promiscuity = 0 }) => promiscuity > 0)).toEqual([]);
    });

    it('answers for a container no more once it has stopped', async () => {
      const answering = 'ip neighbor show proxy; ip -6 neighbor show proxy';
      const list = async (): Promise<string> => (await host.run(['/bin/bash', '-c', answering])).stdout;
      expect(await list()).toContain(one[0]);
      expect(await rc(host, 'lxc.one', 'stop')).toMatchObject({ exitCode: 0 });
      for (const address of one) expect(await list()).not.toContain(address);
      for (const address of two) expect(await list()).toContain(address);
      expect(await must(host, 'cat /proc/net/dev')).not.toContain('one-eth0');
    });
  });

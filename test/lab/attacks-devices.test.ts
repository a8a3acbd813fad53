import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { attackedHost, attackedNetworks, type AttackedHost } from './support/attacked-host.ts';
import { describeLab } from './support/lab.ts';
import { must } from './support/service.ts';

const mac = '02:66:66:00:00:09';

/** Lines for ip: a card of root's own on the host's, which sends as somebody whom no rule knows. */
const ownCard = [
  `link add mv9 link eth0 address ${mac} type macvlan mode bridge`,
  'link set mv9 up',
  'address add 192.0.2.99/24 dev mv9',
  'address add 2001:db8::99/64 dev mv9 nodad',
];

for (const checks of ['on', 'off'] as const) {
  describeLab(`a card that root in a container makes on the host's, with checks ${checks}`, () => {
    let host: ThrowawayHost;
    let at: AttackedHost;

    beforeAll(async () => {
      host = await bootThrowawayHost();
      const lines = checks === 'on' ? [] : ['spoof-check = no'];
      at = await attackedHost(host, attackedNetworks['macvlan-private'], { bad: lines });
      for (const line of ownCard) expect(await at.bad.endpoint.ip(...line.split(' '))).toMatchObject({ exitCode: 0 });
    });
    afterAll(() => host.stop());

    it('sends as it likes only where it is not held', async () => {
      const sniffer = await at.wire.sniff({ interface: 'uplink', promiscuous: true, source: mac });
      const probes = [at.near.ipv4, at.near.ipv6].map((address) => ({ kind: 'icmp', address, device: 'mv9' }) as const);
      const results = await at.bad.endpoint.probe(probes);
      const open = results.filter(({ status }) => status === 'open').length;
      expect(open).toBe(checks === 'on' ? 0 : 2);
      const { matched } = await sniffer.stop();
      if (checks === 'on') expect(matched).toBe(0);
      else expect(matched).toBeGreaterThan(0);
    });

    it('takes nothing from the host, from its other cards and from those of its programs', async () => {
      const own = await startEndpoint(host, 'host');
      await must(host, 'exec ip -batch - <<E\nlink add mvh link eth0 type macvlan mode bridge\nlink set mvh up\nE');
      await must(host, 'ip address add 192.0.2.77/24 dev mvh; ip address add 2001:db8::77/64 dev mvh nodad');
      await must(host, 'rc-service rc-lxc-nft reload');
      const ask = [at.near.ipv4, at.near.ipv6].map((address) => ({ kind: 'icmp', address }) as const);
      const asked = [...ask, ...ask.map((one) => ({ ...one, device: 'mvh' }))];
      for (const { status } of await own.probe(asked)) expect(status).toBe('open');
      // Frames of a program of the host's that is somebody else, as a virtual machine is.
      const sniffer = await at.near.endpoint.sniff({ interface: 'eth0' });
      const victim = { mac: at.near.mac, address: at.near.ipv4 };
      await own.attack([
        { interface: 'eth0', attack: 'foreign-ipv4', sourceMac: mac, source: '192.0.2.66', victim, marker: 'guest' },
      ]);
      await expect.poll(async () => (await sniffer.report()).markers).toHaveProperty('guest');
      // Its addresses are young: the kernel may still look for others that have them.
      const answers = await at.victim.endpoint.probe(ask, { timeoutMs: 1000, retries: 5 });
      expect(answers.map(({ status }) => status)).toEqual(['open', 'open']);
    });
  });
}

describeLab('a bridge that is made anew under running containers', () => {
  let host: ThrowawayHost;
  let at: AttackedHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    at = await attackedHost(host, attackedNetworks.inner);
  });
  afterAll(() => host.stop());

  it('sends nobody what is for another', async () => {
    await must(host, 'ip link delete br-net; rc-service rc-lxc-link.br-net restart');
    const ask = { kind: 'icmp', address: '10.0.3.1' } as const;
    const sent = { interface: 'eth0', sourceMac: at.victim.mac, marker: 'theft' } as const;
    await expect.poll(async () => (await at.victim.endpoint.probe([ask]))[0]?.status).toBe('open');
    // No rule sees what is for the bridge itself, which would look at the sender all the same.
    await at.bad.endpoint.attack([
      { ...sent, attack: 'lldp' },
      { ...sent, attack: 'stp-bpdu' },
    ]);
    const { forwarding = [] } = (await at.own?.endpoint.state({ forwarding: true })) ?? {};
    expect(forwarding.filter((entry) => entry.mac === at.victim.mac).map(({ ifname }) => ifname)).toEqual([
      'victim-eth0',
    ]);
  });
});

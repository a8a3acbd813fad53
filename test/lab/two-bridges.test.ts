import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addUplink } from '../../src/lab/network.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { pingsFrom } from './support/networks.ts';
import { initPid, must, rc } from './support/service.ts';

/** Two wires, each behind a bridge with its card among the ports; the router outside is on both. */
const source = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network left]
type = bridge
ports = eth0
promiscuous = yes
ipv4 = 192.0.2.10/24
ipv6 = 2001:db8::10/64
gateway = 192.0.2.1, 2001:db8::1

[network right]
type = bridge
ports = eth1
promiscuous = yes
ipv4 = 198.51.100.10/24
ipv6 = 2001:db8:1::10/64

[network inner]
type = bridge
ipv4 = 10.0.3.1/24

[container one]
id = 31
network = left

[container two]
id = 32
network = right
ipv4 = 198.51.100.32
ipv6 = 2001:db8:1::32

[container three]
id = 33
network = right
ipv4 = 198.51.100.33
ipv6 = 2001:db8:1::33

[container far]
id = 34
network = inner
`;

const names = ['one', 'two', 'three', 'far'] as const;

describeLab('two bridges with cards, and a router between them', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    const router = await addUplink(host, { unconfigured: true });
    await must(
      host,
      `ip link add eth1 index 1001 type veth peer name wire1 netns ${router.namespace}
      ip link set eth1 up
      ip -n ${router.namespace} link set wire1 up
      ip -n ${router.namespace} address add 198.51.100.1/24 dev wire1
      ip -n ${router.namespace} address add 2001:db8:1::1/64 dev wire1 nodad
      ip netns exec ${router.namespace} sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'`,
    );
    await describeHost(host, source);
    for (const name of names) {
      const answer = await rc(host, `lxc.${name}`, 'start');
      expect(answer, answer.text).toMatchObject({ exitCode: 0 });
    }
    for (const name of ['two', 'three'])
      await must(
        host,
        'lxc-attach -n "$1" -- ip route replace default via 198.51.100.1; lxc-attach -n "$1" -- ip -6 route replace default via 2001:db8:1::1',
        name,
      );
    await must(host, 'sleep 2');
  });
  afterAll(() => host.stop());

  it.each(['198.51.100.32', '2001:db8:1::32'])('let through what comes back by the router: %s', async (address) => {
    expect(await pingsFrom(host, 'one', address)).toBe(true);
  });

  it('take from outside nothing that one of their own containers would have sent, or one behind the host', async () => {
    const router = await startEndpoint(host, { namespace: 'outside' });
    const two = await startEndpoint(host, { pid: await initPid(host, 'two') });
    const { links } = await two.state();
    const victim = { mac: links.find(({ ifname }) => ifname === 'eth0')?.address ?? '', address: '198.51.100.32' };
    const sniffing = await two.sniff({ interface: 'eth0' });
    const base = { attack: 'foreign-ipv4', interface: 'wire1', victim } as const;
    await router.attack([
      { ...base, source: '198.51.100.77', marker: 'stranger' },
      { ...base, source: '192.0.2.31', marker: 'routed' },
      { ...base, source: '198.51.100.33', marker: 'sibling' },
      { ...base, source: '10.0.3.34', marker: 'behind' },
      { ...base, attack: 'arp-reply', claim: '198.51.100.33', marker: 'arp-sibling' },
      { ...base, attack: 'arp-reply', claim: '198.51.100.77', marker: 'arp-stranger' },
    ]);
    await must(host, 'sleep 0.3');
    const { markers } = await sniffing.stop();
    expect(Object.keys(markers).toSorted()).toEqual(['arp-stranger', 'routed', 'stranger']);
  });
});

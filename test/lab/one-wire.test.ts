import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour, addUplink } from '../../src/lab/network.ts';
import type { HostModel } from '../../src/resolve/model.ts';
import { verdict } from '../../src/resolve/policy.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { initPid, must, rc } from './support/service.ts';

/** Two ways to one wire, and who is named by either of them. */
const source = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network open]
type = macvlan
mode = bridge
parent = eth0
ipv4 = 192.0.2.0/24
ipv6 = 2001:db8::/64

[network alone]
type = macvlan
mode = private
parent = eth0
ipv4 = 192.0.2.0/24
ipv6 = 2001:db8::/64

[container one]
id = 31
network = open
allow-in = alone:80/tcp, open:22/tcp, alone:50-60/udp
allow-out = alone:443/tcp

[container two]
id = 33
network = alone
`;

const ports = [
  { kind: 'tcp', port: 22 },
  { kind: 'tcp', port: 80 },
  { kind: 'tcp', port: 443 },
  { kind: 'udp', port: 53 },
  { kind: 'udp', port: 80 },
] as const;

describeLab('two networks on one wire', () => {
  let host: ThrowawayHost;
  let model: HostModel;
  const agents = new Map<string, Endpoint>();

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    await addNeighbour(host, 'near', { ipv4: '192.0.2.20/24', ipv6: '2001:db8::20/64' });
    ({ model } = await describeHost(host, source));
    for (const name of ['one', 'two']) {
      const answer = await rc(host, `lxc.${name}`, 'start');
      expect(answer, answer.text).toMatchObject({ exitCode: 0 });
      agents.set(name, await startEndpoint(host, { pid: await initPid(host, name) }));
    }
    agents.set('near', await startEndpoint(host, { namespace: 'near' }));
    for (const [name, agent] of agents)
      expect(await agent.listen({ token: name, tcp: [22, 80, 443], udp: [53, 80] })).toEqual([]);
    // Duplicate address detection takes its second.
    await must(host, 'sleep 2');
  });
  afterAll(() => host.stop());

  const open = async (from: string, address: string): Promise<readonly string[]> => {
    const probes = ports.map(({ kind, port }) => ({ kind, port, address }));
    const results = await agents.get(from)?.probe(probes, { timeoutMs: 500, retries: 1 });
    return ports.flatMap(({ kind, port }, at) => (results?.[at]?.status === 'open' ? [`${kind} ${String(port)}`] : []));
  };

  it.each([
    ['192.0.2.', '31'],
    ['2001:db8::', '1f'],
  ] as const)('have whoever is on it, by either name: %s', async (prefix, one) => {
    expect(await open('near', `${prefix}${one}`)).toEqual(['tcp 22', 'tcp 80', 'udp 53']);
    expect(await open('one', `${prefix}20`)).toEqual(['tcp 443']);
  });

  it.each([4, 6] as const)('are one to the description, too: IPv%i', (family) => {
    const asked = (port: number): boolean =>
      verdict(model, {
        from: { kind: 'container', name: 'two' },
        to: { kind: 'container', name: 'one' },
        protocol: 'tcp',
        port,
        family,
      }).allowed;
    expect([22, 80, 443].map(asked)).toEqual([true, true, false]);
  });
});

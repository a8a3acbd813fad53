import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startEndpoint, type Endpoint, type Probe } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour } from '../../src/lab/network.ts';
import { describeLab } from './support/lab.ts';
import { must } from './support/service.ts';

/** Two machines on a bridge of the host, which forwards between no one; a port is closed by `nft` where a test says so. */
async function segment(host: ThrowawayHost): Promise<void> {
  await must(host, 'ip link add br0 type bridge forward_delay 0 && ip link set br0 up');
  await must(host, 'ip address add 10.9.0.254/24 dev br0; ip address add fd09::fe/64 dev br0 nodad');
  await addNeighbour(host, 'one', { bridge: 'br0', ipv4: '10.9.0.1/24', ipv6: 'fd09::1/64', mac: '02:00:00:00:00:01' });
  await addNeighbour(host, 'two', { bridge: 'br0', ipv4: '10.9.0.2/24', ipv6: 'fd09::2/64', mac: '02:00:00:00:00:02' });
}

const linkLocal = (host: string): string => `fe80::ff:fe00:${host}%eth0`;

describeLab('the agent of an endpoint', () => {
  let host: ThrowawayHost;
  let one: Endpoint;
  let two: Endpoint;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await segment(host);
    // Or only the first of a thousand ICMP errors a second is sent.
    await must(host, 'ip netns exec two sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0');
    [one, two] = await Promise.all([
      startEndpoint(host, { namespace: 'one' }),
      startEndpoint(host, { namespace: 'two' }),
    ]);
    expect(await two.listen({ token: 'two', tcp: [80], udp: [53] })).toEqual([]);
  });
  afterAll(() => host.stop());

  const probe = async (each: Probe, timeoutMs = 300) => (await one.probe([each], { timeoutMs }))[0];

  it('finds open what answers, and says who did and whom it saw', async () => {
    const answers = await one.probe([
      { kind: 'tcp', address: '10.9.0.2', port: 80 },
      { kind: 'tcp', address: 'fd09::2', port: 80 },
      { kind: 'tcp', address: linkLocal('2'), port: 80, exchange: false },
      { kind: 'udp', address: '10.9.0.2', port: 53 },
      { kind: 'udp', address: 'fd09::2', port: 53 },
      { kind: 'udp', address: linkLocal('2'), port: 53 },
      { kind: 'icmp', address: '10.9.0.2' },
      { kind: 'icmp', address: 'fd09::2' },
      { kind: 'icmp', address: linkLocal('2') },
    ]);
    const open = { status: 'open', tries: 1, ms: expect.any(Number) };
    const ours = { ...open, who: 'two' };
    expect(answers).toEqual([
      { ...ours, seenFrom: '10.9.0.1' },
      { ...ours, seenFrom: 'fd09::1' },
      open,
      { ...ours, seenFrom: '10.9.0.1' },
      { ...ours, seenFrom: 'fd09::1' },
      { ...ours, seenFrom: 'fe80::ff:fe00:1' },
      { ...open, who: '10.9.0.2' },
      { ...open, who: 'fd09::2' },
      { ...open, who: 'fe80::ff:fe00:2' },
    ]);
    const seen = await two.seen({ clear: true });
    expect(seen).toHaveLength(6);
    expect(seen).toContainEqual({ kind: 'udp', port: 53, from: 'fd09::1', to: 'fd09::2', count: 1, markers: [] });
    expect(await two.seen()).toEqual([]);
  });

  it('answers from the address that was asked', async () => {
    await two.ip('address', 'add', '10.9.0.22/24', 'dev', 'eth0');
    await two.ip('address', 'add', 'fd09::22/64', 'dev', 'eth0', 'nodad');
    // The kernel listens for who looks for a new address when it gets to it.
    for (const address of ['10.9.0.22', 'fd09::22'])
      expect(await probe({ kind: 'udp', address, port: 53 }, 3000)).toMatchObject({ status: 'open', who: 'two' });
  });

  it('tells what is refused from what is lost and what cannot be reached', async () => {
    await must(
      host,
      'ip netns exec two nft -f - <<-EOF\n\ttable inet t { chain c { type filter hook input priority 0; tcp dport 81 drop; udp dport 54 drop; meta l4proto { tcp, udp } th dport 82 reject with icmpx host-unreachable; }; }\nEOF',
    );
    await must(
      host,
      'ip netns exec one nft add table inet t; ip netns exec one nft "add chain inet t o { type filter hook output priority 0; }"; ip netns exec one nft add rule inet t o udp dport 55 drop',
    );
    const answers = await one.probe(
      [
        { kind: 'tcp', address: '10.9.0.2', port: 99 },
        { kind: 'udp', address: 'fd09::2', port: 99 },
        { kind: 'tcp', address: '10.9.0.2', port: 81 },
        { kind: 'udp', address: 'fd09::2', port: 54 },
        { kind: 'icmp', address: '10.9.0.77' },
        { kind: 'tcp', address: '10.9.0.2', port: 82 },
        { kind: 'udp', address: 'fd09::2', port: 82 },
        { kind: 'udp', address: '10.9.0.2', port: 55 },
        { kind: 'tcp', address: '198.51.100.1', port: 1 },
        { kind: 'icmp', address: 'fd77::1' },
        { kind: 'udp', address: '10.9.0.2', port: 53, source: '10.9.0.77' },
        { kind: 'icmp', address: '10.9.0.2', device: 'eth7' },
        { kind: 'tcp', address: 'fe80::1%eth7', port: 1 },
      ],
      { timeoutMs: 150 },
    );
    expect(answers.map(({ status, error = '', tries }) => `${status} ${error} ${tries}`)).toEqual([
      'refused ECONNREFUSED 1',
      'refused ECONNREFUSED 1',
      'timeout  2',
      'timeout  2',
      'timeout  2',
      'unreachable EHOSTUNREACH 1',
      expect.stringMatching(/^unreachable (?:EHOSTUNREACH|EACCES) 1$/u),
      'unreachable EPERM 1',
      'unreachable ENETUNREACH 1',
      'unreachable ENETUNREACH 1',
      'error EADDRNOTAVAIL 1',
      'error ENODEV 1',
      'error no interface with this name 1',
    ]);
  });

  it('makes a thousand probes that are all lost, each tried twice, in about a second', async () => {
    const probes = Array.from({ length: 1000 }, (_, at): Probe => {
      const address = at % 2 === 0 ? '10.9.0.2' : 'fd09::2';
      return [
        { kind: 'tcp', address, port: 81 } as const,
        { kind: 'udp', address, port: 54 } as const,
        { kind: 'icmp', address: `10.9.0.${String(100 + (at % 100))}` } as const,
      ][at % 3] as Probe;
    });
    const begin = performance.now();
    const answers = await one.probe(probes, { timeoutMs: 300, retries: 1 });
    const took = performance.now() - begin;
    process.stderr.write(`1,000 lost probes: ${took.toFixed(0)} ms\n`);
    expect(new Set(answers.map(({ status, tries }) => `${status} ${tries}`))).toEqual(new Set(['timeout 2']));
    expect(took).toBeLessThan(2500);
  });

  it('loses no answer of a thousand, however late it is read', async () => {
    const probes = Array.from({ length: 1000 }, (_, at): Probe => {
      const address = at % 2 === 0 ? '10.9.0.2' : 'fd09::2';
      return [
        { kind: 'tcp', address, port: 80 } as const,
        { kind: 'udp', address, port: 53 } as const,
        { kind: 'icmp', address } as const,
      ][at % 3] as Probe;
    });
    const begin = performance.now();
    const answers = one.probe(probes, { timeoutMs: 300, retries: 0 });
    // Stopped for longer than the time that an answer has.
    await must(host, 'kill -STOP "$1" && sleep 0.5 && kill -CONT "$1"', String(one.pid));
    expect(new Set((await answers).map(({ status }) => status))).toEqual(new Set(['open']));
    process.stderr.write(`1,000 open probes: ${(performance.now() - begin - 500).toFixed(0)} ms\n`);
  });

  it('keeps a connection going, and says how long nothing came', async () => {
    const flow = await one.flow({ address: '10.9.0.2', port: 80 });
    await vi.waitFor(async () => expect((await flow.report()).answered).toBeGreaterThan(20), 10_000);
    const before = await flow.report();
    expect(before).toMatchObject({ state: 'open' });
    await must(host, 'ip link set two down && sleep 0.4 && ip link set two up');
    await vi.waitFor(async () => expect((await flow.report()).answered).toBeGreaterThan(before.answered + 20), 10_000);
    const report = await flow.stop();
    expect(report).toMatchObject({ state: 'ended', error: 'stopped' });
    expect(report.longestGapMs).toBeGreaterThan(350);
    const none = await one.flow({ address: '10.9.0.2', port: 99 });
    expect(await none.report()).toMatchObject({ state: 'ended', error: 'ECONNREFUSED', answered: 0 });
  });

  it('floods, while it does other things', async () => {
    await two.seen({ clear: true });
    const flood = one.flood({ address: '10.9.0.2', port: 53, durationMs: 500, perSecond: 1000, marker: 'flood' });
    expect(await probe({ kind: 'tcp', address: '10.9.0.2', port: 80 }, 3000)).toMatchObject({ status: 'open' });
    const { sent, errors } = await flood;
    expect(errors).toEqual({});
    expect(sent).toBeGreaterThan(350);
    const seen = (await two.seen()).find(({ kind }) => kind === 'udp');
    expect(seen).toMatchObject({ count: sent, markers: ['flood'] });
    const fast = await one.flood({ address: '10.9.0.2', port: 53, durationMs: 300 });
    process.stderr.write(`flood: ${String(fast.perSecond)} a second\n`);
    expect(fast.perSecond).toBeGreaterThan(2000);
  });

  it('says which ports it could not have', async () => {
    await one.listen({ token: 'one', tcp: [7777] });
    const failures = await one.listen({ token: 'one', tcp: [7777] });
    expect(failures).toEqual([4, 6].map((family) => ({ kind: 'tcp', port: 7777, family, error: 'EADDRINUSE' })));
  });

  it('makes a card promiscuous only when told', async () => {
    const promiscuity = async () => (await two.state()).links.find(({ ifname }) => ifname === 'eth0')?.promiscuity;
    const quiet = await two.sniff({ interface: 'eth0' });
    expect(await promiscuity()).toBe(0);
    const loud = await two.sniff({ interface: 'eth0', promiscuous: true });
    expect(await promiscuity()).toBe(1);
    await loud.stop();
    expect(await promiscuity()).toBe(0);
    await quiet.stop();
  });

  it('sees frames that match, with what is known of them', async () => {
    const sniffer = await two.sniff({ interface: 'eth0', ethertype: 0x0806, source: '02:00:00:00:00:01', keep: 1 });
    const victim = { mac: '02:00:00:00:00:02', address: '10.9.0.2' };
    const common = { interface: 'eth0', victim } as const;
    const reports = await one.attack([
      { ...common, attack: 'arp-reply', claim: '10.9.0.50', marker: 'first', repeat: 3 },
      { ...common, attack: 'plain', marker: 'other' },
    ]);
    expect(reports).toEqual([
      { sent: 3, errors: {} },
      { sent: 1, errors: {} },
    ]);
    await vi.waitFor(async () => expect((await sniffer.report()).matched).toBe(3), 10_000);
    const { markers, frames, dropped } = await sniffer.stop();
    expect({ markers, dropped }).toEqual({ markers: { first: 3 }, dropped: 0 });
    expect(frames).toEqual([
      {
        source: '02:00:00:00:00:01',
        destination: '02:00:00:00:00:02',
        ethertype: 0x0806,
        kind: 'host',
        marker: 'first',
        hex: expect.stringMatching(/^0200000000020200000000010806/u),
      },
    ]);
  });

  it('reports what it cannot do, and goes on', async () => {
    await expect(one.sniff({ interface: 'eth7' })).rejects.toThrow('ENODEV');
    await expect(one.listen({ token: 'x', tcp: [-1] })).rejects.toThrow('OverflowError');
    expect(await one.attack([{ attack: 'lldp', interface: 'eth7', marker: 'x' }])).toEqual([
      { sent: 0, errors: { 'no interface with this name': 1 } },
    ]);
    expect(await probe({ kind: 'icmp', address: '10.9.0.2' }, 3000)).toMatchObject({ status: 'open' });
  });
});

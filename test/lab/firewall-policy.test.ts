import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint as Agent } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour, addUplink } from '../../src/lab/network.ts';
import type { Probe, ProbeResult } from '../../src/lab/probes.ts';
import type { HostModel } from '../../src/resolve/model.ts';
import { policyNics, verdict, type Endpoint, type Verdict } from '../../src/resolve/policy.ts';
import { describeHost } from './support/describe-host.ts';
import { bridgeNetfilter, setBridgeNetfilter } from './support/kernel.ts';
import { describeLab } from './support/lab.ts';
import { manyPolicies } from './support/many-policies.ts';
import { initPid, must, rc } from './support/service.ts';

const services = [
  { protocol: 'tcp', port: 22 },
  { protocol: 'tcp', port: 80 },
  { protocol: 'tcp', port: 443 },
  { protocol: 'udp', port: 53 },
  { protocol: 'udp', port: 80 },
  { protocol: 'icmp' },
] as const;

type Service = (typeof services)[number];

function probeOf(service: Service, address: string): Probe {
  return 'port' in service
    ? { kind: service.protocol, address, port: service.port }
    : { kind: service.protocol, address };
}

const near = { four: '192.0.2.20', six: '2001:db8::20' } as const;

describeLab('who reaches whom, as described', () => {
  let host: ThrowawayHost;
  let model: HostModel;
  const agents = new Map<string, Agent>();

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    const through = ['10.0.0.0/16', '198.51.100.0/24'].map((prefix) => `${prefix} via 192.0.2.10`);
    const through6 = ['fd00::/16', '2001:db8:1::/64', '2001:db8:2::/64'].map((prefix) => `${prefix} via 2001:db8::10`);
    await addNeighbour(host, 'near', {
      ipv4: `${near.four}/24`,
      ipv6: `${near.six}/64`,
      routes: [...through, ...through6],
    });
    await must(
      host,
      'echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad; echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad',
    );
    ({ model } = await describeHost(host, manyPolicies));
    for (const { name, service } of model.containers) {
      const answer = await rc(host, service, 'start');
      expect(answer, answer.text).toMatchObject({ exitCode: 0 });
      agents.set(name, await startEndpoint(host, { pid: await initPid(host, name) }));
    }
    agents.set('host', await startEndpoint(host, 'host'));
    agents.set('near', await startEndpoint(host, { namespace: 'near' }));
    const ports = (kind: 'tcp' | 'udp'): readonly number[] =>
      services.flatMap((one) => (one.protocol === kind ? [one.port] : []));
    for (const [name, agent] of agents) {
      expect(await agent.listen({ token: name, tcp: ports('tcp'), udp: ports('udp') })).toEqual([]);
    }
  }, 120_000);
  afterAll(() => host.stop());

  const endpoint = (name: string, family: 4 | 6): Endpoint => {
    if (name === 'host') return { kind: 'host' };
    if (name === 'near') return { kind: 'outside', address: family === 4 ? near.four : near.six };
    return { kind: 'container', name };
  };

  /** The address that `from` calls `to` by; undefined where there is no way at all, or none to ask for. */
  const addressOf = (from: string, to: string, family: 4 | 6): string | undefined => {
    const nics = new Map(policyNics(model).map((nic) => [nic.container.name, nic]));
    const [source_, target] = [nics.get(from), nics.get(to)];
    const own = (name: string): string | undefined =>
      family === 4 ? nics.get(name)?.nic.ipv4?.address : nics.get(name)?.nic.ipv6?.address;
    if (source_ !== undefined && own(from) === undefined) return undefined;
    if (to === 'near') return family === 4 ? near.four : near.six;
    if (to === 'host') return family === 4 ? '192.0.2.10' : '2001:db8::10';
    return target === undefined ? undefined : own(to);
  };

  /** What should have got through and did not is asked once more: on a busy machine an answer may be late. */
  const answersOf = async (
    agent: Agent,
    flows: readonly (Service & { readonly address: string })[],
    verdicts: readonly Verdict[],
  ): Promise<readonly ProbeResult[]> => {
    const probes = flows.map((flow) => probeOf(flow, flow.address));
    const results = await agent.probe(probes, { timeoutMs: 400, retries: 2 });
    const late = results.flatMap(({ status }, at) => (verdicts[at]?.allowed === true && status !== 'open' ? [at] : []));
    const again = await agent.probe(
      late.flatMap((at) => probes[at] ?? []),
      { timeoutMs: 3000, retries: 2 },
    );
    return results.map((result, at) => again[late.indexOf(at)] ?? result);
  };

  /** The rules are to hold whether or not what stays on a bridge passes the host's chains, as Docker has it. */
  const settings = bridgeNetfilter ? (['1', '0'] as const) : ([undefined] as const);
  it.each(settings.flatMap((setting) => ([4, 6] as const).map((family) => ({ family, setting }))))(
    'says of every pair in IPv$family what the description says, with net.bridge.bridge-nf-call-* $setting',
    async ({ family, setting }) => {
      if (setting !== undefined) await must(host, setBridgeNetfilter, setting);
      const wrong: string[] = [];
      let [tried, open] = [0, 0];
      await Promise.all(
        [...agents].map(async ([from, agent]) => {
          const flows = [...agents.keys()]
            .filter((to) => to !== from && !(from === 'near' && to === 'host') && !(from === 'host' && to === 'near'))
            .flatMap((to) => {
              const address = addressOf(from, to, family);
              if (address === undefined) return [];
              return services.map((service) => ({ to, address, ...service }));
            });
          const verdicts = flows.map((flow) =>
            verdict(model, {
              from: endpoint(from, family),
              to: endpoint(flow.to, family),
              protocol: flow.protocol,
              family,
              ...('port' in flow ? { port: flow.port } : {}),
            }),
          );
          const results = await answersOf(agent, flows, verdicts);
          for (const [at, result] of results.entries()) {
            const flow = flows[at];
            const { allowed, because } = verdicts[at] ?? {};
            if (flow === undefined) continue;
            tried += 1;
            if (result.status === 'open') open += 1;
            if ((result.status === 'open') === allowed) continue;
            wrong.push(
              `${from} -> ${flow.to} ${flow.protocol} ${String('port' in flow ? flow.port : '')}: ${result.status}, but ${allowed ? 'allowed' : 'forbidden'}: ${because}`,
            );
          }
        }),
      );
      expect(wrong).toEqual([]);
      // Not all closed, not all open: else nothing is shown.
      expect(open).toBeGreaterThan(tried / 10);
      expect(open).toBeLessThan(tried * 0.9);
    },
    120_000,
  );

  it('lets the host reach its own addresses on the bridges', async () => {
    const own = model.networks.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]).flatMap((one) => one?.address ?? []);
    expect(own).not.toEqual([]);
    const results = await agents.get('host')?.probe(
      own.map((address) => ({ kind: 'tcp', address, port: 22 })),
      { timeoutMs: 400, retries: 1 },
    );
    expect(results?.map(({ status }) => status)).toEqual(own.map(() => 'open'));
  });

  describe('a sealed container', () => {
    const openOf = async (from: string, probes: readonly Probe[]): Promise<readonly Probe[]> => {
      const results = await agents.get(from)?.probe(probes, { timeoutMs: 400, retries: 1 });
      return probes.filter((_, at) => results?.[at]?.status === 'open');
    };
    const linkLocal = async (bridge: string): Promise<string> =>
      (await must(host, 'ip -6 -o address show dev "$1" scope link', bridge)).replace(/^.*inet6 ([^/]+)\/[^]*$/u, '$1');
    const everything = (address: string): readonly Probe[] => services.map((one): Probe => probeOf(one, address));

    it('asks two things of the host, and the host one of it', async () => {
      const gateway = `${await linkLocal('br-sealed')}%eth0`;
      expect(await openOf('tinderbox', everything(gateway))).toEqual([
        { kind: 'tcp', address: gateway, port: 80 },
        { kind: 'udp', address: gateway, port: 53 },
      ]);
      const own = model.containerByName.get('tinderbox')?.nics[0]?.linkLocal ?? '';
      const inside = `${own}%br-sealed`;
      expect(await openOf('host', everything(inside))).toEqual([{ kind: 'tcp', address: inside, port: 22 }]);
    });

    it('gains nothing by addresses and routes that root inside adds', async () => {
      const root = await startEndpoint(host, { pid: await initPid(host, 'tinderbox'), root: true });
      await must(host, 'ip address add 10.0.7.1/24 dev br-sealed; ip address add fd00:7::1/64 dev br-sealed nodad');
      for (const words of [
        ['address', 'add', '10.0.7.9/24', 'dev', 'eth0'],
        ['address', 'add', 'fd00:7::9/64', 'dev', 'eth0', 'nodad'],
        ['route', 'add', 'default', 'via', '10.0.7.1'],
        ['-6', 'route', 'add', 'default', 'via', 'fd00:7::1'],
      ]) {
        expect(await root.ip(...words)).toMatchObject({ exitCode: 0 });
      }
      const all = [
        '10.0.7.1',
        'fd00:7::1',
        '192.0.2.10',
        '2001:db8::10',
        '192.0.2.1',
        '2001:db8::1',
        near.four,
        near.six,
        '10.0.3.13',
        'fd00:0:0:3::d',
      ];
      const probes = all.flatMap((address) => everything(address));
      const results = await root.probe(probes, { timeoutMs: 400, retries: 1 });
      // What the kernel takes the link-local address for may reach what is allowed; nothing else may.
      const open = probes
        .filter((_, at) => results[at]?.status === 'open')
        .map(({ kind, address, port }) => `${kind} ${address} ${String(port)}`);
      expect(open).toEqual([]);
      const inward = ['10.0.7.9', 'fd00:7::9'].flatMap((address) => everything(address));
      expect(await openOf('host', inward)).toEqual([]);
      await root.close();
    });
  });

  it('counts what it drops by container', async () => {
    const text = await must(host, 'nft list set bridge rc-lxc sent_drops');
    expect(text).toMatch(/"tinderbox-eth0" counter packets [1-9]/u);
  });
});

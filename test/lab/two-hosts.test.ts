import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour, addUplink } from '../../src/lab/network.ts';
import type { HostModel, NicModel } from '../../src/resolve/model.ts';
import { modelOf } from '../unit/resolve/support.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { initPid, rc } from './support/service.ts';

/** Two hosts whose containers have the same names, on one wire: each host's differ in number alone. */
const source = (host: string, first: number): string => `
[host]
name = ${host}
uplink = eth0
links = iproute2

[network lan]
type = bridge
ipv4 = 192.0.2.${first}/24
ipv6 = 2001:db8::${first}/64
gateway = 192.0.2.1, 2001:db8::1
ports = eth0
${Array.from({ length: 5 }, (_, at) => `[container web${at}]\nid = ${first + 1 + at}\nnetwork = lan\nipv6 = eui-64\n`).join('\n')}`;

/** The interfaces of a host's containers. */
const nicsOf = (model: HostModel): readonly NicModel[] => model.containers.flatMap(({ nics }) => nics);

describeLab('containers of two hosts on one bridge', () => {
  const other = modelOf(source('beta', 70));
  let host: ThrowawayHost;
  let own: HostModel;
  const endpoints = new Map<string, Endpoint>();
  const endpoint = (name: string): Endpoint => {
    const found = endpoints.get(name);
    if (found === undefined) throw new Error(`no endpoint ${name}`);
    return found;
  };

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host, { unconfigured: true });
    own = (await describeHost(host, source('alpha', 40))).model;
    for (const { name, service } of own.containers) {
      const started = await rc(host, service, 'start');
      expect(started, started.text).toMatchObject({ exitCode: 0 });
      endpoints.set(`alpha ${name}`, await startEndpoint(host, { pid: await initPid(host, name), root: true }));
    }
    // The other host's containers hang on this one's bridge by ports that are not in its description, as guests of KVM do.
    for (const [at, nic] of nicsOf(other).entries()) {
      const name = `beta${at}`;
      const addresses = { ipv4: `${nic.ipv4?.address}/24`, ipv6: `${nic.ipv6?.address}/64`, mac: nic.mac };
      await addNeighbour(host, name, { bridge: 'br-lan', ...addresses });
      endpoints.set(`beta web${at}`, await startEndpoint(host, { namespace: name }));
    }
    for (const [token, one] of endpoints) await one.listen({ token, tcp: [80], udp: [53] });
  });
  afterAll(() => host.stop());

  it('have hardware and IPv6 addresses of their own, though their names are the same', () => {
    const both = [...nicsOf(own), ...nicsOf(other)];
    expect(new Set(both.map(({ mac }) => mac)).size).toBe(10);
    expect(new Set(both.flatMap(({ senders6 }) => senders6)).size).toBe(20);
  });

  it('reach each other, on either host and across', async () => {
    const targets = [...nicsOf(own), ...nicsOf(other)].flatMap((nic) => [
      nic.ipv4?.address ?? '',
      nic.ipv6?.address ?? '',
    ]);
    const probes = targets.flatMap((address) => [
      { kind: 'tcp', address, port: 80 } as const,
      { kind: 'udp', address, port: 53 } as const,
      { kind: 'icmp', address } as const,
    ]);
    for (const [name, one] of endpoints) {
      const results = await one.probe(probes, { timeoutMs: 1000, retries: 3 });
      const lost = results.flatMap(({ status }, at) =>
        status === 'open' ? [] : [`${name}: ${JSON.stringify(probes[at])} ${status}`],
      );
      expect(lost).toEqual([]);
    }
  });

  it('cannot take an address of the other host’s, while ports that are not described are left alone', async () => {
    const victim = nicsOf(other)[0];
    const target = nicsOf(other)[1];
    if (victim?.ipv4 === undefined || target?.ipv4 === undefined) throw new Error('no victim');
    const at = { mac: target.mac, address: target.ipv4.address };
    const forged = (marker: string) =>
      ({
        attack: 'foreign-ipv4',
        interface: 'eth0',
        marker,
        source: victim.ipv4?.address ?? '',
        victim: at,
        port: 53,
      }) as const;
    await endpoint('beta web1').seen({ clear: true });
    await endpoint('alpha web0').attack([forged('from-alpha')]);
    await endpoint('beta web2').attack([forged('from-beta')]);
    await expect
      .poll(async () => (await endpoint('beta web1').seen()).flatMap(({ markers }) => markers))
      .toContain('from-beta');
    expect((await endpoint('beta web1').seen()).flatMap(({ markers }) => markers)).not.toContain('from-alpha');
  });

  it('go on when the bridge is restarted under them', async () => {
    const restarted = await rc(host, 'rc-lxc-link.br-lan', 'restart');
    expect(restarted, restarted.text).toMatchObject({ exitCode: 0 });
    const results = await endpoint('alpha web0').probe(
      [...nicsOf(own), ...nicsOf(other)]
        .slice(1)
        .map((nic) => ({ kind: 'tcp', address: nic.ipv4?.address ?? '', port: 80 }) as const),
      { timeoutMs: 1000, retries: 3 },
    );
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 'open'));
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour, addUplink } from '../../src/lab/network.ts';
import { makeBusyboxRootfs } from '../../src/lab/guest.ts';
import { installShell } from '../../src/lab/install.ts';
import { checkout, describeLab } from './support/lab.ts';
import { initPid, must, rc } from './support/service.ts';

/** For every kind of interface one container that is limited, and one that is not. */
const source = `[host]
name = excelsior
uplink = eth0
links = iproute2

[network internal]
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
nat = yes

[network closed]
ipv4 = 10.0.4.1/24
ipv6 = fd00:0:0:4::1/64

[network edge]
type = routed
ipv4 = 10.0.5.0/24
ipv6 = fd00:0:0:5::/64

[network card]
type = macvlan
mode = private
parent = eth0
ipv4 = 192.0.2.0/24
ipv6 = 2001:db8::/64

[profile limited]
allow-in = 10.9.9.9
allow-out = 10.9.9.9

[container bridged]
id = 11
use = limited
network = internal

[container plain]
id = 12
network = internal

[container shut]
id = 13
network = closed

[container lone]
id = 21
use = limited
network = edge

[container open]
id = 22
network = edge

[container wired]
id = 31
use = limited
network = card
`;

const addresses = {
  host: ['10.0.3.1', 'fd00:0:0:3::1'],
  near: ['192.0.2.20', '2001:db8::20'],
  bridged: ['10.0.3.11', 'fd00:0:0:3::b'],
  plain: ['10.0.3.12', 'fd00:0:0:3::c'],
  shut: ['10.0.4.13', 'fd00:0:0:4::d'],
  lone: ['10.0.5.21', 'fd00:0:0:5::15'],
  open: ['10.0.5.22', 'fd00:0:0:5::16'],
  wired: ['192.0.2.31', '2001:db8::1f'],
} as const;
type Name = keyof typeof addresses;
const containers = ['bridged', 'plain', 'shut', 'lone', 'open', 'wired'] as const;

/** Who sends, to whom, and of whom the packets are counted: as sent, as received. */
const flows: readonly (readonly [from: Name, to: Name, sent: readonly Name[], received: readonly Name[]])[] = [
  ['bridged', 'plain', ['bridged'], ['plain']],
  ['plain', 'bridged', ['plain'], ['bridged']],
  ['bridged', 'host', ['bridged'], []],
  ['host', 'bridged', [], ['bridged']],
  ['bridged', 'near', ['bridged'], []],
  ['near', 'bridged', [], ['bridged']],
  ['near', 'plain', [], ['plain']],
  ['plain', 'shut', ['plain'], ['shut']],
  ['shut', 'near', ['shut'], []],
  ['near', 'shut', [], ['shut']],
  ['lone', 'host', ['lone'], []],
  ['host', 'lone', [], ['lone']],
  ['lone', 'near', ['lone'], []],
  ['near', 'lone', [], ['lone']],
  ['open', 'lone', ['open'], ['lone']],
  ['open', 'plain', ['open'], ['plain']],
  ['plain', 'lone', ['plain'], ['lone']],
  ['wired', 'near', ['wired'], []],
  ['near', 'wired', [], ['wired']],
];

interface Drops {
  readonly sent: number;
  readonly received: number;
}

describeLab('packets that are dropped are counted', () => {
  let host: ThrowawayHost;
  const agents = new Map<string, Endpoint>();
  let last: ReadonlyMap<string, Drops>;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    await addNeighbour(host, 'near', {
      ipv4: '192.0.2.20/24',
      ipv6: '2001:db8::20/64',
      routes: ['10.0.0.0/16 via 192.0.2.10', 'fd00::/16 via 2001:db8::10'],
    });
    await installShell(host, checkout);
    await host.writeFile('/etc/rc-lxc/host.ini', source);
    for (const name of containers) makeBusyboxRootfs(host, name, { init: 'instant' });
    await must(host, '"$1" apply', `${checkout}/bin/rc-lxc`);
    for (const name of containers) {
      const answer = await rc(host, `lxc.${name}`, 'start');
      expect(answer, answer.text).toMatchObject({ exitCode: 0 });
      agents.set(name, await startEndpoint(host, { pid: await initPid(host, name) }));
    }
    agents.set('host', await startEndpoint(host, 'host'));
    agents.set('near', await startEndpoint(host, { namespace: 'near' }));
    // Duplicate address detection takes its second.
    await must(host, 'sleep 2');
    last = await counted(['status']);
  }, 60_000);
  afterAll(() => host.stop());

  const counted = async (command: readonly string[]): Promise<ReadonlyMap<string, Drops>> => {
    const { stdout } = await host.run([`${checkout}/bin/rc-lxc`, ...command, '--json'], { timeoutMs: 60_000 });
    const json = JSON.parse(stdout) as {
      readonly containers?: readonly { readonly name: string; readonly drops: Drops }[];
      readonly drops?: Readonly<Record<string, Drops>>;
    };
    return json.containers === undefined
      ? new Map(Object.entries(json.drops ?? {}))
      : new Map(json.containers.map(({ name, drops }) => [name, drops]));
  };

  /** What is counted of each more after than before. */
  const since = (before: ReadonlyMap<string, Drops>, after: ReadonlyMap<string, Drops>): readonly string[] =>
    [...after].flatMap(([name, now]) => {
      const was = before.get(name) ?? { sent: 0, received: 0 };
      const sides = [
        { more: now.sent - was.sent, text: `from ${name}` },
        { more: now.received - was.received, text: `to ${name}` },
      ];
      return sides.filter(({ more }) => more !== 0).map(({ more, text }) => `${String(more)} ${text}`);
    });

  describe.each([4, 6] as const)('in IPv%i', (family) => {
    it.each(flows)('from %s to %s', async (from, to, sent, received) => {
      const address = addresses[to][family === 4 ? 0 : 1];
      // A try each, without an answer: one packet.
      const probes = [9, 10, 11].map((port) => ({ kind: 'udp', address, port }) as const);
      const results = await agents.get(from)?.probe(probes, { timeoutMs: 300, retries: 0 });
      expect(results?.filter(({ status }) => status === 'open' || status === 'refused')).toEqual([]);
      const before = last;
      last = await counted(['status']);
      const expected = [...sent.map((name) => `3 from ${name}`), ...received.map((name) => `3 to ${name}`)];
      expect(since(before, last).toSorted()).toEqual(expected.toSorted());
    });
  });

  it('are the same in both commands', async () => {
    expect(last.size).toBe(containers.length);
    expect(await counted(['firewall', '--live'])).toEqual(last);
  });
});

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addUplink } from '../../src/lab/network.ts';
import { linkInside } from './support/containers.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab, installNftablesService } from './support/lab.ts';
import { initPid, lxcState, must, rc, until } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';

const source = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network internal]
type = bridge
ipv4 = 10.0.3.1/24

[network edge]
type = routed
ipv4 = 198.51.100.0/24
ipv6 = 2001:db8:1::/64

[network fast]
type = macvlan
parent = eth0
mode = private
ipv4 = 192.0.2.0/24
ipv6 = 2001:db8::/64
gateway = 192.0.2.1, 2001:db8::1

[profile limited]
user-namespace = no
allow-in = 192.0.2.1:80/tcp, [2001:db8::1]:80/tcp
allow-out = 192.0.2.1:80/tcp, [2001:db8::1]:80/tcp

[container bridged]
id = 11
network = internal
use = limited

[container beside]
id = 12
user-namespace = no
network = internal

[container routed]
id = 13
network = edge
use = limited

[container mac]
id = 41
network = fast
use = limited
`;

const names = ['bridged', 'beside', 'routed', 'mac'] as const;
const addresses = {
  bridged: '10.0.3.11',
  routed: '198.51.100.13',
  routed6: '2001:db8:1::d',
  mac: '192.0.2.41',
  mac6: '2001:db8::29',
};
const rules = '/etc/rc-lxc/nftables.nft';
const conf = '/etc/conf.d/rc-lxc-nft';
const held = '/run/rc-lxc-nft/held';
const filters = 'tc qdisc show | grep -c clsact || true';
const loaded = 'nft list table inet rc-lxc && nft list table bridge rc-lxc && nft list table netdev rc-lxc-eth0';
const started = '[ -e /run/openrc/started/rc-lxc-nft ]';

/** Who may not send to whom: in each network out of a container, into one, and between two. */
const forbidden = [
  ['bridged', '192.0.2.1'],
  ['routed', '192.0.2.1'],
  ['routed', '2001:db8::1'],
  ['mac', '192.0.2.1'],
  ['mac', '2001:db8::1'],
  ['beside', addresses.bridged],
  ['outside', addresses.bridged],
  ['outside', addresses.routed],
  ['outside', addresses.routed6],
  ['outside', addresses.mac],
  ['outside', addresses.mac6],
  ['host', addresses.bridged],
  ['host', addresses.routed],
] as const;

const inEveryShell = (shell: Shell) => (): void => {
  let host: ThrowawayHost;
  const agents = new Map<string, Endpoint>();
  const at = (name: string): Endpoint => {
    const agent = agents.get(name);
    if (agent === undefined) throw new Error(name);
    return agent;
  };

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    const uplink = await addUplink(host);
    await installNftablesService(host);
    linkInside(host, '/etc/runlevels/default/nftables', '/etc/init.d/nftables');
    await describeHost(host, source);
    for (const route of [
      '10.0.3.0/24 via 192.0.2.10',
      '198.51.100.0/24 via 192.0.2.10',
      '2001:db8:1::/64 via 2001:db8::10',
    ])
      await uplink.run(['ip', 'route', 'add', ...route.split(' ')]);
    for (const name of names) {
      const answer = await rc(host, `lxc.${name}`, 'start');
      expect(answer, answer.text).toMatchObject({ exitCode: 0 });
      agents.set(name, await startEndpoint(host, { pid: await initPid(host, name) }));
    }
    agents.set('outside', await startEndpoint(host, { namespace: uplink.namespace }));
    agents.set('host', await startEndpoint(host, 'host'));
    for (const [name, agent] of agents) expect(await agent.listen({ token: name, tcp: [80], udp: [9] })).toEqual([]);
    // Duplicate address detection in the guests takes its second.
    await must(host, 'sleep 2');
  });
  afterAll(() => host.stop());
  afterEach(async () => {
    await must(host, ': >"$1"', conf);
    await describeHost(host, source);
    for (const service of ['nftables', 'rc-lxc-nft']) await rc(host, service, ['--ifnotstarted', 'start']);
    await until(host, `${started} && ${loaded}`);
    expect(await must(host, filters)).toBe('0');
    expect(await host.exists(held)).toBe(false);
  });

  /** Floods from everybody to whom he may not reach, while something is done; gives who was reached after all. */
  const floodDuring = async (durationMs: number, act: () => Promise<unknown>): Promise<readonly string[]> => {
    await Promise.all([...agents.values()].map((agent) => agent.seen({ clear: true })));
    const floods = forbidden.map(async ([from, address]) =>
      at(from).flood({ address, port: 9, durationMs, perSecond: 300 }),
    );
    await act();
    for (const { sent } of await Promise.all(floods)) expect(sent).toBeGreaterThan(10);
    const seen = await Promise.all([...agents.values()].map((agent) => agent.seen()));
    const reached = new Set(seen.flat().flatMap(({ kind, to }) => (kind === 'udp' ? [to] : [])));
    return [...reached].toSorted();
  };
  const flows = async () =>
    Promise.all([
      at('bridged').flow({ address: '192.0.2.1', port: 80 }),
      at('routed').flow({ address: '192.0.2.1', port: 80 }),
      at('routed').flow({ address: '2001:db8::1', port: 80 }),
      at('mac').flow({ address: '192.0.2.1', port: 80 }),
      at('mac').flow({ address: '2001:db8::1', port: 80 }),
      at('outside').flow({ address: addresses.routed, port: 80 }),
      at('outside').flow({ address: addresses.mac6, port: 80 }),
      at('host').flow({ address: '192.0.2.1', port: 80 }),
    ]);
  const restart = async (): Promise<void> => {
    const answer = await rc(host, 'nftables', 'restart');
    expect(answer, answer.text).toMatchObject({ exitCode: 0 });
    await until(host, started);
  };
  const everyone = [...new Set(forbidden.map(([, address]) => address))].toSorted();

  it('are held while the nftables service restarts, and connections go on', async () => {
    const going = await flows();
    const reached = await floodDuring(4000, async () => {
      await restart();
      await restart();
    });
    expect(reached).toEqual([]);
    for (const flow of going) {
      const before = await flow.report();
      expect(before).toMatchObject({ state: 'open' });
      await must(host, 'sleep 0.3');
      const { answered, longestGapMs } = await flow.stop();
      expect(answered).toBeGreaterThan(before.answered);
      expect(longestGapMs).toBeLessThan(3000);
    }
  });

  it('pass where holding is switched off', async () => {
    await host.writeFile(conf, 'rc_lxc_nft_hold=no\n');
    expect(await floodDuring(4000, restart)).toEqual(everyone);
  });

  // What follows differs little between shells.
  if (shell !== shells[0]) return;

  it('stay held when the rules do not load, until they do, and no container comes in between', async () => {
    const text = await host.readFile(rules);
    const reached = await floodDuring(5000, async () => {
      expect(await rc(host, 'nftables', 'stop')).toMatchObject({ exitCode: 0 });
      await host.writeFile(rules, 'nonsense\n');
      const answer = await rc(host, 'rc-lxc-nft', 'start');
      expect(answer).toMatchObject({ exitCode: 1, text: expect.stringContaining('rc-service rc-lxc-nft release') });
      expect((await rc(host, 'rc-lxc-nft', 'status')).text).toContain('is held until the rules are loaded');
      // Whoever is root inside can have his carrier go and come.
      await at('beside').ip('link', 'set', 'eth0', 'down');
      await at('beside').ip('link', 'set', 'eth0', 'up');
      expect(await rc(host, 'lxc.beside', 'restart')).toMatchObject({ exitCode: 1 });
    });
    expect(reached).toEqual([]);
    expect(await lxcState(host, 'beside')).toBe('RUNNING');
    await host.writeFile(rules, text);
    expect(await rc(host, 'rc-lxc-nft', 'start')).toMatchObject({ exitCode: 0 });
    expect((await at('bridged').probe([{ kind: 'tcp', address: '192.0.2.1', port: 80 }]))[0]?.status).toBe('open');
  });

  it('are held from the first moment of a container that was on its way', async () => {
    expect(await rc(host, 'nftables', 'stop')).toMatchObject({ exitCode: 0 });
    const made = 'ip link add beside-new type veth peer name other && /bin/sh /usr/libexec/rc-lxc/veth.sh';
    await must(host, `${made} beside-new - - - -`);
    expect(await must(host, 'tc filter show dev beside-new ingress; tc filter show dev beside-new egress')).toContain(
      'bytecode',
    );
    await until(host, '[ -e /run/openrc/scheduled/nftables/rc-lxc-nft ]');
    expect(await rc(host, 'nftables', 'start')).toMatchObject({ exitCode: 0 });
    await until(host, `${started} && ! [ -e ${held} ]`);
    expect(await must(host, 'tc filter show dev beside-new ingress')).toBe('');
    await must(host, 'ip link delete beside-new');
  });

  it('are held when the service is stopped by hand, and pass when they are told to', async () => {
    const answer = await rc(host, 'rc-lxc-nft', 'stop');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringContaining('rc-service rc-lxc-nft release') });
    expect(await floodDuring(500, () => Promise.resolve())).toEqual([]);
    expect(await rc(host, 'rc-lxc-nft', 'release')).toMatchObject({ exitCode: 0 });
    expect(await must(host, filters)).toBe('0');
    expect(await floodDuring(500, () => Promise.resolve())).toEqual(everyone);
  });

  it('pass when the service is stopped by hand, where only the nftables service is followed', async () => {
    await host.writeFile(conf, 'rc_lxc_nft_hold=follow\n');
    expect(await floodDuring(4000, restart)).toEqual([]);
    expect(await rc(host, 'rc-lxc-nft', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await must(host, filters)).toBe('0');
  });

  it('are held when another program removes the rules and they do not load again', async () => {
    await must(host, 'mv /run/rc-lxc-nft/loaded /run/loaded; echo nonsense >/run/rc-lxc-nft/loaded; nft flush ruleset');
    // The lock is held until everything is.
    await until(host, `[ -s ${held} ] && flock /run/rc-lxc-nft/lock true`);
    expect(await floodDuring(500, () => Promise.resolve())).toEqual([]);
    expect((await rc(host, 'rc-lxc-nft', 'status')).exitCode).toBe(32);
    await must(host, 'rm /run/loaded');
    expect(await rc(host, 'rc-lxc-nft', 'reload')).toMatchObject({ exitCode: 0 });
  });

  it('leave filters alone that someone else has put there', async () => {
    const others = "filter add dev bridged-eth0 ingress pref 7 protocol all bpf bytecode '1,6 0 0 0'";
    await must(host, `tc qdisc add dev bridged-eth0 clsact && tc ${others}`);
    const before = await must(host, 'tc filter show dev bridged-eth0 ingress');
    expect(await floodDuring(4000, restart)).toEqual([]);
    await until(host, `! [ -e ${held} ]`);
    expect(await must(host, 'tc filter show dev bridged-eth0 ingress')).toBe(before);
    await must(host, 'tc qdisc del dev bridged-eth0 clsact');
  });

  it('are held by taking interfaces down where there are no filters, and everything is back after', async () => {
    const state = async (): Promise<string> =>
      must(
        host,
        '{ ip -o address show dev routed-eth0; ip route; ip -6 route show dev routed-eth0; ip neighbor show proxy; } | sort',
      );
    const before = await state();
    await must(host, 'mv "$(command -v tc)" /run/tc');
    try {
      await at('outside').seen({ clear: true });
      expect(await rc(host, 'rc-lxc-nft', 'stop')).toMatchObject({
        exitCode: 0,
        text: expect.stringContaining('nothing is held of what containers do on: eth0'),
      });
      expect(await must(host, 'cat "$1"', held)).toBe('bridged-eth0 down\nbeside-eth0 down\nrouted-eth0 down');
      expect(await rc(host, 'rc-lxc-nft', 'start')).toMatchObject({ exitCode: 0 });
    } finally {
      await must(host, 'mv /run/tc /usr/sbin/tc');
    }
    await until(host, '[ "$(cat /sys/class/net/routed-eth0/operstate)" = up ]');
    expect(await state()).toBe(before);
    for (const name of ['bridged', 'routed'])
      expect((await at(name).probe([{ kind: 'tcp', address: '192.0.2.1', port: 80 }]))[0]?.status, name).toBe('open');
  });
};

for (const shell of shells)
  describeLab(`the containers’ packets while no rules are loaded, under ${shell}`, inEveryShell(shell));

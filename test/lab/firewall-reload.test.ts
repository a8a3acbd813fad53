import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addUplink } from '../../src/lab/network.ts';
import { describeHost, rewrite } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { initPid, lxcState, must, rc, until } from './support/service.ts';

const source = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network internal]
type = bridge
ipv4 = 10.0.3.1/24
nat = yes

[network fast]
type = macvlan
parent = eth1
ipv4 = 192.168.9.0/24

[container web]
id = 11
network = internal
allow-in = client:80/tcp, client:7/udp

[container client]
id = 12
network = internal
allow-out = web, outside:80/tcp

[container mac]
id = 13
network = fast
allow-in = any:80/tcp
`;

const rules = '/etc/rc-lxc/nftables.nft';
const cardRules = '/etc/rc-lxc/nftables-eth1.nft';

describeLab('the firewall while packets pass', () => {
  let host: ThrowawayHost;
  let web: Endpoint;
  let client: Endpoint;
  let outside: Endpoint;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    const uplink = await addUplink(host);
    for (const words of ['link add eth1 type veth peer name wire1', 'link set eth1 up', 'link set wire1 up'])
      await host.run(['ip', ...words.split(' ')]);
    await describeHost(host, source);
    for (const name of ['web', 'client']) {
      const answer = await rc(host, `lxc.${name}`, 'start');
      expect(answer, answer.text).toMatchObject({ exitCode: 0 });
    }
    web = await startEndpoint(host, { pid: await initPid(host, 'web') });
    client = await startEndpoint(host, { pid: await initPid(host, 'client') });
    outside = await startEndpoint(host, { namespace: uplink.namespace });
    expect(await web.listen({ token: 'web', tcp: [80, 443], udp: [7, 9] })).toEqual([]);
    expect(await outside.listen({ token: 'outside', tcp: [80], udp: [9] })).toEqual([]);
  });
  afterAll(() => host.stop());

  it.each([
    ['reload', 'rc-service rc-lxc-nft reload'],
    ['restart', 'rc-service rc-lxc-nft restart'],
  ])('lets connections go on over a %s, and nothing through in between', async (_, command) => {
    const flows = await Promise.all([
      client.flow({ address: '10.0.3.11', port: 80 }),
      client.flow({ address: '192.0.2.1', port: 80 }),
    ]);
    await Promise.all([web.seen({ clear: true }), outside.seen({ clear: true })]);
    const floods = [
      client.flood({ address: '10.0.3.11', port: 7, durationMs: 2000, perSecond: 2000 }),
      client.flood({ address: '192.0.2.1', port: 9, durationMs: 2000, perSecond: 5000 }),
    ];
    for (let round = 0; round < 5; round += 1) await must(host, command);
    const [allowed, forbidden] = await Promise.all(floods);
    const passed = (await web.seen()).reduce((sum, { port, count }) => sum + (port === 7 ? count : 0), 0);
    expect(allowed?.sent).toBeGreaterThan(1000);
    // A datagram or two may find the old rules with the new sets, and is dropped; what does not fit a buffer is, too.
    expect(passed).toBeGreaterThan(0.95 * (allowed?.sent ?? 0));
    expect(forbidden?.sent).toBeGreaterThan(1000);
    expect((await outside.seen()).filter(({ kind }) => kind === 'udp')).toEqual([]);
    for (const flow of flows) {
      const report = await flow.report();
      await flow.stop();
      expect(report).toMatchObject({ state: 'open' });
      expect(report.longestGapMs).toBeLessThan(500);
    }
  });

  it('lets answers over UDP come after a reload to what was asked before', async () => {
    const answers = 'nft list set bridge rc-lxc udp_asked4';
    expect((await client.probe([{ kind: 'udp', address: '10.0.3.11', port: 7 }]))[0]).toMatchObject({ status: 'open' });
    const before = await must(host, `${answers} | grep -c expires`);
    expect(await rc(host, 'rc-lxc-nft', 'reload')).toMatchObject({ exitCode: 0 });
    expect(await must(host, `${answers} | grep -c expires`)).toBe(before);
    expect(await must(host, answers)).toContain('10.0.3.11 . 7 . 10.0.3.12 .');
  });

  it('leaves those answers where they are, and all else becomes what a load from nothing makes of it', async () => {
    const flow = '{ 10.0.3.11 . 7 . 10.0.3.12 . 4242 expires 50s }';
    await must(host, `nft add element bridge rc-lxc udp_asked4 '${flow}'`);
    const numbered = async (what: string): Promise<string> =>
      must(host, `nft -a list table bridge rc-lxc | grep "${what} .* # handle"`);
    const [kept, made] = [await numbered('set udp_asked4'), await numbered('set port_macs')];
    await must(host, 'nft insert rule bridge rc-lxc forward accept; nft add chain bridge rc-lxc mine');
    await rewrite(host, source.replace('client:7/udp', 'client:9/udp, any:22/tcp'), rules);
    expect(await rc(host, 'rc-lxc-nft', 'reload')).toMatchObject({ exitCode: 0 });
    expect(await numbered('set udp_asked4')).toBe(kept);
    expect(await numbered('set port_macs')).not.toBe(made);
    expect(await must(host, 'nft list set bridge rc-lxc udp_asked4')).toContain('10.0.3.12 . 4242');
    await must(host, 'nft delete chain bridge rc-lxc mine');
    const all =
      'nft flush set bridge rc-lxc udp_asked4; nft -s list table bridge rc-lxc; nft -s list table inet rc-lxc';
    const around = await must(host, all);
    expect(around).toContain('dport');
    expect(await rc(host, 'rc-lxc-nft', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, 'rc-lxc-nft', 'start')).toMatchObject({ exitCode: 0 });
    const sorted = (text: string): readonly string[] => text.split('\n').toSorted();
    expect(sorted(await must(host, all))).toEqual(sorted(around));
    await rewrite(host, source, rules);
    expect(await rc(host, 'rc-lxc-nft', 'reload')).toMatchObject({ exitCode: 0 });
  });

  it('removes a table that the new description has not, and brings one that it has', async () => {
    const before = await must(host, 'nft list tables');
    expect(before).toContain('table netdev rc-lxc-eth1');
    const text = await host.readFile(cardRules);
    await must(host, 'rm "$1"', cardRules);
    expect(await rc(host, 'rc-lxc-nft', 'reload')).toMatchObject({ exitCode: 0 });
    expect(await must(host, 'nft list tables')).not.toContain('netdev');
    await host.writeFile(cardRules, text);
    expect(await rc(host, 'rc-lxc-nft', 'reload')).toMatchObject({ exitCode: 0 });
    expect(await must(host, 'nft list tables | sort')).toBe(before.split('\n').toSorted().join('\n'));
  });

  it('loads the rules of a card that was away when a container on it starts', async () => {
    await must(host, 'ip link delete eth1');
    const answer = await rc(host, 'rc-lxc-nft', 'reload');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringContaining('The network card eth1 is not there') });
    expect(await rc(host, 'lxc.mac', 'start')).toMatchObject({ exitCode: 1 });
    await must(host, 'ip link add eth1 type veth peer name wire1; ip link set eth1 up; ip link set wire1 up');
    const started = await rc(host, 'lxc.mac', 'start');
    expect(started, started.text).toMatchObject({ exitCode: 0 });
    expect(await must(host, 'nft list chain netdev rc-lxc-eth1 egress')).toContain('hook egress');
  });

  it('does not let a container start whose own element is not loaded', async () => {
    const text = await host.readFile(rules);
    expect(await rc(host, 'lxc.client', 'stop')).toMatchObject({ exitCode: 0 });
    await host.writeFile(rules, text.replaceAll('"client-eth0"', '"other-eth0"'));
    await must(host, 'rc-service rc-lxc-nft reload');
    const answer = await rc(host, 'lxc.client', 'start');
    expect(answer).toMatchObject({ exitCode: 1, text: expect.stringContaining('"client-eth0" in its set port_names') });
    expect(await lxcState(host, 'client')).toBe('STOPPED');
    // What is put right is loaded at the next start, without more ado.
    await rewrite(host, source, rules);
    expect(await rc(host, 'lxc.client', 'start')).toMatchObject({ exitCode: 0 });
  });

  it.each(['bridge rc-lxc', 'inet rc-lxc', 'netdev rc-lxc-eth1'])(
    'has table %s back when another program deletes it',
    async (table) => {
      await must(host, `nft delete table ${table}`);
      await until(host, `nft list table ${table}`, 5);
      expect(await rc(host, 'rc-lxc-nft', 'status')).toMatchObject({ exitCode: 0 });
    },
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { leftovers } from '../../src/lab/leftovers.ts';
import { addNeighbour, addUplink, type Neighbour, type Uplink } from '../../src/lab/network.ts';
import { linkInside } from './support/containers.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab, installNftablesService } from './support/lab.ts';
import { defaultRoute, pings, pingsFrom, reaches } from './support/networks.ts';
import { advertiseRouter } from './support/router-advertisement.ts';
import { initPid, killNoted, lxcState, must, rc, rcStatus, until } from './support/service.ts';

const source = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network internal]
type = bridge
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
nat = yes

[container web1]
id = 11
network = internal

[container web2]
id = 12
network = internal
`;

const rules = '/etc/rc-lxc/nftables.nft';
const saved = '/var/lib/nftables/rules-save';

/** The table as nft prints it, without counters. */
const table = (host: ThrowawayHost): Promise<string> => must(host, 'nft -s list table inet rc-lxc');
const isLoaded = 'nft list table inet rc-lxc';

describeLab('forwarding and address translation', () => {
  let host: ThrowawayHost;
  let uplink: Uplink;
  let near: Neighbour;
  let loaded: string;
  let pid: number;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    uplink = await addUplink(host);
    near = await addNeighbour(host, 'near', {
      ipv4: '192.0.2.20/24',
      ipv6: '2001:db8::20/64',
      routes: ['10.0.3.0/24 via 192.0.2.10', 'fd00:0:0:3::/64 via 2001:db8::10'],
    });
    await installNftablesService(host);
    await host.writeFile(
      saved,
      'table inet theirs {\n\tchain input {\n\t\ttype filter hook input priority 0;\n\t}\n}\n',
    );
    linkInside(host, '/etc/runlevels/default/nftables', '/etc/init.d/nftables');
    await describeHost(host, source);
    expect(await rc(host, 'nftables', 'start')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, 'lxc.web1', 'start')).toMatchObject({ exitCode: 0 });
    loaded = await table(host);
    pid = await initPid(host, 'web1');
  });
  afterAll(() => host.stop());

  /** The container has gone on meanwhile, and its packets come back. */
  const expectThrough = async (): Promise<void> => {
    expect(await pingsFrom(host, 'web1', uplink.routerIpv4)).toBe(true);
    expect(await pingsFrom(host, 'web1', uplink.routerIpv6)).toBe(true);
    expect(await initPid(host, 'web1')).toBe(pid);
    expect(await rcStatus(host, 'lxc.web1')).toMatch(/^started/u);
  };

  const expectLoaded = async (): Promise<void> => {
    await until(host, isLoaded, 5);
    expect(await table(host)).toBe(loaded);
    expect(await rc(host, 'rc-lxc-nft', 'status')).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('status: started'),
    });
    expect(await must(host, 'nft list table inet theirs')).toContain('hook input');
  };

  const expectNotSaved = async (): Promise<void> => {
    const text = await host.readFile(saved);
    expect(text).toContain('table inet theirs');
    expect(text).not.toContain('rc-lxc');
  };

  it('lets a container out under the host’s address, to IPv4 and IPv6', async () => {
    await expectLoaded();
    // Nobody outside knows the way to the container: what comes back was sent to the host.
    for (const family of ['-4', '-6']) {
      const { stdout } = await uplink.run(['ip', family, 'route', 'show']);
      expect(stdout).not.toMatch(/10\.0\.3\.|fd00:/u);
    }
    await expectThrough();
  });

  it('lets nobody in who has a route', async () => {
    expect(await reaches(host, near, '192.0.2.10')).toBe(true);
    for (const address of ['10.0.3.11', 'fd00:0:0:3::b']) {
      expect(await pings(host, address)).toBe(true);
      const result = await near.run(['busybox', 'ping', '-c2', '-i0.2', '-W1', address]);
      expect(result).toMatchObject({ exitCode: 1 });
    }
  });

  it('sets the kernel’s parameters', async () => {
    const values = 'cd /proc/sys/net; cat ipv4/ip_forward ipv6/conf/eth0/accept_ra ipv6/conf/all/forwarding';
    expect(await must(host, values)).toBe('1\n2\n1');
  });

  it.each(['reload', 'restart'])('changes nothing at %s, however often', async (command) => {
    for (let round = 0; round < 3; round += 1) {
      expect(await rc(host, 'rc-lxc-nft', command)).toMatchObject({ exitCode: 0 });
      await expectLoaded();
    }
    await expectThrough();
  });

  it('survives a restart of the distribution’s nftables, and is not saved by it', async () => {
    expect(await rc(host, 'nftables', 'restart')).toMatchObject({ exitCode: 0 });
    await until(host, '[ -e /run/openrc/started/rc-lxc-nft ]');
    await expectLoaded();
    await expectNotSaved();
    await expectThrough();
  });

  it('comes back after the distribution’s nftables was stopped and started', async () => {
    expect(await rc(host, 'nftables', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await must(host, 'nft list ruleset')).toBe('');
    await expectNotSaved();
    expect(await initPid(host, 'web1')).toBe(pid);
    expect(await rc(host, 'nftables', 'start')).toMatchObject({ exitCode: 0 });
    await until(host, '[ -e /run/openrc/started/rc-lxc-nft ]');
    await expectLoaded();
    await expectThrough();
  });

  it.each([
    { what: 'nftables reloads', command: 'rc-service nftables reload' },
    { what: 'somebody flushes the rule set', command: 'nft flush ruleset; nft -f /var/lib/nftables/rules-save' },
    { what: 'somebody deletes the table', command: 'nft delete table inet rc-lxc' },
  ])('is loaded again when $what', async ({ command }) => {
    await must(host, command);
    await expectLoaded();
    await expectThrough();
  });

  it('says that it was saved when somebody saves everything by hand', async () => {
    const before = await host.readFile(saved);
    await host.writeFile('/root/loaded', `${loaded}\n`);
    expect(await rc(host, 'nftables', 'save')).toMatchObject({ exitCode: 0 });
    const answer = await rc(host, 'rc-lxc-nft', 'reload');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringContaining(`${saved} holds a copy`) });
    // What was saved is old by now; the table that counts is the one of the file.
    expect(await rc(host, 'nftables', 'reload')).toMatchObject({ exitCode: 0 });
    await until(host, `[ "$(nft -s list table inet rc-lxc)" = "$(cat /root/loaded)" ]`, 5);
    await host.writeFile(saved, before);
    expect((await rc(host, 'rc-lxc-nft', 'reload')).text).not.toContain('holds a copy');
  });

  it.each(['reload', 'restart'])('keeps the old table when %s finds a file that nft does not take', async (command) => {
    const text = await host.readFile(rules);
    await host.writeFile(rules, text.replace('hook forward', 'hook nowhere'));
    const answer = await rc(host, 'rc-lxc-nft', command);
    expect(answer).toMatchObject({ exitCode: 1, text: expect.stringMatching(/nft does not take .*[^]*nowhere/u) });
    await expectLoaded();
    await host.writeFile(rules, text);
    expect(await rc(host, 'rc-lxc-nft', command)).toMatchObject({ exitCode: 0 });
    await expectLoaded();
    await expectThrough();
  });

  it.each([
    { what: 'policy', chain: '{ type filter hook forward priority 0; policy drop; }', rule: 'accept' },
    { what: 'last rule', chain: '{ type filter hook forward priority 0; }', rule: 'counter drop' },
  ])('names another table that drops what is forwarded, by its $what', async ({ chain, rule }) => {
    await must(host, 'nft "add table inet strict; add chain inet strict block $1"', chain);
    if (rule !== 'accept') await must(host, 'nft "add rule inet strict block $1"', rule);
    const answer = await rc(host, 'rc-lxc-nft', 'reload');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringContaining('inet strict block') });
    expect(await rc(host, 'rc-lxc-nft', 'restart')).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('inet strict block'),
    });
    await must(host, 'nft delete table inet strict');
    expect((await rc(host, 'rc-lxc-nft', 'reload')).text).not.toContain('strict');
  });

  it('is told truly by status when nobody watches over it any more', async () => {
    await killNoted(host, '/run/rc-lxc-nft/watch.pid');
    const answer = await rc(host, 'rc-lxc-nft', 'status');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringContaining('The watcher is gone') });
    expect(await rc(host, 'rc-lxc-nft', 'reload')).toMatchObject({ exitCode: 0 });
    expect((await rc(host, 'rc-lxc-nft', 'status')).text).not.toContain('watcher');
    await must(host, 'nft delete table inet rc-lxc');
    await expectLoaded();
  });

  describe('a container whose firewall cannot be loaded', () => {
    it('is refused, with the reason, and leaves nothing', async () => {
      const text = await host.readFile(rules);
      expect(await rc(host, 'rc-lxc-nft', 'stop')).toMatchObject({ exitCode: 0 });
      expect((await host.sh(isLoaded)).exitCode).not.toBe(0);
      // Stopping it stops no container.
      expect(await initPid(host, 'web1')).toBe(pid);
      await host.writeFile(rules, 'nonsense\n');
      const answer = await rc(host, 'lxc.web2', 'start');
      expect(answer.exitCode).toBe(1);
      expect(answer.text).toContain(
        'The firewall of web2 is not loaded: there is no nftables table bridge rc-lxc with "web2-eth0" in its set port_names',
      );
      expect(await lxcState(host, 'web2')).toBe('STOPPED');
      expect((await leftovers(host)).links).not.toContainEqual(expect.stringMatching(/^web2/u));
      await host.writeFile(rules, text);
    });

    it('starts when it can, and brings the firewall up', async () => {
      expect(await rc(host, 'lxc.web2', 'start')).toMatchObject({ exitCode: 0 });
      await expectLoaded();
      expect(await pingsFrom(host, 'web2', uplink.routerIpv4)).toBe(true);
      await expectThrough();
    });
  });

  it('is gone after a stop, with everything that watched over it', async () => {
    expect(await rc(host, 'rc-lxc-nft', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await rcStatus(host, 'rc-lxc-nft')).toBe('stopped');
    const left = await leftovers(host);
    expect(left.tables).toEqual(['table inet theirs']);
    expect(left.processes.filter((line) => line.includes('nft'))).toEqual([]);
    expect(left.files.filter((path) => /rc-lxc-nft\/(?!lock$|held$)|supervise-rc-lxc-nft/u.test(path))).toEqual([]);
  });
});

describeLab('a host that learns its way out from router advertisements', () => {
  let host: ThrowawayHost;
  let uplink: Uplink;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    uplink = await addUplink(host);
    await describeHost(host, source);
    await must(host, 'ip -6 route delete default');
    await advertiseRouter(uplink);
    await until(host, 'ip -6 route show default | grep fe80:');
  });
  afterAll(() => host.stop());

  it('keeps it when forwarding is turned on: accept_ra comes first', async () => {
    const before = await defaultRoute(host, 6);
    expect(await rc(host, 'rc-lxc-nft', 'start')).toMatchObject({ exitCode: 0 });
    expect(await must(host, 'cat /proc/sys/net/ipv6/conf/eth0/forwarding')).toBe('1');
    expect(await defaultRoute(host, 6)).toBe(before);
  });

  it('learns it anew while it forwards', async () => {
    await must(host, 'ip -6 route delete default');
    await advertiseRouter(uplink);
    await expect.poll(() => defaultRoute(host, 6)).toMatch(/^fe80:.* eth0$/u);
  });

  it('has containers that go out that way', async () => {
    expect(await rc(host, 'lxc.web1', 'start')).toMatchObject({ exitCode: 0 });
    expect(await pingsFrom(host, 'web1', uplink.routerIpv6)).toBe(true);
  });
});

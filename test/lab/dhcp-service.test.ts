import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { leftovers } from '../../src/lab/leftovers.ts';
import { addUplink } from '../../src/lab/network.ts';
import { describeHost, rewrite } from './support/describe-host.ts';
import { addClient, askFrom, askSixFrom, dhcpHost, dnsmasqPid, lookUp, web1Lease } from './support/dhcp.ts';
import { describeLab } from './support/lab.ts';
import { pingsFrom } from './support/networks.ts';
import { killNoted, must, rc, rcStatus, until } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';

const oneMore = `
[container web2]
id = 13
network = internal
`;

const service = 'rc-lxc-dnsmasq';
/** Who may have which address. */
const rules = '/etc/rc-lxc/nftables.nft';
const files = ['conf', 'leases', 'hosts'].map((name) => `/etc/rc-lxc/dnsmasq.${name}`);

const underShell = (shell: Shell) => (): void => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    await addUplink(host);
    await describeHost(host, dhcpHost(), { web1: { init: 'busybox' } });
    await addClient(host, 'web1');
  });
  afterAll(() => host.stop());

  it('says that a file is refused before it starts, and which', async () => {
    const [, leases = ''] = files;
    const text = await host.readFile(leases);
    await host.writeFile(leases, `${text}02:00:00:00:00:01,[fd00::zz]\n`);
    for (const command of ['checkconfig', 'start']) {
      const answer = await rc(host, service, command);
      expect(answer).toMatchObject({ exitCode: 1, text: expect.stringContaining(`dnsmasq does not take ${leases}`) });
    }
    expect(await rcStatus(host, service)).toBe('stopped');
    await host.writeFile(leases, text);
    expect(await rc(host, service, 'checkconfig')).toMatchObject({ exitCode: 0 });
  });

  it('names who has the port when it cannot start, and leaves that alone', async () => {
    await must(host, 'rc-service rc-lxc-link.br-internal start');
    const theirs = ['dnsmasq', '--conf-file=/dev/null', '--no-resolv', '--user=root'];
    expect(await host.run([...theirs, '--pid-file=/run/theirs'])).toMatchObject({ exitCode: 0 });
    const answer = await rc(host, service, 'start');
    expect(answer).toMatchObject({ exitCode: 1 });
    expect(answer.text).toMatch(/dnsmasq \(process \d+\) holds port 53 of every address/u);
    expect(answer.text).toMatch(/failed to create listening socket for 10\.0\.3\.1: Address already in use/u);
    expect(await rcStatus(host, service)).toBe('stopped');
    await must(host, 'kill -0 "$(cat /run/theirs)" && kill "$(cat /run/theirs)"');
    await until(host, '[ ! -e /run/theirs ]');
  });

  it('runs beside another one that listens at its own addresses', async () => {
    const theirs = ['dnsmasq', '--conf-file=/dev/null', '--no-resolv', '--user=root', '--interface=eth0'];
    expect(await host.run([...theirs, '--bind-interfaces', '--pid-file=/run/theirs'])).toMatchObject({ exitCode: 0 });
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0, text: expect.not.stringContaining('holds') });
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    await must(host, 'kill -0 "$(cat /run/theirs)" && kill "$(cat /run/theirs)"');
  });

  it('serves a link that comes later', async () => {
    expect((await rc(host, service, 'status')).text).toContain('br-back is not there');
    expect(await rc(host, 'lxc.web1', 'start')).toMatchObject({ exitCode: 0 });
    expect(await askFrom(host, 'web1', 'eth1')).toMatchObject({ exitCode: 0 });
    expect(await askFrom(host, 'web1')).toMatchObject({ exitCode: 0 });
    expect(await lookUp(host, 'web1', 'db1')).toEqual(['10.0.4.12', 'fd00:0:0:4::c']);
    expect((await rc(host, service, 'status')).text).toBe(' * status: started');
  });

  it('takes a new container on without a stop, once it is told', async () => {
    const before = await dnsmasqPid(host);
    // dnsmasq 2.90 crashes here when leases are marked, and some are given.
    expect(await askSixFrom(host, 'web1', 'eth0')).toMatchObject({ exitCode: 0 });
    await rewrite(host, dhcpHost(oneMore), ...files);
    expect((await rc(host, service, 'status')).text).toContain('has changed since it was read');
    expect(await lookUp(host, 'web1', 'web2')).toEqual([]);
    expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
    await expect.poll(() => lookUp(host, 'web1', 'web2')).toEqual(['10.0.3.13', 'fd00:0:0:3::d']);
    expect(await dnsmasqPid(host)).toBe(before);
    expect((await rc(host, service, 'status')).text).toBe(' * status: started');
  });

  it('gives an address to another one when the description does, and takes nothing from anybody', async () => {
    const before = await dnsmasqPid(host);
    const other = dhcpHost(oneMore).replace('id = 13', 'id = 14').replace('id = 11', 'id = 13');
    await rewrite(host, other, ...files, rules);
    expect(await rc(host, 'rc-lxc-nft', 'reload')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
    expect(await dnsmasqPid(host)).not.toBe(before);
    expect(await askFrom(host, 'web1')).toMatchObject({ exitCode: 0 });
    expect(await host.readFile(web1Lease)).toMatch(/^10\.0\.3\.13\/24 /u);
    await rewrite(host, dhcpHost(), ...files, rules);
    expect(await rc(host, 'rc-lxc-nft', 'reload')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
    expect(await askFrom(host, 'web1')).toMatchObject({ exitCode: 0 });
    expect(await host.readFile(web1Lease)).toMatch(/^10\.0\.3\.11\/24 /u);
  });

  it('keeps serving when what it is to reload is refused', async () => {
    const [conf = ''] = files;
    const text = await host.readFile(conf);
    await host.writeFile(conf, `${text}no-such-option\n`);
    for (const command of ['reload', 'restart']) {
      expect(await rc(host, service, command)).toMatchObject({
        exitCode: 1,
        text: expect.stringContaining('dnsmasq does not take'),
      });
    }
    expect(await lookUp(host, 'web1', 'db1')).toContain('10.0.4.12');
    await host.writeFile(conf, text);
  });

  it('tells truly that it was killed with its supervisor', async () => {
    await killNoted(host, '/run/rc-lxc-dnsmasq/supervisor', '/run/rc-lxc-dnsmasq/pid');
    expect(await rc(host, service, 'status')).toMatchObject({
      exitCode: 32,
      text: expect.stringContaining('status: crashed'),
    });
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    expect(await lookUp(host, 'web1', 'db1')).toContain('10.0.4.12');
  });

  it('ends when it is told that there is nothing to serve any more', async () => {
    const [conf = ''] = files;
    await must(host, 'mv "$1" /root/', conf);
    expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
    expect(await rcStatus(host, service)).toBe('stopped');
    expect((await host.run(['pgrep', 'dnsmasq'])).stdout).toBe('');
    expect(await rc(host, service, 'start')).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining(`${conf} is not there`),
    });
    await must(host, 'mv /root/dnsmasq.conf "$1"', conf);
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
  });

  it('leaves nothing when it stops', async () => {
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await rcStatus(host, service)).toBe('stopped');
    const left = await leftovers(host);
    expect(left.processes.filter((line) => line.includes('dnsmasq'))).toEqual([]);
    expect(left.files.filter((path) => path.includes('dnsmasq'))).toEqual([]);
    // A container goes on, with the address that it has.
    expect(await pingsFrom(host, 'web1', '10.0.3.1')).toBe(true);
  });
};

for (const shell of shells) describeLab(`the service of dnsmasq under ${shell}`, underShell(shell));

describeLab('a host without dnsmasq', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost({ hide: ['/usr/sbin/dnsmasq'] });
    await addUplink(host);
    await describeHost(host, dhcpHost());
  });
  afterAll(() => host.stop());

  it('says what to install, and starts containers all the same', async () => {
    const answer = await rc(host, service, 'start');
    expect(answer).toMatchObject({ exitCode: 1, text: expect.stringContaining('dnsmasq is not installed: emerge') });
    expect(await rc(host, 'lxc.db1', 'start')).toMatchObject({ exitCode: 0 });
    expect(await pingsFrom(host, 'db1', '10.0.4.1')).toBe(true);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { addNeighbour, addUplink, type Neighbour } from '../../src/lab/network.ts';
import { configure } from './support/containers.ts';
import { checkout, describeLab } from './support/lab.ts';
import { startEndpoint } from '../../src/lab/endpoint.ts';
import { describeHost } from './support/describe-host.ts';
import { addCard, addLink, addMacvlanContainer, isUp, kindOf } from './support/links.ts';
import { addressesOf, defaultRoute, pings, pingsFrom, reaches } from './support/networks.ts';
import { initPid, must, rc, rcStatus } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';
import { macOf } from './support/veth.ts';

const macvlanSettings = {
  link_type: 'macvlan',
  link_parent: 'eth0',
  link_mac: '02:00:c0:00:02:0b',
  link_ipv4: '192.0.2.11/24',
  link_ipv6: '2001:db8::11/64',
  link_routes: '192.0.2.31/32 2001:db8::31/128',
};

const macvlanUnder = (shell: Shell) => (): void => {
  let host: ThrowawayHost;
  let far: Neighbour;
  let service: string;

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    await addUplink(host);
    far = await addNeighbour(host, 'far', { ipv4: '192.0.2.20/24', ipv6: '2001:db8::20/64' });
    await installShell(host, checkout);
    service = await addLink(host, 'mv-host', macvlanSettings);
    await addMacvlanContainer(host, 'one', 'eth0', '192.0.2.31/24');
  });
  afterAll(() => host.stop());

  const expectUp = async (): Promise<void> => {
    expect(await rcStatus(host, service)).toMatch(/^started/u);
    expect((await addressesOf(host, 'mv-host')).toSorted()).toEqual(['192.0.2.11/24', '2001:db8::11/64']);
    expect(await macOf(host, 'mv-host')).toBe(macvlanSettings.link_mac);
    expect(await kindOf(host, 'mv-host')).toMatch(/mv-host@eth0: .*macvlan mode bridge/u);
  };

  it('is made on its parent, with addresses', async () => {
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    await expectUp();
    expect(await reaches(host, far, '192.0.2.11')).toBe(true);
    expect(await reaches(host, far, '2001:db8::11')).toBe(true);
    // A container on the same parent must not configure the host by what it announces.
    expect(await must(host, 'cat /proc/sys/net/ipv6/conf/mv-host/accept_ra')).toBe('0');
  });

  it('lets the host and containers of the same parent reach each other', async () => {
    expect(await rc(host, 'lxc.one', 'start')).toMatchObject({ exitCode: 0 });
    expect(await pings(host, '192.0.2.31')).toBe(true);
    expect(await pingsFrom(host, 'one', '192.0.2.11')).toBe(true);
    expect(await pingsFrom(host, 'one', '192.0.2.20')).toBe(true);
    // Also at the parent's address, for which the host answers through the link.
    expect(await pingsFrom(host, 'one', '192.0.2.10')).toBe(true);
  });

  it('can be restarted, and leaves the parent and its containers alone', async () => {
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    await expectUp();
    expect(await pingsFrom(host, 'one', '192.0.2.11')).toBe(true);
    expect(await defaultRoute(host)).toBe('192.0.2.1 eth0');
  });

  it('goes at stop', async () => {
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await host.exists('/sys/class/net/mv-host')).toBe(false);
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 3 });
    expect(await isUp(host, 'eth0')).toBe(true);
  });

  it('brings its parent up, waits for it, and has its own default route', async () => {
    const other = await addLink(host, 'mv-late', {
      link_type: 'macvlan',
      link_parent: 've0',
      link_mode: 'private',
      link_mtu: '1400',
      link_ipv4: '198.51.100.2/24',
      link_gateway4: '198.51.100.1',
    });
    await must(host, 'ip route delete default');
    const starting = rc(host, other, 'start');
    await must(host, 'sleep 1');
    await addCard(host, 've0');
    expect(await starting).toMatchObject({ exitCode: 0 });
    expect(await isUp(host, 've0')).toBe(true);
    expect(await must(host, 'cat /sys/class/net/mv-late/mtu')).toBe('1400');
    expect(await kindOf(host, 'mv-late')).toContain('macvlan mode private');
    expect(await defaultRoute(host)).toBe('198.51.100.1 mv-late');
    // Another mode, which the kernel takes on as it is; another parent, for which it is made anew.
    await configure(host, other, { link_type: 'macvlan', link_parent: 'eth0', link_mode: 'vepa' });
    expect(await rc(host, other, 'restart')).toMatchObject({ exitCode: 0 });
    expect(await kindOf(host, 'mv-late')).toMatch(/mv-late@eth0: .*macvlan mode vepa/u);
    expect(await addressesOf(host, 'mv-late')).toEqual([]);
    expect(await rc(host, other, 'stop')).toMatchObject({ exitCode: 0 });
  });

  it('stays while a container’s interface hangs on it, but for the end of the host', async () => {
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    const settings = { link_ipv4: '10.7.0.1/24', link_mac: '02:00:0a:07:00:01' };
    const middle = await addLink(host, 'br-mid', settings);
    expect(await rc(host, middle, 'start')).toMatchObject({ exitCode: 0 });
    await addMacvlanContainer(host, 'two', 'br-mid', '10.7.0.2/24');
    expect(await rc(host, 'lxc.two', 'start')).toMatchObject({ exitCode: 0 });
    const { text, exitCode } = await rc(host, middle, 'stop');
    expect(exitCode).toBe(0);
    expect(text).toMatch(/br-mid stays, since it is in use: eth0@two$/mu);
    expect(await host.exists('/sys/class/net/br-mid')).toBe(true);
    expect(await rc(host, middle, 'start')).toMatchObject({ exitCode: 0 });
    expect((await rc(host, middle, 'status')).text).toContain('in use: eth0@two');
    // As OpenRC sets it when the host goes down.
    await configure(host, middle, { ...settings, RC_GOINGDOWN: 'YES' });
    expect(await rc(host, middle, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await host.exists('/sys/class/net/br-mid')).toBe(false);
    await must(host, 'rc-service lxc.two stop');
  });

  it('is adopted when it is there, and refused when it is something else', async () => {
    await must(host, `rc-service ${service} stop; rm -f /run/rc-lxc/link.mv-host`);
    await host.run(['ip', 'link', 'add', 'link', 'eth0', 'name', 'mv-host', 'type', 'macvlan', 'mode', 'private']);
    const { text, exitCode } = await rc(host, service, 'start');
    expect([exitCode, text]).toEqual([0, expect.stringContaining('is there already')]);
    await expectUp();
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    // Not made here: its addresses go, and it stays.
    expect(await addressesOf(host, 'mv-host')).toEqual([]);
    await host.run(['ip', 'link', 'delete', 'mv-host']);
    await host.run(['ip', 'link', 'add', 'name', 'mv-host', 'type', 'bridge']);
    expect(await rc(host, service, 'start')).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('no macvlan on eth0'),
    });
    expect(await host.exists('/sys/class/net/mv-host/bridge')).toBe(true);
    await host.run(['ip', 'link', 'delete', 'mv-host']);
  });
};

for (const shell of shells) describeLab(`a macvlan of the host’s own under ${shell}`, macvlanUnder(shell));

describeLab('the settings of a link', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    await installShell(host, checkout);
  });
  afterAll(() => host.stop());

  it.each([
    [{ link_type: 'tunnel' }, 'bridge, macvlan, ipvlan or vlan'],
    [{ link_type: 'macvlan' }, 'link_parent'],
    [{ link_type: 'macvlan', link_parent: 'odd' }, 'link_parent'],
    [{ link_type: 'macvlan', link_parent: 'eth0', link_mode: 'l2' }, 'private, vepa'],
    [{ link_type: 'ipvlan', link_parent: 'eth0', link_mode: 'bridge' }, 'l2, l3 or l3s'],
    [{ link_type: 'ipvlan', link_parent: 'eth0', link_mac: '02:00:00:00:00:01' }, 'link_mac'],
    [{ link_type: 'vlan', link_parent: 'eth0' }, 'link_vlan'],
    [{ link_type: 'vlan', link_parent: 'eth0', link_vlan: '4095' }, '1 to 4094'],
    [{ link_type: 'vlan', link_parent: 'eth0', link_vlan: '4', link_ports: 'eth0' }, 'link_ports'],
    [{ link_type: 'macvlan', link_parent: 'eth9', link_port_timeout: '0' }, 'eth9'],
  ])('are refused when they make no sense: %j', async (settings, reason) => {
    const service = await addLink(host, 'odd', settings);
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 1, text: expect.stringContaining(reason) });
    expect(await host.exists('/sys/class/net/odd')).toBe(false);
  });
});

const announced = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network shared]
type = macvlan
parent = eth0
host-access = yes
ipv4 = 192.0.2.11/24
ipv6 = 2001:db8::11/64

[container one]
id = 31
network = shared
`;

describeLab('a container on a card whose router announces the prefix', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
  });
  afterAll(() => host.stop());

  it('is reached by the host at the address that it makes of that, too', async () => {
    const { model } = await describeHost(host, announced);
    const answer = await rc(host, 'lxc.one', 'start');
    expect(answer, answer.text).toMatchObject({ exitCode: 0 });
    const nic = model.containerByName.get('one')?.nics[0];
    const made = nic?.senders6.find((address) => address.includes('ff:fe') && !address.startsWith('fe80')) ?? '';
    expect(made).toMatch(/^2001:db8::/u);
    const root = await startEndpoint(host, { pid: await initPid(host, 'one'), root: true });
    expect(await root.ip('address', 'add', `${made}/64`, 'dev', 'eth0', 'nodad')).toMatchObject({ exitCode: 0 });
    await root.close();
    expect(await pings(host, '2001:db8::1f')).toBe(true);
    expect(await pings(host, made)).toBe(true);
  });
});

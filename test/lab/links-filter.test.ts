import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { addNeighbour, addUplink, type Neighbour } from '../../src/lab/network.ts';
import { describeKernel, describeWithout } from './support/kernel.ts';
import { checkout } from './support/lab.ts';
import { addLink, isPromiscuous } from './support/links.ts';
import { pings, pingsFrom, reaches } from './support/networks.ts';
import { must, rc } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';
import { addVethContainer, macOf, portLine, portSetting, staticEntries, type Veth } from './support/veth.ts';

const filtering = 'VLAN filtering of bridges';

const one: Veth = {
  name: 'one-eth0',
  link: 'br-lan',
  hostMac: 'fe:00:c0:00:02:1f',
  mac: '02:00:c0:00:02:1f',
  options: 'static',
  ipv4: '192.0.2.31/24',
  ipv6: '2001:db8::31/64',
};
const two: Veth = {
  ...one,
  name: 'two-eth0',
  mac: '02:00:c0:00:02:20',
  hostMac: 'fe:00:c0:00:02:20',
  ipv4: '192.0.2.32/24',
};

/** The bridge that is to be quiet, over a card; and two containers on it. Returns the bridge's service. */
async function describeQuiet(host: ThrowawayHost, card: string): Promise<string> {
  await installShell(host, checkout);
  await addVethContainer(host, 'one', one);
  await addVethContainer(host, 'two', { ...two, ipv6: '2001:db8::32/64' });
  await host.writeFile('/etc/rc-lxc/ports', `${portLine(one)}\n${portLine(two)}\n`);
  return addLink(host, 'br-lan', { link_ports: card, link_filter: 'yes', link_ipv4: '192.0.2.10/24' });
}

describeWithout('a bridge that is to be quiet, on a kernel that cannot', filtering, () => {
  let host: ThrowawayHost;
  let far: Neighbour;
  let service: string;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host, { unconfigured: true });
    far = await addNeighbour(host, 'far', { ipv4: '192.0.2.20/24' });
    service = await describeQuiet(host, 'eth0');
  });
  afterAll(() => host.stop());

  it('is a plain bridge, and the start says what follows', async () => {
    const { text, exitCode } = await rc(host, service, 'start');
    expect(exitCode).toBe(0);
    expect(text).toContain('CONFIG_BRIDGE_VLAN_FILTERING');
    expect(text).toContain('eth0 will be promiscuous');
    expect(await isPromiscuous(host, 'eth0')).toBe(true);
  });

  it('has its containers on the wire, where nobody draws to himself what is for them', async () => {
    await must(host, 'rc-service lxc.one start && rc-service lxc.two start');
    expect(await reaches(host, far, '192.0.2.31')).toBe(true);
    expect(await pingsFrom(host, 'one', '192.0.2.32')).toBe(true);
    expect(await staticEntries(host, 'br-lan')).toEqual([`${one.mac} one-eth0`, `${two.mac} two-eth0`]);
    await pretend(host, far, one.mac);
    expect(await pings(host, '192.0.2.31')).toBe(true);
    expect(await staticEntries(host, 'br-lan')).toEqual([`${one.mac} one-eth0`, `${two.mac} two-eth0`]);
  });
});

/** A neighbour sends a frame with the hardware address of somebody else, and is itself again. */
async function pretend(host: ThrowawayHost, { namespace }: Neighbour, mac: string): Promise<void> {
  const own = (await host.run(['ip', 'netns', 'exec', namespace, 'cat', '/sys/class/net/eth0/address'])).stdout.trim();
  const steps = [
    ['ip', '-netns', namespace, 'link', 'set', 'eth0', 'address', mac],
    ['ip', 'netns', 'exec', namespace, 'busybox', 'arping', '-c1', '-w1', '-I', 'eth0', '192.0.2.10'],
    ['ip', '-netns', namespace, 'link', 'set', 'eth0', 'address', own],
  ];
  for (const step of steps) await host.run(step);
}

const quietUnder = (shell: Shell) => (): void => {
  let host: ThrowawayHost;
  let far: Neighbour;
  let service: string;

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    await addUplink(host, { unconfigured: true });
    far = await addNeighbour(host, 'far', { ipv4: '192.0.2.20/24' });
    // A veth has no filter of addresses, and so is promiscuous in every bridge. A macvlan has one.
    await host.run(['ip', 'link', 'add', 'link', 'eth0', 'name', 'card0', 'type', 'macvlan', 'mode', 'passthru']);
    service = await describeQuiet(host, 'card0');
  });
  afterAll(() => host.stop());

  const expectQuiet = async (): Promise<void> => {
    expect(await isPromiscuous(host, 'card0')).toBe(false);
    expect(await isPromiscuous(host, 'br-lan')).toBe(false);
    expect(await must(host, 'cat /sys/class/net/br-lan/bridge/vlan_filtering')).toBe('1');
  };

  it('leaves the card its own filter, and has its MAC', async () => {
    const { text, exitCode } = await rc(host, service, 'start');
    expect([exitCode, text]).toEqual([0, expect.not.stringContaining('promiscuous')]);
    await expectQuiet();
    expect(await macOf(host, 'br-lan')).toBe(await macOf(host, 'card0'));
    expect(await reaches(host, far, '192.0.2.10')).toBe(true);
  });

  it('has containers on the wire, and the card stays quiet', async () => {
    await must(host, 'rc-service lxc.one start && rc-service lxc.two start');
    await expectQuiet();
    expect(await reaches(host, far, '192.0.2.31')).toBe(true);
    expect(await pingsFrom(host, 'one', '192.0.2.20')).toBe(true);
    expect(await pingsFrom(host, 'one', '192.0.2.32')).toBe(true);
    expect(await pingsFrom(host, 'two', '192.0.2.10')).toBe(true);
    expect(await portSetting(host, 'card0', 'learning')).toBe('1');
    await expectQuiet();
  });

  it('lets no neighbour draw to himself what is for a container', async () => {
    await pretend(host, far, one.mac);
    expect(await pings(host, '192.0.2.31')).toBe(true);
  });

  it('is quiet again after a restart, and when it was made anew', async () => {
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    await expectQuiet();
    await host.run(['ip', 'link', 'delete', 'br-lan']);
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    await expectQuiet();
    expect(await reaches(host, far, '192.0.2.31')).toBe(true);
    expect(await pingsFrom(host, 'one', '192.0.2.32')).toBe(true);
  });

  it('names a foreign port that makes the card promiscuous', async () => {
    const guest = await addNeighbour(host, 'machine', { bridge: 'br-lan', ipv4: '192.0.2.77/24' });
    expect(await reaches(host, guest, '192.0.2.20')).toBe(true);
    const { text } = await rc(host, service, 'status');
    expect(text).toContain('card0 is promiscuous, since these ports learn or are flooded: machine');
    await host.run(['ip', 'netns', 'delete', 'machine']);
    await host.run(['ip', 'link', 'delete', 'machine']);
    await expectQuiet();
  });

  it('takes filtering back from a bridge that it did not make', async () => {
    await must(host, 'rc-service lxc.one stop && rc-service lxc.two stop');
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    await host.run(['ip', 'link', 'add', 'name', 'br-lan', 'type', 'bridge']);
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    await expectQuiet();
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await must(host, 'cat /sys/class/net/br-lan/bridge/vlan_filtering')).toBe('0');
  });
};

for (const shell of shells) describeKernel(`a quiet bridge under ${shell}`, filtering, quietUnder(shell));

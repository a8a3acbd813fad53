import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { addUplink } from '../../src/lab/network.ts';
import { configure } from './support/containers.ts';
import { describeKernel, describeWithout } from './support/kernel.ts';
import { checkout } from './support/lab.ts';
import { addLink, addMacvlanContainer, isUp, kindOf } from './support/links.ts';
import { addressesOf, defaultRoute, pings, pingsFrom } from './support/networks.ts';
import { must, rc } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';
import { macOf } from './support/veth.ts';

const vlanUnder = (shell: Shell) => (): void => {
  let host: ThrowawayHost;
  let service: string;
  const settings = { link_type: 'vlan', link_parent: 'eth0', link_vlan: '42', link_ipv4: '198.51.100.2/24' };

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    const { namespace } = await addUplink(host);
    const router = [
      'link add link lan name lan42 type vlan id 42',
      'link set lan42 up',
      'address add 198.51.100.1/24 dev lan42',
    ];
    await host.run(['ip', '-netns', namespace, '-batch', '-'], { input: router.join('\n') });
    await installShell(host, checkout);
    service = await addLink(host, 'lan42', { ...settings, link_gateway4: '198.51.100.1' });
    await must(host, 'ip route delete default');
  });
  afterAll(() => host.stop());

  it('is made with its number, and reaches that network', async () => {
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    expect(await kindOf(host, 'lan42')).toMatch(/lan42@eth0: .*vlan protocol 802\.1Q id 42 /u);
    expect(await pings(host, '198.51.100.1')).toBe(true);
    expect(await defaultRoute(host)).toBe('198.51.100.1 lan42');
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    expect(await pings(host, '198.51.100.1')).toBe(true);
  });

  it('stays while a container has a macvlan on it', async () => {
    await addMacvlanContainer(host, 'one', 'lan42', '198.51.100.31/24');
    expect(await rc(host, 'lxc.one', 'start')).toMatchObject({ exitCode: 0 });
    expect(await pingsFrom(host, 'one', '198.51.100.1')).toBe(true);
    expect((await rc(host, service, 'stop')).text).toContain('in use: eth0@one');
    expect(await pingsFrom(host, 'one', '198.51.100.1')).toBe(true);
    // It has another number by now, but is still what the container hangs on.
    await configure(host, service, { ...settings, link_vlan: '43' });
    expect(await rc(host, service, 'start')).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('no vlan 43'),
    });
    await configure(host, service, settings);
    await must(host, `rc-service lxc.one stop && rc-service ${service} start && rc-service ${service} stop`);
    expect(await host.exists('/sys/class/net/lan42')).toBe(false);
    expect(await isUp(host, 'eth0')).toBe(true);
  });
};

for (const shell of shells) describeKernel(`a vlan of the host under ${shell}`, '802.1Q VLANs', vlanUnder(shell));

describeKernel('an ipvlan of the host’s own', 'ipvlan', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    await installShell(host, checkout);
  });
  afterAll(() => host.stop());

  describe.each(['l2', 'l3', 'l3s'])('in mode %s', (mode) => {
    it('is made, restarted, and taken away', async () => {
      const service = await addLink(host, 'iv-host', {
        link_type: 'ipvlan',
        link_parent: 'eth0',
        link_mode: mode,
        link_ipv4: '192.0.2.11/24',
      });
      expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
      expect(await kindOf(host, 'iv-host')).toMatch(new RegExp(`iv-host@eth0: .*ipvlan +mode ${mode} `, 'u'));
      expect(await macOf(host, 'iv-host')).toBe(await macOf(host, 'eth0'));
      expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
      expect(await addressesOf(host, 'iv-host')).toEqual(['192.0.2.11/24']);
      expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
      expect(await host.exists('/sys/class/net/iv-host')).toBe(false);
    });
  });
});

const lacking = [
  ['802.1Q VLANs', { link_type: 'vlan', link_vlan: '42' }, 'CONFIG_VLAN_8021Q'],
  ['ipvlan', { link_type: 'ipvlan' }, 'CONFIG_IPVLAN'],
] as const;

for (const [feature, settings, option] of lacking) {
  describeWithout(`a link of type ${settings.link_type} that the kernel cannot make`, feature, () => {
    let host: ThrowawayHost;

    beforeAll(async () => {
      host = await bootThrowawayHost();
      await addUplink(host);
      await installShell(host, checkout);
    });
    afterAll(() => host.stop());

    it('is refused by the name of what the kernel lacks', async () => {
      const service = await addLink(host, 'lan', { ...settings, link_parent: 'eth0' });
      const { text, exitCode } = await rc(host, service, 'start');
      expect([exitCode, text]).toEqual([1, expect.stringContaining(option)]);
      expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 3 });
    });
  });
}

import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { configure } from './support/containers.ts';
import { checkout, describeLab } from './support/lab.ts';
import { pings, pingsFrom, portsOf } from './support/networks.ts';
import { initPid, must, rc, rcStatus, until } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';
import { addVethContainer, macOf, portLine, portSetting, staticEntries, type Veth } from './support/veth.ts';

const bridged = (name: string, number: number, options: string): Veth => ({
  name: `${name}-eth0`,
  link: 'br0',
  hostMac: `fe:00:0a:00:03:0${String(number)}`,
  mac: `02:00:0a:00:03:0${String(number)}`,
  options,
  ipv4: `10.0.3.${String(number)}/24`,
  ipv6: `fd00:0:0:3::${String(number)}/64`,
});

const plain = bridged('plain', 2, '-');
const alone = bridged('alone', 3, 'isolated');
const still = bridged('still', 4, 'isolated,static');
const watched = bridged('watched', 5, 'static');
const routed: Veth = {
  name: 'routed-eth0',
  link: '-',
  hostMac: 'fe:00:0a:00:09:05',
  mac: '02:00:0a:00:09:05',
  options: '-',
  ipv4: '10.0.9.5/32',
  ipv6: 'fd00:0:0:9::5/128',
};

const bridgeSettings = {
  link_mac: '02:00:0a:00:03:01',
  link_ipv4: '10.0.3.1/24',
  link_ipv6: 'fd00:0:0:3::1/64',
};
const link = 'rc-lxc-link.br0';

const underShell = (shell: Shell) => (): void => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    await installShell(host, checkout);
    await must(host, `ln -s rc-lxc-link /etc/init.d/${link}`);
    await configure(host, link, bridgeSettings);
    await addVethContainer(host, 'plain', plain);
    await addVethContainer(host, 'alone', alone);
    await addVethContainer(host, 'still', still);
    await addVethContainer(host, 'watched', watched, { settings: { lxc_restart: 'always' } });
    await addVethContainer(host, 'routed', routed);
    await host.writeFile('/etc/rc-lxc/ports', `# a comment\n${[plain, still, watched].map(portLine).join('\n')}\n`);
    expect(await rc(host, link, 'start')).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => host.stop());

  const expectSetUp = async ({ name, hostMac, options }: Veth): Promise<void> => {
    expect(await macOf(host, name)).toBe(hostMac);
    expect(await portSetting(host, name, 'isolated')).toBe(options.includes('isolated') ? '1' : '0');
    for (const setting of ['learning', 'unicast_flood']) {
      expect(await portSetting(host, name, setting)).toBe(options.includes('static') ? '0' : '1');
    }
    for (const knob of [
      'ipv6/conf/NAME/accept_ra',
      'ipv6/conf/NAME/accept_redirects',
      'ipv4/conf/NAME/accept_redirects',
    ]) {
      expect(await must(host, `cat /proc/sys/net/${knob.replace('NAME', name)}`)).toBe('0');
    }
  };

  it('has its MAC and its options before the container runs', async () => {
    for (const name of ['plain', 'alone', 'still', 'watched']) {
      expect(await rc(host, `lxc.${name}`, 'start')).toMatchObject({ exitCode: 0 });
    }
    for (const veth of [plain, alone, still, watched]) await expectSetUp(veth);
    expect(await staticEntries(host, 'br0')).toEqual([`${still.mac} still-eth0`, `${watched.mac} watched-eth0`]);
    // The bridge has kept its own.
    expect(await macOf(host, 'br0')).toBe(bridgeSettings.link_mac);
  });

  it('is reached with them, but for isolated ones from each other', async () => {
    for (const number of [2, 3, 4, 5]) expect(await pings(host, `10.0.3.${String(number)}`)).toBe(true);
    expect(await pingsFrom(host, 'plain', '10.0.3.4')).toBe(true);
    expect(await pingsFrom(host, 'still', 'fd00:0:0:3::5')).toBe(true);
    expect(await pingsFrom(host, 'alone', '10.0.3.4')).toBe(false);
  });

  it('has them again after a restart, with one entry', async () => {
    expect(await rc(host, 'lxc.still', 'restart')).toMatchObject({ exitCode: 0 });
    await expectSetUp(still);
    expect(await staticEntries(host, 'br0')).toEqual([`${still.mac} still-eth0`, `${watched.mac} watched-eth0`]);
    expect(await pingsFrom(host, 'still', '10.0.3.1')).toBe(true);
  });

  it('has them again when the supervisor brings the container back', async () => {
    const before = await initPid(host, 'watched');
    await must(host, `kill -KILL ${String(before)}`);
    await until(
      host,
      `[ "$(lxc-info -n watched -pH)" != ${String(before)} ] && [ -e /sys/class/net/watched-eth0/brport ] && lxc-attach -n watched -- true`,
    );
    await expectSetUp(watched);
    expect(await staticEntries(host, 'br0')).toContain(`${watched.mac} watched-eth0`);
  });

  it('has them again after a reboot inside', async () => {
    const veth = bridged('again', 6, 'isolated,static');
    await addVethContainer(host, 'again', veth, { guest: { init: 'busybox' } });
    expect(await rc(host, 'lxc.again', 'start')).toMatchObject({ exitCode: 0 });
    const before = await initPid(host, 'again');
    await host.run(['lxc-attach', '-n', 'again', '--', '/sbin/reboot', '-f']);
    await until(host, `pid=$(lxc-info -n again -pH) && [ -n "$pid" ] && [ "$pid" != ${String(before)} ]`);
    await expectSetUp(veth);
    expect(await staticEntries(host, 'br0')).toContain(`${veth.mac} again-eth0`);
    await must(host, 'rc-service lxc.again stop');
  });

  it('takes its entry with it when it goes', async () => {
    expect(await rc(host, 'lxc.watched', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await staticEntries(host, 'br0')).toEqual([`${still.mac} still-eth0`]);
  });

  it('is put back with all of it when the bridge was made anew', async () => {
    await must(host, 'ip link delete br0');
    expect(await rcStatus(host, link)).toMatch(/^started/u);
    expect(await rc(host, link, 'restart')).toMatchObject({ exitCode: 0 });
    expect(await portsOf(host, 'br0')).toEqual(['plain-eth0', 'still-eth0']);
    await expectSetUp(plain);
    await expectSetUp(still);
    expect(await staticEntries(host, 'br0')).toEqual([`${still.mac} still-eth0`]);
    expect(await pingsFrom(host, 'still', '10.0.3.1')).toBe(true);
    expect(await pingsFrom(host, 'plain', '10.0.3.4')).toBe(true);
  });

  it('takes on other options when the bridge is restarted, and is only put back where none are given', async () => {
    await host.writeFile('/etc/rc-lxc/ports', `${portLine({ ...plain, options: 'static' })}\nalone-eth0 br0\n`);
    expect(await rc(host, link, 'restart')).toMatchObject({ exitCode: 0 });
    await expectSetUp({ ...plain, options: 'static' });
    expect(await portsOf(host, 'br0')).toEqual(['alone-eth0', 'plain-eth0', 'still-eth0']);
    expect(await portSetting(host, 'alone-eth0', 'isolated')).toBe('0');
  });

  it('answers a routed container without delay, and has a way for it without a default route', async () => {
    await must(host, 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding');
    expect(await rc(host, 'lxc.routed', 'start')).toMatchObject({ exitCode: 0 });
    expect(await macOf(host, 'routed-eth0')).toBe(routed.hostMac);
    expect(await must(host, 'cat /proc/sys/net/ipv6/conf/routed-eth0/accept_ra')).toBe('0');
    // The container's own addresses are usable once it has looked for duplicates.
    await until(host, '! lxc-attach -n routed -- ip address | grep tentative');
    for (const target of ['10.0.3.1', 'fd00:0:0:3::1']) {
      const { stdout } = await host.run(['lxc-attach', '-n', 'routed', '--', 'ping', '-c1', '-W2', target]);
      // As ping measures it: with the wait for a neighbour's address, without that for a busy machine's processes.
      const [, milliseconds] = /^round-trip .* = ([\d.]+)/mu.exec(stdout) ?? [];
      expect([target, milliseconds]).toEqual([target, expect.any(String)]);
      expect(Number(milliseconds)).toBeLessThan(300);
    }
    expect(await pings(host, '10.0.9.5')).toBe(true);
    expect(await pings(host, 'fd00:0:0:9::5')).toBe(true);
  });

  it('is not sent to from the gateway’s address', async () => {
    const { stdout } = await host.run(['ip', '-json', 'route', 'get', '10.0.9.5']);
    expect((JSON.parse(stdout) as readonly { readonly prefsrc: string }[])[0]?.prefsrc).toBe('10.0.3.1');
  });

  it('lets a routed container through under strict reverse path filtering', async () => {
    await must(host, 'for f in all routed-eth0; do echo 1 >/proc/sys/net/ipv4/conf/$f/rp_filter; done');
    expect(await pingsFrom(host, 'routed', '10.0.3.1')).toBe(true);
    expect(await pings(host, '10.0.9.5')).toBe(true);
    await must(host, 'for f in all routed-eth0; do echo 0 >/proc/sys/net/ipv4/conf/$f/rp_filter; done');
  });

  it('fails the start when it cannot be set up, and says why', async () => {
    for (const restart of ['no', 'always']) {
      const name = `wrong-${restart}`;
      await addVethContainer(
        host,
        name,
        { ...bridged('w', 7, '-'), hostMac: '01:00:5e:00:00:01' },
        {
          settings: { lxc_restart: restart },
        },
      );
      const { exitCode, text } = await rc(host, `lxc.${name}`, 'start');
      expect(exitCode).toBe(1);
      expect(text).toMatch(/The host's end of an interface, w-eth0, could not be set up: .*RTNETLINK/u);
      expect(await host.exists('/sys/class/net/w-eth0')).toBe(false);
    }
  });

  it('refuses settings that are no such lines', async () => {
    await addVethContainer(host, 'odd', bridged('o', 8, '-'));
    for (const line of [
      '0 a-eth0 br0',
      'x a-eth0 br0 - - -',
      '0 a-eth0 br0 - - $(touch${IFS}/x)',
      '0 a br0 - - - more',
    ]) {
      await configure(host, 'lxc.odd', { lxc_ports: line });
      const { exitCode, text } = await rc(host, 'lxc.odd', 'start');
      expect([line, exitCode]).toEqual([line, 1]);
      expect(text).toContain('lxc_ports');
    }
  });

  it('is set up when a container that runs already is taken over', async () => {
    const veth = bridged('ran', 9, 'isolated');
    await addVethContainer(host, 'ran', veth);
    await must(host, 'lxc-start -n ran');
    expect(await rc(host, 'lxc.ran', 'start')).toMatchObject({ exitCode: 0 });
    await expectSetUp(veth);
  });
};

for (const shell of shells) describeLab(`the host’s end of a container’s interface under ${shell}`, underShell(shell));

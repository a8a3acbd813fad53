import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { addNeighbour, addUplink, type Neighbour } from '../../src/lab/network.ts';
import { describeWithout } from './support/kernel.ts';
import { checkout, describeLab } from './support/lab.ts';
import { addMacvlanContainer, kindOf } from './support/links.ts';
import { installNetifrc } from './support/netifrc.ts';
import { addressesOf, pings, pingsFrom, reaches } from './support/networks.ts';
import { must, rc } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';
import { macOf } from './support/veth.ts';

/** A function of the settings that calls ours. */
const hook = (name: string, call: string): string => `${name}() {\n\t(. /etc/init.d/rc-lxc-link && ${call})\n}\n`;

async function addNet(host: ThrowawayHost, name: string, settings: string): Promise<string> {
  await host.writeFile(`/etc/conf.d/net.${name}`, settings);
  await must(host, `ln -sf net.lo /etc/init.d/net.${name}`);
  return `net.${name}`;
}

const underShell = (shell: Shell) => (): void => {
  let host: ThrowawayHost;
  let far: Neighbour;

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    await addUplink(host);
    far = await addNeighbour(host, 'far', { ipv4: '192.0.2.20/24' });
    await installShell(host, checkout);
    await installNetifrc(host);
  });
  afterAll(() => host.stop());

  it('has an interface made and taken away by ours, with addresses of netifrc’s', async () => {
    const service = await addNet(
      host,
      'mine',
      `link_type="macvlan"\nlink_parent="eth0"\nlink_mac="02:00:c0:00:02:0c"\nconfig_mine="192.0.2.12/24"\n${hook('preup', 'rc_lxc_preup')}${hook('postdown', 'rc_lxc_postdown')}`,
    );
    for (const command of ['start', 'restart']) {
      expect(await rc(host, service, command)).toMatchObject({ exitCode: 0 });
      expect(await kindOf(host, 'mine')).toMatch(/mine@eth0: .*macvlan mode bridge/u);
      expect(await macOf(host, 'mine')).toBe('02:00:c0:00:02:0c');
      expect(await addressesOf(host, 'mine')).toEqual(['192.0.2.12/24']);
      expect(await reaches(host, far, '192.0.2.12')).toBe(true);
    }
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await host.exists('/sys/class/net/mine')).toBe(false);
  });

  it('is refused, with the reason, what cannot be made', async () => {
    const service = await addNet(
      host,
      'odd',
      `link_type="macvlan"\nlink_parent="eth9"\nlink_port_timeout="0"\nconfig_odd="null"\n${hook('preup', 'rc_lxc_preup')}`,
    );
    expect(await rc(host, service, 'start')).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('odd could not be made: eth9, which it needs, is not there'),
    });
  });

  it('has its own macvlan made deaf for what containers announce', async () => {
    const service = await addNet(
      host,
      'theirs',
      `macvlan_theirs="eth0"\nmode_theirs="bridge"\nmac_theirs="02:00:c0:00:02:0d"\nconfig_theirs="192.0.2.13/24"\nroutes_theirs="192.0.2.31/32"\n${hook('postup', 'rc_lxc_deaf "${IFACE}"')}`,
    );
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    expect(await must(host, 'cat /proc/sys/net/ipv6/conf/theirs/accept_ra')).toBe('0');
    await addMacvlanContainer(host, 'one', 'eth0', '192.0.2.31/24');
    expect(await rc(host, 'lxc.one', 'start')).toMatchObject({ exitCode: 0 });
    expect(await pings(host, '192.0.2.31')).toBe(true);
    expect(await pingsFrom(host, 'one', '192.0.2.13')).toBe(true);
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await host.exists('/sys/class/net/theirs')).toBe(false);
  });

  it('has its bridge keep the MAC of the first port', async () => {
    await host.run(['ip', 'link', 'add', 'name', 'card', 'type', 'veth', 'peer', 'name', 'far-card']);
    const service = await addNet(
      host,
      'br-lan',
      `bridge_br_lan="card"\nconfig_br_lan="198.51.100.2/24"\n${hook('postup', 'rc_lxc_quiet "${IFACE}"')}`,
    );
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    const mac = await macOf(host, 'card');
    await host.run(['ip', 'link', 'set', 'far-card', 'address', '02:00:00:00:00:01', 'master', 'br-lan']);
    expect(await macOf(host, 'br-lan')).toBe(mac);
  });
};

for (const shell of shells) describeLab(`what netifrc has no word for under ${shell}`, underShell(shell));

describeWithout('a bridge of netifrc that is to be quiet, on a kernel that cannot', 'VLAN filtering of bridges', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host, { unconfigured: true });
    await installShell(host, checkout);
    await installNetifrc(host);
  });
  afterAll(() => host.stop());

  it('is a plain bridge, and the start says what follows', async () => {
    const service = await addNet(
      host,
      'br-lan',
      `bridge_br_lan="eth0"\nbridge_vlan_filtering_br_lan="1"\nconfig_br_lan="192.0.2.10/24"\n${hook('postup', 'rc_lxc_quiet "${IFACE}"')}`,
    );
    const { text, exitCode } = await rc(host, service, 'start');
    expect([exitCode, text]).toEqual([0, expect.stringContaining('CONFIG_BRIDGE_VLAN_FILTERING')]);
    expect(await pings(host, '192.0.2.1')).toBe(true);
  });
});

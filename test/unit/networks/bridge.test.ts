import { describe, expect, it } from 'vitest';

import { bridge } from '../../../src/networks/bridge.ts';
import { carryingUplinks, hostLinks, typeOf } from '../../../src/networks/index.ts';
import { modelOf } from '../resolve/support.ts';

const host = '[host]\nuplink = eth0, eth1\n';
const settingsOf = (text: string, backend: 'netifrc' | 'iproute2'): Readonly<Record<string, string>> => {
  const [first] = hostLinks(modelOf(text));
  return Object.fromEntries((first?.link[backend] ?? []).map(({ name, value }) => [name, value]));
};

describe('a bridge', () => {
  it('takes the place of the uplink that is its port', () => {
    const model = modelOf(`${host}[network lan]\nipv4 = 192.168.7.2/24\nports = eth1\n`);
    expect(carryingUplinks(model)).toEqual(['eth0', 'br-lan']);
  });

  it('has names for netifrc that a shell takes, also where they are shortened', () => {
    const name = 'a-very-long-name-with-dashes-that-must-be-cut';
    const settings = settingsOf(`[network ${name}]\nipv4 = 10.0.0.1/24\nports = eth1\n`, 'netifrc');
    for (const variable of Object.keys(settings)) expect(variable).toMatch(/^[a-z_][a-z0-9_]*$/u);
    expect(Object.keys(settings)[0]).toMatch(/^bridge_br_a_ver_[0-9a-z]{6}$/u);
  });

  it('keeps a bridge that is there when it has no ports, and waits for no duplicate of its own address', () => {
    const settings = settingsOf('[network internal]\nipv6 = fd00::1/64\n', 'netifrc');
    expect(settings).toMatchObject({ bridge_force_br_internal: 'yes', config_br_internal: 'fd00::1/64 nodad' });
    expect(settings).not.toHaveProperty('bridge_br_internal');
    const lan = settingsOf('[network lan]\nipv6 = 2001:db8::2/64\nports = eth0\n', 'netifrc');
    expect(lan).toMatchObject({ bridge_br_lan: 'eth0', config_br_lan: '2001:db8::2/64' });
  });

  it('routes the host through a gateway only where another router was named', () => {
    const text = '[network lan]\nipv4 = 192.168.7.2/24\nipv6 = 2001:db8::2/64\n';
    expect(settingsOf(text, 'iproute2')).not.toHaveProperty('link_gateway4');
    const routed = settingsOf(`${text}gateway = 192.168.7.1\n`, 'iproute2');
    expect(routed).toMatchObject({ link_gateway4: '192.168.7.1' });
    expect(routed).not.toHaveProperty('link_gateway6');
  });

  it('without addresses is set up all the same, and does not fall back to DHCP', () => {
    expect(settingsOf('[network quiet]\n', 'netifrc')).toMatchObject({ config_br_quiet: 'null' });
  });

  it('accepts router advertisements again before it forwards IPv6', () => {
    const [network] = modelOf(`${host}[network internal]\nipv6 = fd00::1/64\nnat = yes\n`).networks;
    expect(network && bridge.sysctls(network, ['eth0', 'vlan.7'])).toEqual([
      { name: 'net.ipv6.conf.eth0.accept_ra', value: '2' },
      { name: 'net/ipv6/conf/vlan.7/accept_ra', value: '2' },
      { name: 'net.ipv6.conf.all.forwarding', value: '1' },
    ]);
  });

  it('filters, forwards and masquerades nothing without `nat`', () => {
    const [network] = modelOf(`${host}[network internal]\nipv4 = 10.0.3.1/24\n`).networks;
    expect(network && bridge.sysctls(network, ['eth0'])).toEqual([]);
    expect(network && bridge.firewall(network)).toEqual({ guarded: [], masquerade4: [], masquerade6: [] });
  });

  it('gives the broadcast address to LXC, which computes a wrong one', () => {
    const model = modelOf('[network n]\nipv4 = 10.0.3.1/25\n[container a]\nid = 2\nnetwork = n\n');
    const [network] = model.networks;
    const [nic] = model.containers[0]?.nics ?? [];
    const lines = network && nic ? typeOf(network).lxcLines(network, nic) : [];
    expect(lines).toContainEqual({ key: 'lxc.net.0.ipv4.address', value: '10.0.3.2/25 10.0.3.127' });
    expect(lines[0]).toEqual({ key: 'lxc.net.0.type', value: 'veth' });
  });
});

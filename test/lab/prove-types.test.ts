import { expect, it } from 'vitest';
import { networkTypes } from '../../src/networks/index.ts';
import { describeLab } from './support/lab.ts';
import { expectProven, findings, proven, unmeasured } from './support/prove.ts';

const host = `[host]
name = excelsior
uplink = eth0
ipv4 = 192.0.2.10
ipv6 = 2001:db8::10
links = iproute2
`;

const pair = (network: string, id: number): string => `
[container ${network}1]
id = ${String(id)}
network = ${network}
[container ${network}2]
id = ${String(id + 1)}
network = ${network}
`;

/** Bridges inside the host, with every value of what they promise. */
const inner = `${host}
[network internal]
type = bridge
ipv4 = 10.0.1.1/24
ipv6 = fd00:0:0:1::1/64
nat = yes
[network closed]
type = bridge
ipv4 = 10.0.2.1/24
ipv6 = fd00:0:0:2::1/64
[network apart]
type = bridge
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
isolate = yes
[network local]
type = bridge
${['internal', 'closed', 'apart', 'local'].map((name, at) => pair(name, 11 + 2 * at)).join('')}`;

const routed = `${host}
[network edge]
type = routed
ipv4 = 198.51.100.0/28
ipv6 = 2001:db8:1::/64
[network hidden]
type = routed
ipv4 = 10.0.4.0/24
ipv6 = fd00:0:0:4::/64
nat = yes
[network single]
type = routed
ipv4 = 10.0.5.0/24
ipv6 = fd00:0:0:5::/64
isolate = yes
${['edge', 'hidden', 'single'].map((name, at) => pair(name, 1 + 2 * at)).join('')}`;

/** On the wire of the host's card, with the host's own addresses in the same network. */
const wire = (type: string, more: string): string => `${host}
[network shared]
type = ${type}
parent = eth0
ipv4 = 192.0.2.0/24
ipv6 = 2001:db8::/64
gateway = 192.0.2.1, 2001:db8::1
${more}
[container shared1]
id = 21
network = shared
`;

const other = `[container shared2]
id = 22
network = shared
`;

const bridged = `${host}
[network lan]
type = bridge
ports = eth0
promiscuous = yes
ipv4 = 192.0.2.10/24
ipv6 = 2001:db8::10/64
gateway = 192.0.2.1, 2001:db8::1
${pair('lan', 21)}`;

const apartOnWire = bridged.replace('promiscuous = yes', 'promiscuous = yes\nisolate = yes');

/** Types that hand something over, or nothing. */
const rest = `${host}
[network card]
type = phys
parent = eth1
ipv4 = 192.168.7.0/24
ipv6 = fd00:0:0:7::/64
gateway = 192.168.7.1, fd00:0:0:7::1
[network nothing]
type = empty
[network hosts]
type = none
[container card1]
id = 31
network = card
[container nothing1]
id = 32
network = nothing
[container hosts1]
id = 33
network = hosts
user-namespace = no
`;

describeLab('what the network types promise', () => {
  it('is what is measured of bridges inside the host', async () => expectProven(await proven(inner)));

  it('is what is measured of type routed', async () => expectProven(await proven(routed)));

  it.each(['private', 'vepa', 'bridge'])('is what is measured of a macvlan in mode %s', async (mode) => {
    expectProven(await proven(wire('macvlan', `mode = ${mode}`) + other));
  });

  it('is what is measured of a macvlan that the host is in', async () => {
    const source = wire('macvlan', 'mode = bridge\nhost-access = yes')
      .replace('ipv4 = 192.0.2.0/24', 'ipv4 = 192.0.2.2/24')
      .replace('ipv6 = 2001:db8::/64', 'ipv6 = 2001:db8::2/64');
    expectProven(await proven(source + other));
  });

  it('is what is measured of a macvlan in mode passthru', async () => {
    const all = await proven(
      wire('macvlan', 'mode = passthru')
        .replace('parent = eth0', 'parent = eth1')
        .replace('ipv4 = 192.0.2.10\nipv6 = 2001:db8::10\n', ''),
    );
    expect(findings(all.report)).toEqual([]);
    // The host has no address of the same network: by IPv6 it has a link-local one.
    expect(unmeasured(all)).toEqual(['shared 4 toHost', 'shared 4 fromHost']);
  });

  it('is what is measured of bridges that have a card, which they make promiscuous', async () => {
    expectProven(await proven(bridged), true);
    expectProven(await proven(apartOnWire), true);
  });

  it('is what is measured of types that hand a card over, or nothing', async () => {
    const all = await proven(rest);
    expect(findings(all.report)).toEqual([]);
    // The host has nothing left on that wire that could be met directly: all else goes by the router outside.
    expect(unmeasured(all)).toEqual(['card 4 toHost', 'card 4 fromHost', 'card 6 toHost', 'card 6 fromHost']);
  });

  it('tries each type somewhere, or leaves it to the virtual machine', async () => {
    const texts = [inner, routed, wire('macvlan', ''), bridged, rest].join('\n');
    const names = networkTypes.map(({ name }) => name);
    expect(names.filter((name) => !texts.includes(`type = ${name}`))).toEqual(['ipvlan', 'vlan']);
  });
});

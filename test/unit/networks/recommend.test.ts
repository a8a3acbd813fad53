import { describe, expect, it } from 'vitest';

import { formKeys, inForm } from '../../../src/networks/forms.ts';
import { networkTypes, typeOf } from '../../../src/networks/index.ts';
import { needsOf } from '../../../src/networks/needs.ts';
import { recommend, type KernelHas, type Recommendation } from '../../../src/networks/recommend.ts';
import type { HostModel, NetworkModel } from '../../../src/resolve/model.ts';
import { resolve } from '../../../src/resolve/resolve.ts';
import { parseSource } from '../../../src/source/parse.ts';

interface Declared {
  /** Keys of the network. */
  readonly network: string;
  /** Keys of each of its containers. */
  readonly containers?: readonly string[];
}

/** In spite of mistakes: a type that cannot do what is declared is one. */
function sketch({ network, containers = ['', ''] }: Declared): { model: HostModel; network: NetworkModel } {
  const described = containers.map(
    (keys, index) => `[container c${index + 1}]\nid = ${index + 5}\nnetwork = n\n${keys}\n`,
  );
  const text = `[host]\nuplink = eth0\n[network n]\n${network}\n[network other]\nipv4 = 10.9.9.1/24\n${described.join('')}`;
  const { sketch: model } = resolve(parseSource([{ path: 'host.ini', text }]), { netifrc: false });
  const found = model.networkByName.get('n');
  if (found === undefined) throw new Error('no network n');
  return { model, network: found };
}

function recommended(declared: Declared, has?: KernelHas): Recommendation {
  const { model, network } = sketch(declared);
  return recommend(model, network, has);
}

const inner = 'ipv4 = 10.0.3.1/24\nipv6 = fd00:0:0:3::1/64\nnat = yes';
const onWire = 'type = bridge\nipv4 = 192.168.7.2/24\ngateway = 192.168.7.1\nports = eth0';
const macvlan = 'type = macvlan\nipv4 = 192.168.7.0/24\ngateway = 192.168.7.1';

const withoutFiltering: KernelHas = ({ name }) => name !== 'CONFIG_BRIDGE_VLAN_FILTERING';

describe('a network that does what is declared', () => {
  it.each<[string, Declared]>([
    ['nothing declared, inside', { network: inner }],
    ['no container at all', { network: inner, containers: [] }],
    ['nothing declared, on the wire', { network: onWire }],
    [
      'the host and each other, inside',
      { network: inner, containers: ['allow-in = host:22/tcp, n:80/tcp', 'needs = c1'] },
    ],
    ['nobody, inside', { network: inner, containers: ['allow-in = none\nallow-out = none'] }],
    ['anybody who can, inside', { network: inner, containers: ['allow-in = any:80/tcp'] }],
    ['isolated, inside', { network: `${inner}\nisolate = yes` }],
    ['served by dnsmasq', { network: `${inner}\ndhcp = yes`, containers: ['ipv4 = dhcp'] }],
    ['outside, on the wire', { network: onWire, containers: ['allow-in = outside:80/tcp, host:22/tcp'] }],
    ['public, routed', { network: 'type = routed\nipv4 = 198.51.100.0/28', containers: ['allow-in = any:80/tcp'] }],
    ['outside, on a macvlan', { network: macvlan, containers: [''] }],
    ['limited alone on a macvlan', { network: macvlan, containers: ['allow-in = outside:80/tcp'] }],
    [
      'limited in mode private',
      { network: `${macvlan}\nmode = private`, containers: ['allow-in = outside:80/tcp', ''] },
    ],
    [
      'the host on a macvlan with access',
      { network: `${macvlan.replace('0/24', '2/24')}\nhost-access = yes`, containers: ['allow-in = host:22/tcp'] },
    ],
    ['a card of its own', { network: 'type = phys\nparent = eth1\nipv4 = 192.168.7.0/24', containers: [''] }],
    ['no network', { network: 'type = empty' }],
    ['the host’s network', { network: 'type = none' }],
  ])('is kept: %s', (_, declared) => {
    const { keep, type, changes } = recommended(declared);
    expect({ keep, type, changes }).toEqual({ keep: true, type: sketch(declared).network.type, changes: [] });
  });
});

describe('a network that does not', () => {
  it.each<[string, Declared, string, Record<string, string>, RegExp]>([
    [
      'a public address, inside',
      { network: 'ipv4 = 198.51.100.1/28\nnat = yes', containers: ['', ''] },
      'routed',
      {},
      /^c1 has the public address 198\.51\.100\.5, and nobody outside gets in; with routed, those outside get in$/u,
    ],
    [
      'outside, inside with nat',
      { network: inner, containers: ['allow-in = outside:80/tcp'] },
      'routed',
      {},
      /^c1 has allow-in = outside:80\/tcp, and nobody outside gets in/u,
    ],
    [
      'a prefix outside, inside',
      { network: inner, containers: ['allow-in = 203.0.113.0/24:80/tcp'] },
      'routed',
      {},
      /nobody outside gets in/u,
    ],
    [
      'the host, alone on a macvlan',
      { network: macvlan, containers: ['allow-in = host:22/tcp'] },
      'macvlan',
      { 'host-access': 'yes' },
      /the host reaches nothing in it; with macvlan, host-access = yes, the host reaches them$/u,
    ],
    [
      'to the host, alone on a macvlan',
      { network: macvlan, containers: ['allow-out = host:53/udp'] },
      'macvlan',
      { 'host-access': 'yes' },
      /nothing in it reaches the host/u,
    ],
    [
      'limits among several on a macvlan',
      { network: macvlan, containers: ['allow-in = outside:80/tcp', ''] },
      'bridge',
      { ports: 'eth0' },
      /^what c1 allows cannot be held against all; with bridge, ports = eth0, it is held against everybody$/u,
    ],
    [
      'each other, in mode private',
      { network: `${macvlan}\nmode = private`, containers: ['needs = c2', ''] },
      'macvlan',
      {},
      /^c1 needs c2, and its containers do not reach each other/u,
    ],
    [
      'out, inside without nat',
      { network: 'ipv4 = 10.0.3.1/24', containers: ['allow-out = outside:443/tcp'] },
      'bridge',
      { nat: 'yes' },
      /nothing gets out of it/u,
    ],
    [
      'a promiscuous card',
      { network: `${onWire}\npromiscuous = yes` },
      'bridge',
      { ports: 'eth0' },
      /^eth0 takes in every frame on its wire/u,
    ],
    [
      'several containers with one card',
      { network: 'type = phys\nparent = eth1\nipv4 = 192.168.7.0/24' },
      'macvlan',
      { mode: 'private' },
      /^it has no room for 2 containers/u,
    ],
    [
      'limits in the host’s own network',
      { network: 'type = none', containers: ['allow-in = host:22/tcp'] },
      'routed',
      {},
      /^what c1 allows cannot be held/u,
    ],
  ])('is better changed: %s', (_, declared, type, keys, reason) => {
    const found = recommended(declared);
    expect(found).toMatchObject({ keep: false, type, keys, reason: expect.stringMatching(reason) });
    expect(found.changes).not.toEqual([]);
  });

  it('says what would have to change', () => {
    expect(recommended({ network: onWire }, withoutFiltering)).toEqual({
      keep: false,
      type: 'routed',
      keys: {},
      reason: 'eth0 takes in every frame on its wire; with routed, no card takes in more than what is for it',
      changes: [
        'write type = routed',
        'leave out ports, gateway',
        'give eth0 the address back that the bridge has',
        'its containers keep their addresses: the host answers for them on eth0',
        'broadcasts and multicasts reach them no more',
      ],
    });
    expect(recommended({ network: `${onWire}\npromiscuous = yes` }).changes).toEqual(['leave out promiscuous']);
  });

  it('is not sent to a type that the kernel lacks', () => {
    const declared = { network: 'type = ipvlan\nipv4 = 192.168.7.0/24', containers: [''] };
    expect(recommended(declared).keep).toBe(true);
    expect(recommended(declared, ({ name }) => !/VLAN/u.test(name))).toMatchObject({
      type: 'routed',
      reason: expect.stringMatching(/^this kernel has no CONFIG_IPVLAN; with routed/u),
    });
  });
});

describe('needs', () => {
  const needs = (keys: string): readonly string[] => {
    const { model, network } = sketch({ network: 'ipv4 = 10.0.3.1/24', containers: [keys, ''] });
    return needsOf(model, network).map(({ reach }) => reach);
  };

  it.each<[string, readonly string[]]>([
    ['allow-in = any', []],
    ['allow-in = n', ['containers']],
    ['allow-in = c2:80/tcp', ['containers']],
    ['allow-in = other', ['fromHost']],
    ['allow-in = 10.0.3.9', ['containers']],
    ['allow-in = 192.0.2.1', ['fromOutside']],
    ['allow-out = other, outside:icmp', ['toHost', 'toOutside']],
    ['allow-out = none', []],
    ['ipv4 = none', []],
  ])('%s asks for %j', (keys, expected) => {
    expect(needs(keys)).toEqual(expected);
  });
});

describe('forms', () => {
  const all = networkTypes.flatMap((type) =>
    type.forms.map((form) => [`${type.name} ${JSON.stringify(form)}`, type, form] as const),
  );

  it.each(all)('%s is what the description makes of its keys', (_, type, form) => {
    const addresses = type.keys.includes('ipv4') ? 'ipv4 = 10.0.3.1/24\nipv6 = fd00:0:0:3::1/64\n' : '';
    const keys = Object.entries(formKeys(form, 'eth0')).map(([key, value]) => `${key} = ${value}\n`);
    const { network } = sketch({ network: `type = ${type.name}\n${addresses}${keys.join('')}`, containers: [] });
    const made = inForm(sketch({ network: addresses, containers: [] }).network, type, form, 'eth0');
    const { mac: _mac, gateway4: _4, gateway6: _6, broadcast4: _all, where: _place, ...rest } = network;
    expect(made).toMatchObject(addresses === '' ? { type: type.name } : rest);
    expect(typeOf(made)).toBe(type);
  });
});

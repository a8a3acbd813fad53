import { networkTypeNames } from '../../networks/names.ts';
import type { SectionSpec } from '../types.ts';

export const networkSection: SectionSpec = {
  kind: 'network',
  named: true,
  nameForm: 'name',
  summary: 'a network that containers are in',
  details: 'Containers name it with `network`.',
  example: '[network internal]',
  keys: [
    {
      name: 'type',
      type: 'choice',
      choices: networkTypeNames,
      summary: 'What connects the containers.',
      default: 'bridge',
      example: 'type = bridge',
      since: '0.1.0',
    },
    {
      name: 'ipv4',
      type: 'ipv4-prefix',
      summary:
        "The host's IPv4 address in the network, with the length of the prefix that its containers have addresses of.",
      details:
        'Where the host has none (routed, ipvlan, vlan, phys; macvlan without `host-access`), the prefix alone counts.',
      defaultDoc: 'no IPv4',
      example: 'ipv4 = 10.0.3.1/24',
      since: '0.1.0',
    },
    {
      name: 'ipv6',
      type: 'ipv6-prefix',
      summary:
        "The host's IPv6 address in the network, with the length of the prefix that its containers have addresses of.",
      details:
        'Where the host has none (routed, ipvlan, vlan, phys; macvlan without `host-access`), the prefix alone counts.',
      defaultDoc: 'no IPv6',
      example: 'ipv6 = fd00:0:0:3::1/64',
      since: '0.1.0',
    },
    {
      name: 'gateway',
      type: 'address-list',
      summary: 'What the containers of this network route through: an IPv4 address, an IPv6 address, or one of each.',
      details:
        'Give it where another router is in the network, as with `ports`; the host then routes through it as well.',
      defaultDoc: "the host's own addresses in the network",
      example: 'gateway = 192.168.7.1, 2001:db8:7::1',
      since: '0.1.0',
    },
    {
      name: 'ports',
      type: 'interface-list',
      summary:
        'Interfaces of the host that become ports of the bridge, so that the containers are in the network outside.',
      details:
        'The addresses of such an interface move to the bridge: write them as `ipv4` and `ipv6` of this network.',
      defaultDoc: 'none: the network is inside the host alone',
      example: 'ports = eth0',
      since: '0.1.0',
    },
    {
      name: 'promiscuous',
      type: 'yes-no',
      summary: 'Whether a network card among the `ports` may receive every frame on its wire.',
      details:
        '`no` makes the bridge filter VLANs and enters the hardware address of each container, so that the card listens to those alone. ' +
        'Tagged frames do not pass such a bridge. Where the kernel cannot do that, the card becomes promiscuous all the same.',
      default: 'no',
      example: 'promiscuous = yes',
      since: '0.1.0',
    },
    {
      name: 'parent',
      type: 'interface',
      summary: 'The interface of the host that the containers share, or that one of them gets.',
      defaultDoc: 'the uplink, where there is one; type phys has none',
      example: 'parent = eth0',
      since: '0.1.0',
    },
    {
      name: 'mode',
      type: 'choice',
      choices: ['private', 'vepa', 'bridge', 'passthru', 'l2', 'l3', 'l3s'],
      summary:
        'How containers on one parent reach each other: of macvlan private, vepa, bridge, passthru; of ipvlan l2, l3, l3s.',
      details:
        'private: not at all. vepa: through a switch outside that sends frames back. bridge: directly. passthru: one container has the parent to itself. ' +
        "l2: as on one wire. l3: routed, without broadcasts. l3s: the same through the host's packet filter.",
      defaultDoc: 'macvlan: bridge; ipvlan: l2',
      example: 'mode = private',
      since: '0.1.0',
    },
    {
      name: 'vlan',
      type: 'integer',
      min: 1,
      max: 4094,
      summary: 'The number of the VLAN on the parent, as IEEE 802.1Q has it.',
      defaultDoc: 'none: type vlan needs one',
      example: 'vlan = 42',
      since: '0.1.0',
    },
    {
      name: 'host-access',
      type: 'yes-no',
      summary: 'Whether the host has a macvlan of its own on the parent, so that host and containers reach each other.',
      default: 'no',
      example: 'host-access = yes',
      since: '0.1.0',
    },
    {
      name: 'isolate',
      type: 'yes-no',
      summary: 'Whether the containers of this network are kept from each other, on the wire and through the host.',
      default: 'no',
      example: 'isolate = yes',
      since: '0.1.0',
    },
    {
      name: 'dhcp',
      type: 'yes-no',
      summary: 'Whether dnsmasq on the host gives each container its address, name and name server.',
      details:
        'Leases are fixed: what the description says, and nobody else gets one. A container with `ipv4 = dhcp` asks for its address; the others have ' +
        'theirs without asking. IPv6 is announced with the prefix, and given by DHCPv6 where that has 64 bits or more. The names of all containers, ' +
        'with and without `domain`, resolve there, and their addresses back to names; other names are asked of the name servers of the host.',
      default: 'no',
      example: 'dhcp = yes',
      since: '0.1.0',
    },
    {
      name: 'nat',
      type: 'yes-no',
      summary: "Whether containers reach the outside under the host's address, and the host forwards for them.",
      default: 'no',
      example: 'nat = yes',
      since: '0.1.0',
    },
    {
      name: 'dns',
      type: 'address-list',
      summary: 'The name servers that containers of this network use.',
      defaultDoc: "with `dhcp` the host's own addresses there; else whatever the container has configured itself",
      example: 'dns = 10.0.3.1',
      since: '0.1.0',
    },
    {
      name: 'mtu',
      type: 'integer',
      unit: 'bytes',
      min: 576,
      max: 65_535,
      summary: 'The largest packet that the network carries. IPv6 needs 1280 at least.',
      defaultDoc: 'what the kernel takes, 1500 as a rule',
      example: 'mtu = 9000',
      since: '0.1.0',
    },
    {
      name: 'mac',
      type: 'mac',
      summary: "The hardware address of the host's interface in the network.",
      defaultDoc:
        'with `ports`, that of the first port; else derived from the names of the host and the network, stable and locally administered',
      example: 'mac = 02:00:0a:00:03:01',
      since: '0.1.0',
    },
  ],
};

import { nicLines } from './lxc.ts';
import { noFirewallParts, parentIsPort, parentOf, tooManyContainers } from './parent.ts';
import type { NetworkType } from './types.ts';

const most = (): number => 1;

export const vlan: NetworkType = {
  name: 'vlan',
  summary: 'One container has a tagged VLAN of a card of the host’s to itself.',
  paragraph:
    'The container’s interface is the VLAN: its frames leave the card with the tag, and it sees no others. The kernel gives one interface ' +
    'a VLAN and a card, so that the network has one container, and the host is not in it. For several containers in a VLAN make the ' +
    'tagged interface on the host (eth0.42), and take it as a port of a bridge or as the parent of a macvlan. Root in the container can make ' +
    'the card promiscuous.',
  keys: ['ipv4', 'ipv6', 'gateway', 'parent', 'vlan', 'dns', 'mtu'],
  required: ['vlan'],
  sinceLxc: '1.0.0',
  most,
  kernelOptions: [
    {
      name: 'CONFIG_VLAN_8021Q',
      module: '8021q',
      why: 'no container gets an interface',
      trial: 'link ve0 type vlan id 2',
    },
  ],
  rules: [parentIsPort('vlan'), tooManyContainers('vlan', most, 'the kernel gives one interface a VLAN of a card')],
  linkPrefix: () => undefined,
  vethPairs: false,
  lxcLines: (network, nic) =>
    nicLines(network, nic, {
      type: 'vlan',
      own: [
        ['vlan.id', String(network.vlan ?? 1)],
        ['link', parentOf(network)],
      ],
    }),
  hostLink: () => undefined,
  forms: [{ vlan: '42' }],
  isOnWire: () => true,
  attachment: (network) => ({ kind: 'parent', parent: parentOf(network), own: 'mac' }),
  reach: () => ({ containers: false, toHost: false, fromHost: false, toOutside: true, fromOutside: true }),
  promiscuous: () => false,
  promiscuousWhenAsked: () => true,
  drawing: ({ vlan: tag }) => ({ label: `VLAN ${tag ?? 1}, tagged`, carrier: 'card' }),
  holds: () => ({ sources: 'all', policy: 'all' }),
  firewall: () => noFirewallParts,
  sysctls: () => [],
  openrcService: () => undefined,
};

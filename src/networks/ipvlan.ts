import type { NetworkModel } from '../resolve/model.ts';
import { nicLines } from './lxc.ts';
import { noFirewallParts, parentIsPort, parentOf } from './parent.ts';
import type { NetworkType } from './types.ts';

const modes = ['l2', 'l3', 'l3s'] as const;

export const ipvlan: NetworkType = {
  name: 'ipvlan',
  summary: 'Containers share a card of the host’s with its hardware address, and differ by IP address alone.',
  paragraph:
    'For wires that carry one hardware address a port: a strict switch, a wireless card, some virtual machines. In mode l2 containers are on ' +
    'the wire with addresses of its network. In l3 and l3s the host’s card takes no part in ARP and ND for them: the router outside ' +
    'needs a route to their prefix through the host, and whoever is outside gets in by it. Containers reach the host by its own routes, ' +
    'and the host reaches them by way of that router; in l2 neither reaches the other. What containers send each other never leaves ' +
    'the driver.',
  keys: ['ipv4', 'ipv6', 'gateway', 'parent', 'mode', 'dns', 'mtu'],
  required: [],
  modes,
  sinceLxc: '3.1.0',
  kernelOptions: [
    {
      name: 'CONFIG_IPVLAN',
      module: 'ipvlan',
      why: 'no container gets an interface',
      trial: 'link ve0 type ipvlan mode l2',
    },
    {
      name: 'CONFIG_IPVLAN_L3S',
      why: 'mode l3s is refused',
      when: ({ mode }) => mode === 'l3s',
      trial: 'link ve0 type ipvlan mode l3s',
    },
  ],
  rules: [parentIsPort('ipvlan')],
  linkPrefix: () => undefined,
  vethPairs: false,
  lxcLines: (network: NetworkModel, nic) =>
    nicLines(network, nic, {
      type: 'ipvlan',
      own: [
        ['ipvlan.mode', network.mode ?? modes[0]],
        ['ipvlan.isolation', 'bridge'],
        ['link', parentOf(network)],
      ],
      hasMac: false,
    }),
  hostLink: () => undefined,
  forms: modes.map((mode, index) => (index === 0 ? {} : { mode })),
  isOnWire: ({ mode }) => mode === 'l2',
  attachment: (network) => ({ kind: 'parent', parent: parentOf(network), own: 'address' }),
  reach: ({ mode }) => ({
    containers: true,
    // In the other modes the driver asks the host's routes what to do with a packet.
    toHost: mode !== 'l2',
    fromHost: mode !== 'l2',
    toOutside: true,
    fromOutside: true,
  }),
  promiscuous: () => false,
  drawing: ({ mode }) => ({ label: `ipvlan, mode ${mode ?? modes[0]}`, carrier: 'card' }),
  // Its packets have the hardware address of the host's own: nobody can tell whose they are, but by what they say.
  holds: () => ({ sources: 'nothing', policy: 'wire' }),
  firewall: () => noFirewallParts,
  sysctls: () => [],
  openrcService: () => undefined,
};

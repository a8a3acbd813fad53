import { noFirewallParts } from './parent.ts';
import type { NetworkRule, NetworkType } from './types.ts';

const sharesTheHosts: NetworkRule = {
  code: 'none-shares-the-host',
  severity: 'warning',
  summary: 'A container has no network of its own: it is in the host’s.',
  check: (network, context, report) => {
    report(
      `${network.name}: its containers are in the host's own network: their root takes down its cards and empties its packet filter`,
      context.place('network', network.name, 'type'),
      'write type = empty for no network at all, or type = routed for one that cannot touch the host',
    );
  },
};

export const none: NetworkType = {
  name: 'none',
  summary: 'A container that shares the network of the host: its cards, addresses, ports and packet filter.',
  paragraph:
    'There is nothing between such a container and the host’s network. With a privileged container its root can flush the host’s rules and ' +
    'take down its cards; nothing can hold that. It is there for programs that manage the host’s own network.',
  keys: [],
  required: [],
  sinceLxc: '1.0.0',
  kernelOptions: [{ name: 'CONFIG_NET', why: 'there is no network' }],
  rules: [sharesTheHosts],
  sharesHost: true,
  linkPrefix: () => undefined,
  vethPairs: false,
  lxcLines: (_network, nic) => [{ key: `lxc.net.${nic.index}.type`, value: 'none' }],
  hostLink: () => undefined,
  forms: [{}],
  isOnWire: () => false,
  attachment: () => ({ kind: 'none' }),
  reach: () => ({ containers: true, toHost: true, fromHost: true, toOutside: true, fromOutside: true }),
  promiscuous: () => undefined,
  drawing: () => ({ label: 'the host’s own network', carrier: 'nothing' }),
  holds: () => ({ sources: 'nothing', policy: 'nothing' }),
  firewall: () => noFirewallParts,
  sysctls: () => [],
  openrcService: () => undefined,
};

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

// Measured with LXC 5.0: a mount of /sys shows the network that it is made in, and the kernel gives it to nobody but the
// owner of that network.
const needsTheHostsUsers: NetworkRule = {
  code: 'none-in-user-namespace',
  severity: 'error',
  summary: 'A container in the host’s network has a user namespace of its own, and does not start.',
  check: (network, { model, place }, report) => {
    for (const { name, nics, userNamespace } of model.containers) {
      if (!userNamespace || nics.every((nic) => nic.network !== network.name)) continue;
      report(
        `${name}: in a user namespace of its own it cannot mount the /sys of the host's network ${network.name}, and LXC does not start it`,
        place('container', name, 'network'),
        'write user-namespace = no, where root inside may be root of the host; else take another type of network',
      );
    }
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
  rules: [sharesTheHosts, needsTheHostsUsers],
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

import { noFirewallParts } from './parent.ts';
import type { NetworkType } from './types.ts';

export const empty: NetworkType = {
  name: 'empty',
  summary: 'A container with a network of its own that has nothing but loopback.',
  paragraph:
    'For work that needs no network at all: nothing reaches it and it reaches nothing. A container that names no network has the same.',
  keys: [],
  required: [],
  sinceLxc: '1.0.0',
  kernelOptions: [{ name: 'CONFIG_NET_NS', why: 'no container can be started' }],
  rules: [],
  linkPrefix: () => undefined,
  vethPairs: false,
  lxcLines: (_network, nic) => [{ key: `lxc.net.${nic.index}.type`, value: 'empty' }],
  hostLink: () => undefined,
  forms: [{}],
  isOnWire: () => false,
  attachment: () => ({ kind: 'none' }),
  reach: () => ({ containers: false, toHost: false, fromHost: false, toOutside: false, fromOutside: false }),
  promiscuous: () => undefined,
  drawing: () => ({ label: 'loopback alone', carrier: 'nothing' }),
  holds: () => ({ sources: 'all', policy: 'all' }),
  firewall: () => noFirewallParts,
  sysctls: () => [],
  openrcService: () => undefined,
};

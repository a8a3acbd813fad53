import { nicLines } from './lxc.ts';
import { noFirewallParts, parentIsPort, parentOf, tooManyContainers } from './parent.ts';
import type { NetworkRule, NetworkType } from './types.ts';

const most = (): number => 1;

const parentIsUplink: NetworkRule = {
  code: 'phys-parent-is-uplink',
  severity: 'error',
  summary: 'A container is to get the card that the host itself goes out through.',
  check: (network, context, report) => {
    if (!context.model.host.uplinks.includes(parentOf(network))) return;
    report(
      `${network.name}: ${parentOf(network)} is an uplink: once the container has it, the host is cut off`,
      context.place('network', network.name, 'parent'),
      'name another card, or share this one: type = macvlan',
    );
  },
};

export const phys: NetworkType = {
  name: 'phys',
  summary: 'One container gets a card of the host’s, which the host has no more while it runs.',
  paragraph:
    'The whole card moves into the container: full speed, and nothing of the host’s in between, no packet filter either. When the container ' +
    'stops, the card comes back to the host, down and without addresses; whoever needs it there again has to set it up.',
  keys: ['ipv4', 'ipv6', 'gateway', 'parent', 'dns', 'mtu'],
  required: ['parent'],
  sinceLxc: '1.0.0',
  most,
  kernelOptions: [{ name: 'CONFIG_NET_NS', why: 'no card can be given away' }],
  rules: [parentIsPort('phys'), parentIsUplink, tooManyContainers('phys', most, 'a card can be in one container only')],
  linkPrefix: () => undefined,
  vethPairs: false,
  lxcLines: (network, nic) =>
    nicLines(network, nic, { type: 'phys', own: [['link', parentOf(network)]], hasMac: false }),
  hostLink: () => undefined,
  forms: [{ parent: 'CARD' }],
  isOnWire: () => true,
  attachment: () => ({ kind: 'none' }),
  reach: () => ({ containers: false, toHost: false, fromHost: false, toOutside: true, fromOutside: true }),
  promiscuous: () => false,
  drawing: () => ({ label: 'the card itself', carrier: 'card' }),
  holds: () => ({ sources: 'nothing', policy: 'nothing' }),
  firewall: () => noFirewallParts,
  sysctls: () => [],
  openrcService: () => undefined,
};

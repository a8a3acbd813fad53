import type { NetworkModel, NicModel } from '../resolve/model.ts';
import { hostAddresses } from './addresses.ts';
import { nicLines } from './lxc.ts';
import { noFirewallParts, parentIsPort, parentOf, tooManyContainers } from './parent.ts';
import { linkService } from './services.ts';
import type { HostLink, NetworkRule, NetworkType, Reach, Setting } from './types.ts';

const modes = ['bridge', 'private', 'vepa', 'passthru'] as const;

/** The host's own macvlan on the parent: there with `host-access` alone. */
function hostLink(network: NetworkModel, nics: readonly NicModel[]): HostLink | undefined {
  if (network.link === undefined) return undefined;
  const routes = nics.flatMap(({ senders4, senders6 }) => [...senders4, ...senders6].flatMap(hostRoute));
  return {
    name: network.link,
    holds: [],
    netifrc: netifrc(network, network.link, routes),
    iproute2: iproute2(network, routes),
    notes: [`${parentOf(network)} itself reaches no container: the host speaks to them through ${network.link}.`],
    netifrcPostup: ['rc_lxc_deaf'],
  };
}

/**
 * The parent may have addresses of the same network: each container's own route tells the host to go by its macvlan, to
 * the address that a container makes of a router's announcement (SLAAC) as well. Link-local ones are met there anyway.
 */
function hostRoute(address: string): readonly string[] {
  if (address.startsWith('fe80:')) return [];
  return [`${address}/${address.includes(':') ? 128 : 32}`];
}

function iproute2(network: NetworkModel, routes: readonly string[]): readonly Setting[] {
  const { ipv4, ipv6 } = hostAddresses(network);
  const all: readonly Setting[] = [
    { name: 'link_type', value: 'macvlan' },
    { name: 'link_parent', value: parentOf(network) },
    { name: 'link_mode', value: 'bridge' },
    { name: 'rc_after', value: `net.${parentOf(network)} rc-lxc-link.${parentOf(network)}` },
    { name: 'link_mac', value: network.mac ?? '' },
    { name: 'link_mtu', value: network.mtu === undefined ? '' : String(network.mtu) },
    { name: 'link_ipv4', value: ipv4.join(' ') },
    { name: 'link_ipv6', value: ipv6.join(' ') },
    { name: 'link_routes', value: routes.join(' ') },
  ];
  return all.filter(({ value }) => value !== '');
}

/** netifrc's variables (net.example). */
function netifrc(network: NetworkModel, link: string, routes: readonly string[]): readonly Setting[] {
  const variable = link.replaceAll('-', '_');
  const { ipv4, ipv6 } = hostAddresses(network);
  const addresses = [...ipv4, ...ipv6];
  return [
    { name: `macvlan_${variable}`, value: parentOf(network) },
    { name: `mode_${variable}`, value: 'bridge' },
    { name: `mac_${variable}`, value: network.mac ?? '' },
    ...(network.mtu === undefined ? [] : [{ name: `mtu_${variable}`, value: String(network.mtu) }]),
    { name: `config_${variable}`, value: addresses.length === 0 ? 'null' : addresses.join('\n') },
    ...(routes.length === 0 ? [] : [{ name: `routes_${variable}`, value: routes.join('\n') }]),
    { name: `dad_timeout_${variable}`, value: '0' },
    { name: 'rc_after', value: `net.${parentOf(network)}` },
  ];
}

function reach(network: NetworkModel): Reach {
  // A frame of mode vepa goes to the switch outside, which sends none back on the port that it came from.
  return {
    containers: network.mode === 'bridge',
    toHost: network.hostAccess,
    fromHost: network.hostAccess,
    toOutside: true,
    fromOutside: true,
  };
}

const hostAccessMode: NetworkRule = {
  code: 'macvlan-host-access-mode',
  severity: 'error',
  summary: 'A macvlan network is to reach the host, in a mode that keeps everybody on the parent apart.',
  check: (network, context, report) => {
    if (!network.hostAccess || network.mode === 'bridge') return;
    report(
      `${network.name}: in mode ${network.mode ?? ''} nobody on ${parentOf(network)} reaches another one, the host's macvlan neither`,
      context.place('network', network.name, 'mode'),
      'write mode = bridge, or leave `host-access` out',
    );
  },
};

const addressWithoutHost: NetworkRule = {
  code: 'macvlan-host-access-without-address',
  severity: 'error',
  summary: 'The host is to have a macvlan of its own, but no address on it.',
  check: (network, context, report) => {
    if (!network.hostAccess || network.ipv4 !== undefined || network.ipv6 !== undefined) return;
    report(
      `${network.name}: \`host-access = yes\`, but the host has no address that containers could reach it at`,
      context.place('network', network.name, 'host-access'),
      "write the host's address in it: ipv4 = ADDRESS/LENGTH",
    );
  },
};

const passthruOnUplink: NetworkRule = {
  code: 'macvlan-passthru-on-uplink',
  severity: 'error',
  summary: 'A container is to have all frames of the card that the host itself goes out through.',
  check: (network, context, report) => {
    if (network.mode !== 'passthru' || !context.model.host.uplinks.includes(parentOf(network))) return;
    report(
      `${network.name}: ${parentOf(network)} is an uplink: in mode passthru its container gets every frame, and the host is cut off`,
      context.place('network', network.name, 'mode'),
      'name another card as the parent, or share this one: mode = bridge',
    );
  },
};

const onQuietBridge: NetworkRule = {
  code: 'macvlan-on-quiet-bridge',
  severity: 'warning',
  summary: 'A macvlan has a bridge for its parent that is to keep its card out of promiscuous mode.',
  check: (network, context, report) => {
    const parent = context.model.networks.find(({ link }) => link !== undefined && link === network.parent);
    if (parent?.quiet !== true) return;
    report(
      `${network.name}: a macvlan on ${parentOf(network)} makes the bridge promiscuous, and with it ${parent.ports.join(', ')}, which ${parent.name} keeps out of that`,
      context.place('network', network.name, 'parent'),
      `put its containers into ${parent.name}; or write promiscuous = yes in [network ${parent.name}], where it does not matter`,
    );
  },
};

const most = ({ mode }: NetworkModel): number | undefined => (mode === 'passthru' ? 1 : undefined);

export const macvlan: NetworkType = {
  name: 'macvlan',
  summary: 'Each container has a hardware address of its own on a card of the host’s.',
  paragraph:
    'Containers are on the wire of the card without a bridge. The kernel keeps them from the host itself; `host-access = yes` gives the host ' +
    'a macvlan of its own on the same card, and with it a second address. What containers send each other in mode bridge never leaves ' +
    'the driver, so no packet filter sees it: take a bridge or type routed where containers must be kept from each other one by one. ' +
    'In mode private root in a container can switch its own interface to mode bridge and speak to others that are in that. ' +
    'What leaves the card is held to the addresses of containers and of the host itself: other programs’ macvlans on it (Docker’s) are cut off. ' +
    'Root in a container can make the card promiscuous, and more containers than the card has filters for (64 with virtio) do so without any sign. ' +
    'A switch that allows one hardware address a port, and most wireless cards, do not carry it.',
  keys: ['ipv4', 'ipv6', 'gateway', 'parent', 'mode', 'host-access', 'dns', 'mtu', 'mac'],
  required: [],
  modes,
  sinceLxc: '1.0.0',
  most,
  kernelOptions: [
    {
      name: 'CONFIG_MACVLAN',
      module: 'macvlan',
      why: 'no container gets an interface',
      trial: 'link ve0 type macvlan',
    },
  ],
  rules: [
    parentIsPort('macvlan'),
    tooManyContainers('macvlan', most, 'in mode passthru one container has the parent to itself'),
    hostAccessMode,
    addressWithoutHost,
    passthruOnUplink,
    onQuietBridge,
  ],
  linkPrefix: ({ hostAccess }) => (hostAccess ? 'mv' : undefined),
  vethPairs: false,
  lxcLines: (network, nic) =>
    nicLines(network, nic, {
      type: 'macvlan',
      own: [
        ['macvlan.mode', network.mode ?? modes[0]],
        ['link', parentOf(network)],
      ],
    }),
  hostLink,
  forms: [{}, { 'host-access': 'yes' }, ...modes.slice(1).map((mode) => ({ mode }))],
  isOnWire: () => true,
  attachment: (network) => ({ kind: 'parent', parent: parentOf(network), own: 'mac' }),
  reach,
  promiscuous: ({ mode }) => mode === 'passthru',
  promiscuousWhenAsked: () => true,
  drawing: ({ mode }) => ({ label: `macvlan, mode ${mode ?? modes[0]}`, carrier: 'card' }),
  // Root inside can change its own macvlan's mode (measured), and so meet others in the driver.
  holds: ({ mode }) => {
    const what = mode === 'passthru' ? 'all' : 'wire';
    return { sources: what, policy: what };
  },
  firewall: () => noFirewallParts,
  sysctls: () => [],
  openrcService: (network, links) => (network.link === undefined ? undefined : linkService(network.link, links)),
};

import type { NetworkModel, NicModel } from '../resolve/model.ts';
import { hostAddresses } from './addresses.ts';
import { nicLines } from './lxc.ts';
import { linkService } from './services.ts';
import { forwarding } from './sysctls.ts';
import type { FirewallParts, HostLink, LxcLine, NetworkRule, NetworkType, Reach, Setting } from './types.ts';

/** The host's interface; a bridge always has one. It has its first port's MAC where none is given. */
function linkOf(network: NetworkModel): { readonly name: string; readonly mac?: string } {
  if (network.link === undefined) throw new Error(`${network.name}: a bridge without a name`);
  return { name: network.link, ...(network.mac === undefined ? {} : { mac: network.mac }) };
}

/** The gateways that the host itself routes through: none where the host is the gateway. */
function outsideGateways(network: NetworkModel): { readonly four?: string; readonly six?: string } {
  if (!network.gatewayIsOutside) return {};
  return {
    ...(network.gateway4 === undefined || network.gateway4 === network.ipv4?.address ? {} : { four: network.gateway4 }),
    ...(network.gateway6 === undefined || network.gateway6 === network.ipv6?.address ? {} : { six: network.gateway6 }),
  };
}

/**
 * OpenRC reads these from any service's settings: a bridge with ports comes after their own services, and before the
 * kernel parameters of the interface that the uplink becomes part of.
 */
function order(network: NetworkModel, serviceOf?: (port: string) => string): readonly Setting[] {
  if (network.ports.length === 0) return [];
  const after = serviceOf === undefined ? [] : [{ name: 'rc_after', value: network.ports.map(serviceOf).join(' ') }];
  return [...after, { name: 'rc_before', value: 'rc-lxc-nft' }];
}

/** netifrc's variables (net.example): `-` of an interface's name is `_` in theirs. */
function netifrc(network: NetworkModel): readonly Setting[] {
  const { name, mac } = linkOf(network);
  const variable = name.replaceAll('-', '_');
  const { ipv4, ipv6 } = hostAddresses(network);
  // Nobody else can have the host's address on a bridge without ports, and the check would hold up the first container.
  const unchecked = network.ports.length === 0 ? ' nodad' : '';
  const addresses = [...ipv4, ...ipv6.map((address) => `${address}${unchecked}`)];
  const { four, six } = outsideGateways(network);
  const routes = [four, six].filter((gateway) => gateway !== undefined).map((gateway) => `default via ${gateway}`);
  const all: readonly Setting[] = [
    // `bridge_…=""` would make each start delete the bridge that is there; `bridge_force_…` keeps it.
    network.ports.length === 0
      ? { name: `bridge_force_${variable}`, value: 'yes' }
      : { name: `bridge_${variable}`, value: network.ports.join(' ') },
    ...(mac === undefined ? [] : [{ name: `mac_${variable}`, value: mac }]),
    ...(network.mtu === undefined ? [] : [{ name: `mtu_${variable}`, value: String(network.mtu) }]),
    ...order(network, (port) => `net.${port}`),
    // Else a port forwards nothing for its first 15 seconds.
    { name: `bridge_forward_delay_${variable}`, value: '0' },
    { name: `config_${variable}`, value: addresses.length === 0 ? 'null' : addresses.join('\n') },
    ...(routes.length === 0 ? [] : [{ name: `routes_${variable}`, value: routes.join('\n') }]),
    { name: `dad_timeout_${variable}`, value: '0' },
    ...(network.quiet ? [{ name: `bridge_vlan_filtering_${variable}`, value: '1' }] : []),
  ];
  return all;
}

function iproute2(network: NetworkModel): readonly Setting[] {
  const { mac } = linkOf(network);
  const { ipv4, ipv6 } = hostAddresses(network);
  const { four, six } = outsideGateways(network);
  const all: readonly Setting[] = [
    { name: 'link_type', value: 'bridge' },
    { name: 'link_mac', value: mac ?? '' },
    { name: 'link_mtu', value: network.mtu === undefined ? '' : String(network.mtu) },
    { name: 'link_ports', value: network.ports.join(' ') },
    { name: 'link_filter', value: network.quiet ? 'yes' : '' },
    ...order(network),
    { name: 'link_ipv4', value: ipv4.join(' ') },
    { name: 'link_ipv6', value: ipv6.join(' ') },
    { name: 'link_gateway4', value: four ?? '' },
    { name: 'link_gateway6', value: six ?? '' },
  ];
  return all.filter((setting) => setting.value !== '');
}

/**
 * Running containers are put back on a bridge that netifrc has made anew. It also makes every bridge promiscuous, which
 * makes its ports so, and lets one without ports listen to whatever router a container plays.
 */
function postup({ ports, quiet, mac }: NetworkModel): readonly string[] {
  if (ports.length === 0) return ['rc_lxc_deaf', 'rc_lxc_reattach'];
  if (quiet) return ['rc_lxc_quiet', 'rc_lxc_reattach'];
  return mac === undefined ? ['rc_lxc_pin', 'rc_lxc_reattach'] : ['rc_lxc_reattach'];
}

function hostLink(network: NetworkModel): HostLink {
  return {
    name: linkOf(network).name,
    holds: network.ports,
    netifrc: netifrc(network),
    iproute2: iproute2(network),
    notes:
      network.ports.length === 0
        ? []
        : [`${network.ports.join(', ')}: give no addresses to ports, here or elsewhere; the bridge has them.`],
    netifrcPostup: postup(network),
  };
}

function lxcLines(network: NetworkModel, nic: NicModel): readonly LxcLine[] {
  const pair = nic.hostName === undefined ? [] : [['veth.pair', nic.hostName] as const];
  return nicLines(network, nic, { type: 'veth', own: [['link', linkOf(network).name], ...pair] });
}

function firewall(network: NetworkModel): FirewallParts {
  if (!network.nat) return { guarded: [], masquerade4: [], masquerade6: [] };
  return {
    guarded: [linkOf(network).name],
    masquerade4: network.prefix4 === undefined ? [] : [network.prefix4],
    masquerade6: network.prefix6 === undefined ? [] : [network.prefix6],
  };
}

function reach(network: NetworkModel, family: 4 | 6): Reach {
  // Every interface has a link-local IPv6 address.
  const host = family === 6 || network.ipv4 !== undefined;
  const isOnWire = network.ports.length > 0;
  return {
    containers: !network.isolate,
    toHost: host,
    fromHost: host,
    toOutside: isOnWire || network.nat,
    fromOutside: isOnWire,
  };
}

const includesNic: NetworkRule = {
  code: 'bridge-includes-nic',
  severity: 'warning',
  summary: 'A bridge has a network card among its ports.',
  check: (network, context, report) => {
    if (network.ports.length === 0 || network.quiet) return;
    const cards = network.ports.join(', ');
    report(
      `${network.name}: ${cards} among the ports: a card in a bridge goes promiscuous, and takes in every frame on its wire`,
      context.place('network', network.name, 'promiscuous'),
      'leave `promiscuous` out: the bridge then filters, and the card listens to the containers’ addresses alone; or take a type without a bridge: routed, macvlan',
    );
  },
};

const natWithPorts: NetworkRule = {
  code: 'nat-with-ports',
  severity: 'error',
  summary: 'A network masquerades, but its containers are on the wire themselves.',
  check: (network, context, report) => {
    if (!network.nat || network.ports.length === 0) return;
    report(
      `${network.name}: its containers are on the wire of ${network.ports.join(', ')} themselves: there is nothing to masquerade`,
      context.place('network', network.name, 'nat'),
      'leave `nat` out, or `ports`',
    );
  },
};

const portWithoutAddress: NetworkRule = {
  code: 'port-without-address',
  severity: 'warning',
  summary: 'An uplink becomes a port of a bridge that has no address.',
  check: (network, context, report) => {
    if (network.ipv4 !== undefined || network.ipv6 !== undefined) return;
    const lost = network.ports.filter((port) => context.model.host.uplinks.includes(port));
    for (const port of lost) {
      report(
        `${network.name}: ${port} becomes a port, and a port has no address: the host is not reached through it any more`,
        context.place('network', network.name, 'ports'),
        `give the bridge the address that ${port} has now: ipv4 = ADDRESS/LENGTH, and gateway = ADDRESS`,
      );
    }
  },
};

export const bridge: NetworkType = {
  name: 'bridge',
  summary: "A switch in the host's kernel that containers are plugged into.",
  paragraph:
    'Containers of one bridge reach each other, and the host where the bridge has an address. Without `ports` they are on a network of ' +
    'their own: `nat = yes` lets them out through the uplink under the host’s address, and nothing in but answers. With `ports = eth0` ' +
    'they are on the wire themselves, with addresses of that network; the host’s own address moves from eth0 to the bridge. The bridge ' +
    'filters VLANs and learns nothing from containers, so that eth0 listens to their addresses alone; a kernel that cannot do that, and ' +
    '`promiscuous = yes`, make eth0 receive every frame on its wire.',
  keys: ['ipv4', 'ipv6', 'gateway', 'nat', 'ports', 'promiscuous', 'isolate', 'dhcp', 'dns', 'mtu', 'mac'],
  required: [],
  sinceLxc: '1.0.0',
  kernelOptions: [
    { name: 'CONFIG_BRIDGE', module: 'bridge', why: 'the bridge cannot be made', trial: 'type bridge' },
    { name: 'CONFIG_VETH', module: 'veth', why: 'no container gets an interface', trial: 'type veth' },
    {
      name: 'CONFIG_BRIDGE_VLAN_FILTERING',
      why: 'the card among the ports goes promiscuous; type routed and type macvlan do without a bridge',
      when: ({ quiet }) => quiet,
      optional: true,
      trial: 'type bridge vlan_filtering 1',
    },
  ],
  rules: [includesNic, natWithPorts, portWithoutAddress],
  linkPrefix: () => 'br',
  vethPairs: true,
  lxcLines,
  hostLink,
  firewall,
  forms: [{}, { nat: 'yes' }, { ports: 'CARD' }, { ports: 'CARD', promiscuous: 'yes' }],
  isOnWire: ({ ports }) => ports.length > 0,
  attachment: (network, nic) =>
    nic.hostName === undefined ? { kind: 'none' } : { kind: 'port', port: nic.hostName, bridge: linkOf(network).name },
  reach,
  promiscuous: ({ ports, quiet }) => (ports.length === 0 ? undefined : !quiet),
  drawing: (network) => ({
    label: `bridge ${linkOf(network).name}`,
    carrier: network.ports.length > 0 ? 'card' : 'host',
  }),
  holds: () => ({ sources: 'all', policy: 'all' }),
  sysctls: (network, uplinks) =>
    network.nat ? forwarding({ four: network.ipv4 !== undefined, six: network.ipv6 !== undefined }, uplinks) : [],
  openrcService: (network, links) => linkService(linkOf(network).name, links),
};

import type { NetworkModel } from '../resolve/model.ts';
import { nicLines } from './lxc.ts';
import { forwarding, ofInterface } from './sysctls.ts';
import type { NetworkType, Sysctl } from './types.ts';

/** The host has these on every veth, so that no container needs one of its addresses for its way out. */
const routedGateways = { four: '169.254.1.1', six: 'fe80::1' } as const;

/** The host answers ARP and ND for the containers on its uplinks, at once: the kernel's default waits up to 0.8 s. */
function proxies(network: NetworkModel, uplinks: readonly string[]): readonly Sysctl[] {
  return uplinks.flatMap((uplink) => [
    ...(network.prefix4 === undefined
      ? []
      : [{ name: ofInterface('ipv4', 'neigh', uplink, 'proxy_delay'), value: '0' }]),
    ...(network.prefix6 === undefined
      ? []
      : [
          { name: ofInterface('ipv6', 'conf', uplink, 'proxy_ndp'), value: '1' },
          { name: ofInterface('ipv6', 'neigh', uplink, 'proxy_delay'), value: '0' },
        ]),
  ]);
}

export const routed: NetworkType = {
  name: 'routed',
  summary: 'Each container hangs on the host alone, which routes to it and answers for it on the uplink.',
  paragraph:
    'There is no bridge and no card goes promiscuous: every container has a veth pair and its addresses alone (/32, /128), and the host ' +
    'routes between them, itself and the outside. On its uplinks the host answers ARP and ND for them, so that public addresses of the ' +
    'uplink’s own network can be given out. All packets pass the host’s packet filter, which makes it the type that can be held best. ' +
    'Broadcasts and multicasts do not reach anybody: take a bridge for what finds its peers that way.',
  keys: ['ipv4', 'ipv6', 'nat', 'isolate', 'dns', 'mtu'],
  required: [],
  sinceLxc: '1.0.0',
  kernelOptions: [{ name: 'CONFIG_VETH', module: 'veth', why: 'no container gets an interface', trial: 'type veth' }],
  rules: [],
  gateways: routedGateways,
  hostRoutes: true,
  linkPrefix: () => undefined,
  vethPairs: true,
  lxcLines: (network, nic) =>
    nicLines(network, nic, {
      type: 'veth',
      own: nic.hostName === undefined ? [] : [['veth.pair', nic.hostName]],
    }),
  hostLink: () => undefined,
  forms: [{}, { nat: 'yes' }],
  isOnWire: () => false,
  attachment: (_network, nic) =>
    nic.hostName === undefined ? { kind: 'none' } : { kind: 'routed', veth: nic.hostName },
  reach: (network) => ({
    containers: !network.isolate,
    toHost: true,
    fromHost: true,
    toOutside: true,
    fromOutside: true,
  }),
  promiscuous: () => false,
  drawing: () => ({ label: 'routed, no bridge', carrier: 'host' }),
  holds: () => ({ sources: 'all', policy: 'all' }),
  firewall: (network) => ({
    guarded: [],
    masquerade4: network.nat && network.prefix4 !== undefined ? [network.prefix4] : [],
    masquerade6: network.nat && network.prefix6 !== undefined ? [network.prefix6] : [],
  }),
  sysctls: (network, uplinks) => [
    ...proxies(network, uplinks),
    ...forwarding({ four: network.prefix4 !== undefined, six: network.prefix6 !== undefined }, uplinks),
  ],
  openrcService: () => undefined,
};

import { formatIp } from '../base/ip.ts';
import { quoteDnsmasq } from '../base/quote/index.ts';
import type { HostModel, NetworkModel, NicModel } from '../resolve/model.ts';
import type { DesiredFile } from '../tree/types.ts';
import { header, hostPlace } from './header.ts';
import { hostLines } from './lines.ts';
import { dnsmasqPath, dnsmasqService, leasesPath, namesPath } from './paths.ts';
import { renderer } from './render.ts';
import type { Renderer } from './render.ts';
import type { OutputKind } from './types.ts';

/** What a network has in the configuration; '' stands for what it has not. */
interface Served {
  readonly title: string;
  readonly tag: string;
  readonly link: string;
  /** First address of the prefix. */
  readonly ipv4: string;
  readonly netmask: string;
  readonly gateway4: string;
  readonly dns4: readonly string[];
  readonly mtu: string;
  readonly ipv6: string;
  readonly length6: number;
  /** Whether every container there has the address that its MAC gives it: then it may take that by itself. */
  readonly isSlaac: boolean;
  readonly isWayOut6: boolean;
  readonly dns6: readonly string[];
}

interface ConfData {
  readonly header: readonly string[];
  readonly networks: readonly Served[];
  readonly namesPath: string;
  readonly leasesPath: string;
  readonly domain: string;
  readonly ownZones: readonly string[];
  /**
   * MACs of interfaces that are told of no router, as their containers go out elsewhere. A mark beside the lease would
   * do, but dnsmasq 2.90 crashes when it reads such marks a second time.
   */
  readonly noWayOut: readonly string[];
  readonly announces: boolean;
}

interface Lease {
  readonly mac: string;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly name: string;
}

const conf: Renderer<ConfData> = renderer('dnsmasq/conf', quoteDnsmasq);
const leaseFile: Renderer<{ readonly header: readonly string[]; readonly leases: readonly Lease[] }> = renderer(
  'dnsmasq/leases',
  quoteDnsmasq,
);

/** dnsmasq gives addresses of a prefix of this length or longer. */
const shortestIpv6 = 64;

/**
 * Domains that the DNS outside never has (RFC 6761, 6762, 8375, the root's `internal`), and those that are taken for such
 * by custom. Of any other domain this host has only a part: the rest is asked outside.
 */
const privateDomains = [
  'home.arpa',
  'internal',
  'test',
  'invalid',
  'local',
  'lan',
  'home',
  'corp',
  'intranet',
  'private',
];

function isPrivate(domain: string): boolean {
  return privateDomains.some((suffix) => `.${domain.toLowerCase()}`.endsWith(`.${suffix}`));
}

function nicsOf(model: HostModel, network: NetworkModel): readonly NicModel[] {
  return model.containers.flatMap(({ nics }) => nics.filter((nic) => nic.network === network.name));
}

const baseOf = (prefix: string | undefined): string => prefix?.split('/')[0] ?? '';

function netmask(length: number): string {
  return formatIp({ family: 4, value: (0xff_ff_ff_ffn << BigInt(32 - length)) & 0xff_ff_ff_ffn });
}

const hasIpv6 = ({ ipv6 }: NetworkModel): boolean => ipv6 !== undefined && ipv6.length >= shortestIpv6;

function served(model: HostModel, network: NetworkModel): Served {
  const { ipv4, ipv6, dns, link = '' } = network;
  const nics = nicsOf(model, network).filter((nic) => nic.ipv6 !== undefined);
  return {
    title: `[network ${network.name}]`,
    tag: `net-${network.name}`,
    link,
    ipv4: baseOf(network.prefix4),
    netmask: netmask(ipv4?.length ?? 32),
    gateway4: network.gateway4 ?? '',
    dns4: dns.filter((address) => !address.includes(':')),
    mtu: network.mtu === undefined ? '' : String(network.mtu),
    ipv6: hasIpv6(network) ? baseOf(network.prefix6) : '',
    length6: ipv6?.length ?? shortestIpv6,
    isSlaac: ipv6?.length === shortestIpv6 && nicsOf(model, network).every((nic) => isFromMac(nic)),
    // One that has another way out must not take the host for one as well.
    isWayOut6: network.gateway6 === ipv6?.address && nics.some(({ gateway6 }) => gateway6 !== undefined),
    dns6: dns.filter((address) => address.includes(':')),
  };
}

/** Its own address and the one that its MAC gives it are the same: it may send from that, and from its link-local one. */
function isFromMac({ ipv6, linkLocal, senders6 }: NicModel): boolean {
  return ipv6 !== undefined && senders6.every((sender) => sender === ipv6.address || sender === linkLocal);
}

function leasesOf(model: HostModel): readonly Lease[] {
  return model.containers.flatMap(({ name, nics }) =>
    nics.flatMap((nic) => {
      const network = model.networkByName.get(nic.network);
      if (network?.dhcp !== true) return [];
      const ipv4 = nic.ipv4?.address ?? '';
      const ipv6 = hasIpv6(network) ? (nic.ipv6?.address ?? '') : '';
      // Nothing is to be given to it: it stays unknown.
      if (ipv4 === '' && ipv6 === '') return [];
      return [{ mac: nic.mac, ipv4, ipv6, name }];
    }),
  );
}

/** `ADDRESS NAME.DOMAIN NAME`, as hosts(5): an address resolves to the first name. */
function nameLines({ host, networks, containers }: HostModel): readonly string[] {
  const names = (name: string): string => (host.domain === undefined ? name : `${name}.${host.domain} ${name}`);
  const own = networks.filter(({ dhcp }) => dhcp).flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
  const ofHost = own.flatMap((address) => (address === undefined ? [] : [`${address.address} ${names(host.name)}`]));
  const ofContainers = containers.flatMap(({ name, nics }) =>
    nics
      .flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6])
      .flatMap((address) => (address === undefined ? [] : [`${address.address} ${names(name)}`])),
  );
  return [...ofHost, ...ofContainers];
}

function file(model: HostModel, path: string, syntax: 'dnsmasq' | 'none', content: string): DesiredFile {
  return { kind: 'file', path, mode: 0o644, syntax, origin: hostPlace(model), services: [dnsmasqService], content };
}

export const dnsmasq: OutputKind = {
  name: 'dnsmasq',
  summary: 'What dnsmasq tells the containers of networks with `dhcp`: fixed addresses, routers, and names.',
  paths: [dnsmasqPath, leasesPath, namesPath],
  files: ({ model }) => {
    const networks = model.networks.filter(({ dhcp }) => dhcp);
    if (networks.length === 0) return [];
    const { domain = '' } = model.host;
    const sections = networks.map(({ name }) => `[network ${name}]`).join(', ');
    const settings = conf({
      header: header(hostPlace(model), sections),
      networks: networks.map((network) => served(model, network)),
      namesPath,
      leasesPath,
      domain,
      ownZones: isPrivate(domain) ? [domain] : [],
      noWayOut: networks.flatMap((network) =>
        nicsOf(model, network).flatMap(({ mac, ipv4, gateway4 }) =>
          ipv4 !== undefined && gateway4 === undefined ? [mac] : [],
        ),
      ),
      announces: networks.some((network) => hasIpv6(network)),
    });
    const leases = leaseFile({
      header: header(hostPlace(model), `the containers of ${sections}`),
      leases: leasesOf(model),
    });
    const names = hostLines({ header: header(hostPlace(model), 'its containers'), lines: nameLines(model) });
    return [
      file(model, dnsmasqPath, 'dnsmasq', settings),
      file(model, leasesPath, 'none', leases),
      file(model, namesPath, 'none', names),
    ];
  },
  services: ({ model }) => (model.networks.some(({ dhcp }) => dhcp) ? [dnsmasqService] : []),
};

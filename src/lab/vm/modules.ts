/** What the machine cannot start without, unless its kernel has it built in. */
const machine = ['virtio_pci', 'virtio_console', 'virtio_net', 'virtiofs', 'overlay', 'af_packet'];

const links = ['veth', 'bridge', '8021q', 'macvlan', 'ipvlan', 'tun'];

/** Without its prefix, each expression that our rules use; the kernel asks for others when a rule needs one. */
const expressions = `
  chain_nat ct fib fib_inet fib_ipv4 fib_ipv6 limit log masq meta_bridge nat
  reject reject_bridge reject_inet reject_ipv4 reject_ipv6`;

const firewall = [
  'nf_tables',
  'nf_conntrack',
  'nf_conntrack_bridge',
  'nf_nat',
  'nf_log_syslog',
  // What holds packets while there are no rules.
  'sch_ingress',
  'cls_bpf',
  ...expressions
    .trim()
    .split(/\s+/u)
    .map((name) => `nft_${name}`),
];

/**
 * The modules to load before anything runs: programs inside a throw-away host may not load any.
 * `br_netfilter` makes a bridge's packets pass the host's own chains; not every host has it.
 */
export function modulesFor(bridgeNetfilter: boolean): string[] {
  return [...machine, ...links, ...firewall, ...(bridgeNetfilter ? ['br_netfilter'] : [])];
}

import type { SectionSpec } from '../types.ts';

export const hostSection: SectionSpec = {
  kind: 'host',
  named: false,
  summary: 'the machine that the containers run on',
  details: 'It stands once at most. Without it every key has its default.',
  example: '[host]',
  keys: [
    {
      name: 'name',
      type: 'name',
      summary: 'The name of the machine.',
      details:
        'Hardware addresses that are not given derive from it, so that two hosts never give the same one; a new name changes them.',
      default: 'localhost',
      example: 'name = excelsior',
      since: '0.1.0',
    },
    {
      name: 'domain',
      type: 'domain',
      summary:
        'The DNS domain that containers search for names without a dot, in networks that have `dns` or `dhcp`, and that dnsmasq has their names in.',
      details:
        'A name in it that no container has is asked of the name servers outside, unless the domain is one that the DNS outside never has, such as ' +
        'home.arpa or internal.',
      defaultDoc: 'none',
      example: 'domain = example.org',
      since: '0.1.0',
    },
    {
      name: 'uplink',
      type: 'interface-list',
      summary: 'The interfaces that lead outside; networks with `nat = yes` leave through them.',
      details: 'A network that includes one of them in its `ports` takes it over: its bridge is the uplink then.',
      defaultDoc: 'none',
      example: 'uplink = eth0',
      since: '0.1.0',
    },
    {
      name: 'ipv4',
      type: 'ipv4-address-list',
      summary: "The machine's own public IPv4 addresses: no container may have one of them.",
      defaultDoc: 'none',
      example: 'ipv4 = 192.0.2.10',
      since: '0.1.0',
    },
    {
      name: 'ipv6',
      type: 'ipv6-address-list',
      summary: "The machine's own public IPv6 addresses: no container may have one of them.",
      defaultDoc: 'none',
      example: 'ipv6 = 2001:db8::10',
      since: '0.1.0',
    },
    {
      name: 'links',
      type: 'choice',
      choices: ['netifrc', 'iproute2'],
      summary:
        "Who makes the host's interfaces: netifrc, or a service of rc-lxc's own that needs nothing but iproute2.",
      defaultDoc: 'netifrc where it is installed, iproute2 elsewhere',
      example: 'links = netifrc',
      since: '0.1.0',
    },
    {
      name: 'firewall',
      type: 'choice',
      choices: ['nftables', 'none'],
      summary: 'Who filters and translates addresses: nftables, in a table of its own, or nobody.',
      details: 'With `none`, `nat = yes` is a mistake, since nothing would carry it out.',
      default: 'nftables',
      example: 'firewall = nftables',
      since: '0.1.0',
    },
    {
      name: 'log-drops',
      type: 'yes-no',
      summary:
        'Whether packets of containers that the firewall drops are written to the kernel log, a few a second at most.',
      details:
        'Each line has the host side of the interface (IN=, OUT=), which has the name of the container. What the host itself gets or sends, ' +
        'and what passes a shared card, has the name of the bridge or card there: the container’s address tells it (SRC=, DST=).',
      default: 'yes',
      example: 'log-drops = no',
      since: '0.1.0',
    },
    {
      name: 'lxc',
      type: 'version',
      summary: 'The LXC to write for. A key that this LXC does not have is a mistake.',
      details: 'From 4.0 to 7.0; revisions of a distribution (7.0.0-r1, 1:5.0.2-1+deb12u4) are understood.',
      defaultDoc: 'the one that is installed',
      example: 'lxc = 7.0',
      since: '0.1.0',
    },
    {
      name: 'cgroup1',
      type: 'list',
      summary: 'The controllers that the host keeps in cgroup v1, so that limits are written for where they are.',
      details: '`none` for a host with cgroup v2 alone. LXC 7.0 and later know cgroup v2 only.',
      defaultDoc: 'read from the host',
      example: 'cgroup1 = memory, devices',
      since: '0.1.0',
    },
    {
      name: 'runlevel',
      type: 'name',
      summary: 'The runlevel that containers with `autostart = yes` and the services they need are added to.',
      default: 'default',
      example: 'runlevel = default',
      since: '0.1.0',
    },
    {
      name: 'lxc-path',
      type: 'path',
      summary: 'The directory that LXC keeps its containers in, one directory a container.',
      default: '/var/lib/lxc',
      example: 'lxc-path = /srv/lxc',
      since: '0.1.0',
    },
  ],
};

import type { KeySpec, SectionSpec } from '../types.ts';

/** Address keys of one interface: those of a container are of its eth0. */
export const addressKeys: readonly KeySpec[] = [
  {
    name: 'ipv4',
    type: 'ipv4-address',
    keywords: ['none', 'dhcp'],
    summary: "The IPv4 address of the interface; it must be in the network's prefix.",
    details:
      '`none` gives the interface no IPv4 address. `dhcp` leaves it to the container to ask for the one that it would have had: its network needs `dhcp = yes`.',
    defaultDoc: "the first address of the network's prefix plus the container's id",
    example: 'ipv4 = 10.0.3.11',
    since: '0.1.0',
  },
  {
    name: 'ipv6',
    type: 'ipv6-address',
    keywords: ['none', 'link-local', 'eui-64'],
    summary: "The IPv6 address of the interface; it must be in the network's prefix.",
    details:
      '`none` and `link-local` give it no address beyond what the kernel gives it on its own, fe80:: and its hardware address (EUI-64). ' +
      '`eui-64` makes the address of the network and the hardware address, which can be published before the container exists.',
    defaultDoc: "the first address of the network's prefix plus the container's id",
    example: 'ipv6 = fd00:0:0:3::b',
    since: '0.1.0',
  },
  {
    name: 'mac',
    type: 'mac',
    summary: 'The hardware address of the interface, as the container sees it.',
    defaultDoc: 'derived from the names of the host, the container and the interface: stable and locally administered',
    example: 'mac = 02:00:0a:00:03:0b',
    since: '0.1.0',
  },
];

export const nicSection: SectionSpec = {
  kind: 'nic',
  named: true,
  nameForm: 'nic',
  summary: 'one more interface of a container',
  details:
    "Its name is CONTAINER:INTERFACE, the interface's name inside. eth0 is described in the container's own section.",
  example: '[nic web1:eth1]',
  keys: [
    {
      name: 'network',
      type: 'reference',
      references: 'network',
      required: true,
      summary: 'The network that the interface is in.',
      example: 'network = internal',
      since: '0.1.0',
    },
    ...addressKeys,
  ],
};

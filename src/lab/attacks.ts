/** Whom a frame is for. */
export interface Victim {
  readonly mac: string;
  readonly address: string;
}

interface Common {
  /** What the attacker sends from, such as eth0. */
  readonly interface: string;
  /** Unique for each attempt, without `>`: sniffers and servers elsewhere count frames by it. */
  readonly marker: string;
  /** How often; once by default. */
  readonly repeat?: number;
  /** The Ethernet source; the interface's own by default. */
  readonly sourceMac?: string;
  /** The EtherType that the attacker's kernel is told, by which packet filters judge; the frame's own by default. */
  readonly toldProtocol?: number;
  /** The UDP port of attacks that send a datagram; 9 by default. A server there sees the marker. */
  readonly port?: number;
  /**
   * What hides the message from whoever looks at its usual place, the outermost first. IPv6: extension headers; a
   * fragment header on a whole packet; two fragments, the first of which ends after eight bytes of the message, or
   * (`tiny-fragments`; Linux does not put these together) before its first. IPv4: `ip-options`, `fragments`.
   */
  readonly behind?: readonly Hiding[];
}

type Hiding = 'hop-by-hop' | 'destination' | 'fragment' | 'fragments' | 'tiny-fragments' | 'ip-options';

interface Datagram extends Common {
  readonly victim: Victim;
  /** The IP source; the interface's own by default. */
  readonly source?: string;
  /** In place of that of its IP version. */
  readonly ethertype?: number;
  /** Of IPv6: eight bits, the first four of which are where IPv4 has the length of its header. */
  readonly trafficClass?: number;
}

/** One that claims the address of another, with the hardware address to be believed (the interface's own by default). */
interface Claim extends Common {
  readonly claim: string;
  readonly claimedMac?: string;
}

interface DhcpOffer extends Common {
  readonly offer: string;
  readonly server: string;
  readonly gateway?: string;
  readonly dns?: string;
  readonly netmask?: string;
}

/** `victim` is the client; its address does not matter for version 4, which is broadcast. */
interface DhcpAnswer extends DhcpOffer {
  readonly victim: Victim;
  /** A client takes only the answer to its own transaction; 1 by default. */
  readonly xid?: number;
}

interface Dhcpv6Answer extends Common {
  readonly victim: Victim;
  readonly offer: string;
  readonly source?: string;
  readonly dns?: string;
  readonly xid?: number;
}

/**
 * What root inside a container can send. Proven by the victim's state (`state()`), or by the marker in a frame (`sniff()`)
 * or datagram (`seen()`) that got through.
 */
export type Attack =
  /** A datagram that nothing is wrong with: shows that the way is open at all. */
  | (Datagram & { readonly attack: 'plain'; readonly sourcePort?: number })
  /** A TCP segment that belongs to no connection, with the marker as its data. */
  | (Datagram & {
      readonly attack: 'tcp-segment';
      readonly flags: readonly ('fin' | 'syn' | 'rst' | 'psh' | 'ack' | 'urg' | 'ece' | 'cwr')[];
      readonly sourcePort?: number;
    })
  /** A packet of any protocol; `payload` is hexadecimal, of ICMP with the room for the checksum. */
  | (Datagram & { readonly attack: 'packet'; readonly protocol: number; readonly payload?: string })
  | (Datagram & { readonly attack: 'foreign-mac'; readonly sourceMac: string })
  | (Datagram & { readonly attack: 'foreign-ipv4' | 'foreign-ipv6'; readonly source: string })
  | (Datagram & { readonly attack: 'echo-request' })
  /** Tags, the outermost first; a bare id 0 is a priority tag, which is taken as if it were not there. */
  | (Datagram & {
      readonly attack: 'vlan';
      readonly tags: readonly { readonly protocol: '802.1Q' | '802.1ad'; readonly id: number }[];
    })
  /** Neither ARP nor IP; 0x88b5 by default. */
  | (Datagram & { readonly attack: 'odd-ethertype'; readonly ethertype?: number })
  /** The victim believes it when it has an entry for `claim` that is older than its locktime (a second). */
  | (Claim & { readonly attack: 'arp-reply'; readonly victim: Victim })
  /** The victim makes an entry of it. */
  | (Claim & { readonly attack: 'arp-request'; readonly victim: Victim; readonly unicast?: boolean })
  /** To all; for an entry that is there, as with arp-reply. */
  | (Claim & { readonly attack: 'arp-gratuitous'; readonly as?: 'request' | 'reply' })
  /**
   * Unsolicited and overriding by default. To all nodes without a victim. Changes an entry that is there; in answer to a
   * duplicate address detection, it takes the address away.
   */
  | (Claim & {
      readonly attack: 'nd-advertisement';
      readonly victim?: Victim;
      readonly source?: string;
      readonly solicited?: boolean;
      readonly override?: boolean;
      readonly router?: boolean;
    })
  /** Asks the victim in the name of `claim`; the victim makes an entry of it. */
  | (Claim & { readonly attack: 'nd-solicitation'; readonly victim: Victim })
  /** To all nodes without a victim. A victim that accepts them makes an address and a default route of it. */
  | (Common & {
      readonly attack: 'router-advertisement';
      readonly victim?: Victim;
      readonly prefix?: string;
      /** Seconds; 0 takes the route of the router `source` away. */
      readonly lifetime?: number;
      readonly source?: string;
      readonly claimedMac?: string;
      readonly mtu?: number;
      readonly dns?: string;
    })
  /**
   * In the name of `gateway`, the victim's present one: go to `destination` by `via`. The victim must accept redirects,
   * and for IPv4 know the hardware address of `via` already (an arp-request sees to it).
   */
  | (Common & {
      readonly attack: 'redirect-ipv4' | 'redirect-ipv6';
      readonly victim: Victim;
      readonly gateway: string;
      readonly destination: string;
      readonly via: string;
      readonly claimedMac?: string;
    })
  /** See also `rogueDhcp()`, which answers with the transaction that was asked in. */
  | (DhcpAnswer & { readonly attack: 'dhcp-offer' | 'dhcp-ack' })
  | (Dhcpv6Answer & { readonly attack: 'dhcpv6-advertise' | 'dhcpv6-reply' })
  /** Claims to be the root bridge; a bridge with stp_state 1 believes it. */
  | (Common & { readonly attack: 'stp-bpdu'; readonly priority?: number })
  | (Common & { readonly attack: 'lldp' })
  /** From `number` made-up hardware addresses, 1000 by default; each becomes a forwarding entry of a bridge that learns. */
  | (Common & {
      readonly attack: 'mac-flood';
      readonly number?: number;
      readonly victim?: Victim;
      readonly source?: string;
    })
  /** To the victim, which is to send it on to `hops`, the last of which is meant. IPv4. */
  | (Datagram & { readonly attack: 'source-route'; readonly hops: readonly string[]; readonly strict?: boolean })
  /** The same with IPv6: type 0 by default, which Linux no longer follows; it follows 4 with seg6_enabled. */
  | (Datagram & {
      readonly attack: 'routing-header';
      readonly hops: readonly string[];
      readonly routingType?: 0 | 2 | 4;
    });

/** What a server offers that answers every DHCP client on the interface. */
export type RogueDhcp = Omit<DhcpOffer, 'repeat' | 'port'>;

export interface AttackReport {
  /** Frames that the kernel took; a firewall further on may have dropped them. */
  readonly sent: number;
  /** How often which error came in place of a send; ENOBUFS is also what a drop on the way out looks like. */
  readonly errors: Readonly<Record<string, number>>;
}

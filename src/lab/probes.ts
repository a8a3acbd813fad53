/** One packet, or one connection, that is tried. */
export interface Probe {
  readonly kind: 'tcp' | 'udp' | 'icmp';
  /** IPv4 or IPv6; a link-local one with its interface, as in `fe80::1%eth0`. */
  readonly address: string;
  /** Not for icmp. */
  readonly port?: number;
  /** An address of the endpoint to send from; the kernel's choice by default. */
  readonly source?: string;
  /** The interface to send from; what the routes say by default. */
  readonly device?: string;
  /** In place of the batch's. */
  readonly timeoutMs?: number;
  /** `false`: a TCP connection counts as soon as it stands, and `who` is not asked. */
  readonly exchange?: boolean;
}

export interface ProbeResult {
  /**
   * `refused` is a reset, or an ICMP "port unreachable"; `unreachable` any other ICMP error, no route, or a packet that
   * the endpoint's own kernel did not let out. `error` is a probe that could not be made, and proves nothing.
   * A closed UDP port is `timeout` when the kernel's limit for ICMP errors is reached: have the ports listened to.
   */
  readonly status: 'open' | 'refused' | 'timeout' | 'unreachable' | 'error';
  /** 1, or more after a timeout. */
  readonly tries: number;
  /** Of the last try, until the connection stood or the answer came, as the agent measured it. */
  readonly ms?: number;
  /** The token of the agent that answered, when it was one; with icmp the address that did. */
  readonly who?: string;
  /** The source address that the agent at the other end saw. */
  readonly seenFrom?: string;
  /** The name of the error, such as EHOSTUNREACH, or `ICMP TYPE/CODE`. */
  readonly error?: string;
}

export interface ProbeOptions {
  /** Of each try; 300 by default. What arrived in that time counts, however late this machine gets to read it. */
  readonly timeoutMs?: number;
  /** Further tries of what timed out; 1 by default. */
  readonly retries?: number;
  /** How many are under way at once; as many as there are files to open by default. */
  readonly atOnce?: number;
}

export interface ListenOptions {
  /** Who says that it answered. */
  readonly token: string;
  readonly tcp?: readonly number[];
  readonly udp?: readonly number[];
}

/** A port that something else serves already, or that cannot be had. */
export interface ListenFailure {
  readonly kind: 'tcp' | 'udp';
  readonly port: number;
  readonly family: 4 | 6;
  readonly error: string;
}

/** Who asked one of the servers, counted. */
export interface Seen {
  readonly kind: 'tcp' | 'udp';
  readonly port: number;
  readonly from: string;
  /** The address that was asked. */
  readonly to: string;
  readonly count: number;
  /** Markers of attacks whose datagrams were delivered. */
  readonly markers: readonly string[];
}

export interface FlowOptions {
  readonly address: string;
  readonly port: number;
  readonly source?: string;
  readonly device?: string;
  /** Between two numbers; 10 by default. */
  readonly intervalMs?: number;
  /** For the connection to stand; 2000 by default. */
  readonly timeoutMs?: number;
}

export interface FlowReport {
  readonly state: 'open' | 'ended';
  readonly sent: number;
  readonly answered: number;
  /** The longest time without an answer so far, the present one included. */
  readonly longestGapMs: number;
  /** Why it ended. */
  readonly error?: string;
}

export interface FloodOptions {
  readonly address: string;
  readonly port: number;
  readonly durationMs: number;
  /** As many as there is room for by default. */
  readonly perSecond?: number;
  /** The size of a datagram, at least. */
  readonly bytes?: number;
  readonly marker?: string;
  readonly source?: string;
  readonly device?: string;
}

export interface FloodReport {
  readonly sent: number;
  readonly perSecond: number;
  /** How often which error came in place of a send. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface SniffOptions {
  readonly interface: string;
  /** What comes in by default. */
  readonly direction?: 'in' | 'out' | 'both';
  /** Asks the kernel for frames that are for others; not by default. */
  readonly promiscuous?: boolean;
  /** The outermost, such as 0x0806. */
  readonly ethertype?: number;
  readonly source?: string;
  readonly destination?: string;
  /** Bytes, in hexadecimal, that are somewhere in the frame. */
  readonly contains?: string;
  /** How many frames to keep whole; 16 by default. All are counted. */
  readonly keep?: number;
}

export interface SniffReport {
  /** All that came, in either direction; and those of them that matched. */
  readonly total: number;
  readonly matched: number;
  /** What the kernel threw away because the agent did not keep up: not to be zero is to know less. */
  readonly dropped: number;
  /** How many of the frames that matched bear which marker. */
  readonly markers: Readonly<Record<string, number>>;
  readonly frames: readonly Frame[];
}

interface Frame {
  readonly source: string;
  readonly destination: string;
  readonly ethertype: number;
  /** Whom the kernel took it to be for. */
  readonly kind: 'host' | 'broadcast' | 'multicast' | 'otherhost' | 'outgoing';
  /** All of it, with its VLAN tags. */
  readonly hex: string;
  readonly marker?: string;
}

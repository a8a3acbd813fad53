"""Frames built byte by byte: what no socket of the kernel would send in one's name. Addresses are bytes throughout."""

import struct

IPV4, ARP, IPV6, VLAN, VLAN_OUTER, LLDP = 0x0800, 0x0806, 0x86DD, 0x8100, 0x88A8, 0x88CC
TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58
HOP_BY_HOP, ROUTING, FRAGMENT, DESTINATION, NOTHING = 0, 43, 44, 60, 59
BROADCAST = b"\xff" * 6
ALL_NODES = bytes.fromhex("ff020000000000000000000000000001")
SHORTEST = 60


def checksum(data):
    """The Internet checksum (RFC 1071)."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ethernet(destination, source, ethertype, payload, tags=()):
    """`tags` are (TPID, VLAN id), the outermost first; filled up to the shortest frame there is."""
    header = destination + source
    for protocol, number in tags:
        header += struct.pack("!HH", protocol, number)
    return (header + struct.pack("!H", ethertype) + payload).ljust(SHORTEST, b"\0")


def multicast_mac(address):
    """Where a multicast IPv6 address is sent (RFC 2464, 7)."""
    return b"\x33\x33" + address[12:]


def solicited_node(address):
    return bytes.fromhex("ff0200000000000000000001ff") + address[13:]


def arp(operation, sender_mac, sender, target_mac, target, trailer=b""):
    """RFC 826; 1 is a request, 2 a reply. The marker is in the trailer, which fills the frame anyway."""
    return struct.pack("!HHBBH", 1, IPV4, 6, 4, operation) + sender_mac + sender + target_mac + target + trailer


def ipv4(source, destination, protocol, payload, options=b"", ttl=64, fragment=0, identity=0):
    """`fragment` is the field of flags and offset; options are filled up to a multiple of four."""
    options = options.ljust((len(options) + 3) // 4 * 4, b"\0")
    words = 5 + len(options) // 4
    length = words * 4 + len(payload)
    start = struct.pack("!BBHHHBB", 0x40 | words, 0, length, identity, fragment, ttl, protocol)
    rest = source + destination + options
    return start + struct.pack("!H", checksum(start + b"\0\0" + rest)) + rest + payload


def ipv4_fragments(source, destination, protocol, payload, first, identity):
    """Two of them; `first` bytes, a multiple of eight, are in the first."""
    more = 0x2000
    return [
        ipv4(source, destination, protocol, payload[:first], fragment=more, identity=identity),
        ipv4(source, destination, protocol, payload[first:], fragment=first // 8, identity=identity),
    ]


def ipv6(source, destination, following, payload, hops=64):
    return struct.pack("!IHBB", 6 << 28, len(payload), following, hops) + source + destination + payload


def with_traffic_class(packet, number):
    """An IPv6 packet: RFC 8200, 3."""
    return struct.pack("!H", 6 << 12 | number << 4) + packet[2:]


def options_header(following):
    """A hop-by-hop or destination options header with padding alone (RFC 8200, 4.2)."""
    return struct.pack("!BBBB4x", following, 0, 1, 4)


def fragment_header(following, offset, more, identity):
    return struct.pack("!BBHI", following, 0, offset | more, identity)


def routing_header(following, kind, segments):
    """Type 0 (RFC 5095 forbids it), 2, or 4, segment routing (RFC 8754); the segments in the order they are visited.

    All but the first, which is the packet's destination, are left.
    """
    left = len(segments) - 1
    if kind == 4:
        body = struct.pack("!BBH", left, 0, 0) + b"".join(reversed(segments))
    else:
        body = bytes(4) + b"".join(segments[1:])
    return struct.pack("!BBBB", following, (len(body) - 4) // 8, kind, left) + body


def pseudo_header(source, destination, protocol, length):
    if len(source) == 4:
        return source + destination + struct.pack("!BBH", 0, protocol, length)
    return source + destination + struct.pack("!II", length, protocol)


def udp(source, destination, source_port, port, payload):
    length = 8 + len(payload)
    header = struct.pack("!HHH", source_port, port, length)
    total = checksum(pseudo_header(source, destination, UDP, length) + header + b"\0\0" + payload)
    return header + struct.pack("!H", total or 0xFFFF) + payload


TCP_FLAGS = ("fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr")


def tcp(source, destination, source_port, port, flags, payload):
    """RFC 9293, 3.1, without options."""
    bits = sum(1 << TCP_FLAGS.index(flag) for flag in flags)
    header = struct.pack("!HHIIBBH", source_port, port, 1, 1, 5 << 4, bits, 1024)
    whole = header + b"\0\0\0\0" + payload
    total = checksum(pseudo_header(source, destination, TCP, len(whole)) + whole)
    return header + struct.pack("!HH", total, 0) + payload


def icmp(kind, code, rest):
    start = struct.pack("!BB", kind, code)
    return start + struct.pack("!H", checksum(start + b"\0\0" + rest)) + rest


def icmpv6(source, destination, kind, code, rest):
    start = struct.pack("!BB", kind, code)
    whole = start + b"\0\0" + rest
    total = checksum(pseudo_header(source, destination, ICMPV6, len(whole)) + whole)
    return start + struct.pack("!H", total) + rest


def nd_option(kind, data):
    """Filled up to a multiple of eight (RFC 4861, 4.6)."""
    length = (len(data) + 2 + 7) // 8
    return struct.pack("!BB", kind, length) + data.ljust(length * 8 - 2, b"\0")


def marker_option(marker):
    """An option of the numbers for experiments (RFC 4727), which every receiver ignores."""
    return nd_option(253, marker)


def bootp(operation, xid, client_mac, your, server, options):
    """RFC 2131; options as (number, bytes)."""
    head = struct.pack("!BBBBIHH", operation, 1, 6, 0, xid, 0, 0x8000)
    addresses = bytes(4) + your + server + bytes(4)
    data = b"".join(struct.pack("!BB", number, len(value)) + value for number, value in options)
    return head + addresses + client_mac.ljust(16, b"\0") + bytes(192) + b"\x63\x82\x53\x63" + data + b"\xff"


def dhcpv6(kind, xid, options):
    """RFC 8415; options as (number, bytes)."""
    data = b"".join(struct.pack("!HH", number, len(value)) + value for number, value in options)
    return struct.pack("!I", kind << 24 | xid & 0xFFFFFF) + data


def llc(payload):
    """A frame of the length kind, for 802.2's spanning tree address; returns what comes after the length field."""
    return b"\x42\x42\x03" + payload

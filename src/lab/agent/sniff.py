"""What really comes and goes on an interface, counted by the markers in it."""

import socket
import struct

from addresses import ETH_P_ALL, mac_bytes, mac_text
from echo import large_buffers
from loop import READ
from markers import marker_of

SOL_PACKET = 263
PACKET_ADD_MEMBERSHIP = 1
PACKET_STATISTICS = 6
PACKET_AUXDATA = 8
PACKET_MR_PROMISC = 1
VLAN_VALID, VLAN_TPID_VALID = 1 << 4, 1 << 6
OUTGOING = 4
KINDS = ("host", "broadcast", "multicast", "otherhost", "outgoing")


class Sniffer:
    """{interface, direction, promiscuous, ethertype?, source?, destination?, contains?, keep}"""

    def __init__(self, loop, request):
        self.loop = loop
        self.direction = request.get("direction", "in")
        self.ethertype = request.get("ethertype")
        self.source = mac_bytes(request["source"]) if request.get("source") else None
        self.destination = mac_bytes(request["destination"]) if request.get("destination") else None
        self.contains = bytes.fromhex(request["contains"]) if request.get("contains") else None
        self.keep = request.get("keep", 16)
        self.total = self.matched = self.dropped = 0
        self.markers = {}
        self.frames = []
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        self.socket.setblocking(False)
        large_buffers(self.socket)
        self.socket.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        if request.get("promiscuous"):
            index = socket.if_nametoindex(request["interface"])
            member = struct.pack("iHH8s", index, PACKET_MR_PROMISC, 0, b"")
            self.socket.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, member)
        self.socket.bind((request["interface"], ETH_P_ALL))
        self.loop.watch(self.socket.fileno(), READ, lambda _: self.receive())

    def receive(self):
        for _ in range(256):
            try:
                data, ancillary, _, peer = self.socket.recvmsg(65536, 64)
            except OSError:
                return
            self.total += 1
            if self.direction != "both" and (peer[2] == OUTGOING) != (self.direction == "out"):
                continue
            frame = with_tag(data, ancillary)
            if self.matches(frame):
                self.note(frame, peer[2])

    def matches(self, frame):
        return (
            (self.ethertype is None or struct.unpack_from("!H", frame, 12)[0] == self.ethertype)
            and (self.source is None or frame[6:12] == self.source)
            and (self.destination is None or frame[:6] == self.destination)
            and (self.contains is None or self.contains in frame)
        )

    def note(self, frame, kind):
        self.matched += 1
        marker = marker_of(frame)
        if marker is not None:
            self.markers[marker] = self.markers.get(marker, 0) + 1
        if len(self.frames) < self.keep:
            described = {
                "destination": mac_text(frame[:6]),
                "source": mac_text(frame[6:12]),
                "ethertype": struct.unpack_from("!H", frame, 12)[0],
                "kind": KINDS[kind] if kind < len(KINDS) else str(kind),
                "hex": frame.hex(),
            }
            self.frames.append(described if marker is None else {**described, "marker": marker})

    def report(self):
        self.receive()
        # Reading them sets them to nought.
        self.dropped += struct.unpack("II", self.socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))[1]
        return {
            "total": self.total,
            "matched": self.matched,
            "dropped": self.dropped,
            "markers": self.markers,
            "frames": self.frames,
        }

    def stop(self):
        last = self.report()
        self.loop.unwatch(self.socket.fileno())
        self.socket.close()
        return last


def with_tag(data, ancillary):
    """The kernel takes the outermost VLAN tag out of a frame before anyone sees it (packet(7), PACKET_AUXDATA)."""
    for level, kind, value in ancillary:
        if level == SOL_PACKET and kind == PACKET_AUXDATA:
            status, _, _, _, _, number, protocol = struct.unpack("IIIHHHH", value[:20])
            if status & VLAN_VALID:
                protocol = protocol if status & VLAN_TPID_VALID else 0x8100
                return data[:12] + struct.pack("!HH", protocol, number) + data[12:]
    return data

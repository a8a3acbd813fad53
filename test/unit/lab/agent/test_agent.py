"""What the agent builds and reads byte by byte, against the layouts of the standards."""

import importlib
import pathlib
import struct
import sys
import time
import unittest

SOURCE = pathlib.Path(__file__).parents[4] / "src/lab/agent"
sys.path.insert(0, str(SOURCE))
sys.dont_write_bytecode = True

import addresses
import attacks
import dhcp
import frames as f
from loop import Loop
from markers import marked, marker_of

MAC = bytes.fromhex("020000000066")
VICTIM = {"mac": "02:00:00:00:00:02", "address": "fd09::2"}


class Own:
    """What an interface would have."""

    name, mac = "eth0", MAC
    ipv4 = bytes((10, 9, 0, 66))
    ipv6 = addresses.ip_bytes("fd09::66")
    link_local = addresses.link_local_of(MAC)


def built(attack, **parameters):
    return attacks.frames_of(Own, {"attack": attack, "marker": "m", **parameters})


def chain(packet):
    """The kinds of header of an IPv6 packet up to the upper layer, and what is left."""
    kind, data, kinds = packet[6], packet[40:], []
    while kind in (f.HOP_BY_HOP, f.ROUTING, f.FRAGMENT, f.DESTINATION):
        kinds.append(kind)
        if kind == f.FRAGMENT and struct.unpack_from("!H", data, 2)[0] & ~7:
            return kinds, data[8:]
        length = 8 if kind == f.FRAGMENT else 8 + data[1] * 8
        kind, data = data[0], data[length:]
    return [*kinds, kind], data


class Checksums(unittest.TestCase):
    def test_example_of_rfc_1071(self):
        self.assertEqual(f.checksum(bytes.fromhex("0001f203f4f5f6f7")), 0xFFFF ^ 0xDDF2)

    def test_odd_length(self):
        self.assertEqual(f.checksum(b"\x01"), f.checksum(b"\x01\x00"))

    def test_every_header_sums_to_zero(self):
        packet = f.ipv4(Own.ipv4, bytes(4), f.UDP, b"payload", options=b"\x01")
        self.assertEqual(f.checksum(packet[:24]), 0)
        self.assertEqual((packet[0], struct.unpack_from("!H", packet, 2)[0]), (0x46, 31))
        self.assertEqual(f.checksum(f.icmp(8, 0, b"rest")), 0)
        for source, destination in ((Own.ipv4, bytes((10, 9, 0, 2))), (Own.ipv6, addresses.ip_bytes("fd09::2"))):
            message = f.udp(source, destination, 1, 2, b"odd")
            self.assertEqual(f.checksum(f.pseudo_header(source, destination, f.UDP, len(message)) + message), 0)
        message = f.icmpv6(Own.ipv6, Own.ipv6, 136, 0, b"rest")
        self.assertEqual(f.checksum(f.pseudo_header(Own.ipv6, Own.ipv6, f.ICMPV6, len(message)) + message), 0)


class Frames(unittest.TestCase):
    def test_tags_come_before_the_type_and_short_frames_are_filled(self):
        frame = f.ethernet(b"d" * 6, b"s" * 6, f.IPV4, b"x", [(f.VLAN_OUTER, 7), (f.VLAN, 5)])
        self.assertEqual(frame[12:23], bytes.fromhex("88a80007810000050800") + b"x")
        self.assertEqual(len(frame), 60)

    def test_arp_claims_an_address(self):
        victim = {"mac": "02:00:00:00:00:02", "address": "10.9.0.2"}
        (frame,) = built("arp-reply", victim=victim, claim="10.9.0.3")
        head = "020000000002" "020000000066" "0806" "0001080006040002"
        self.assertEqual(frame[:42].hex(), head + "020000000066" "0a090003" "020000000002" "0a090002")
        self.assertEqual(marker_of(frame), "m")

    def test_advertisement_has_its_flags_and_hop_limit(self):
        (frame,) = built("nd-advertisement", victim=VICTIM, claim="fd09::3", solicited=True)
        packet = frame[14:]
        self.assertEqual(packet[7], 255)
        kinds, message = chain(packet)
        self.assertEqual((kinds, message[0], message[4]), ([f.ICMPV6], 136, 0x60))
        self.assertEqual(message[24:32].hex(), "0201020000000066")

    def test_headers_hide_the_message_in_the_order_given(self):
        (frame,) = built("router-advertisement", behind=["hop-by-hop", "destination", "fragment"])
        kinds, message = chain(frame[14:])
        self.assertEqual(kinds, [f.HOP_BY_HOP, f.DESTINATION, f.FRAGMENT, f.ICMPV6])
        self.assertEqual(message[0], 134)

    def test_first_fragment_ends_after_eight_bytes_or_before_the_message(self):
        first, second = (frame[14:] for frame in built("router-advertisement", behind=["fragments"]))
        self.assertEqual((len(first), len(chain(first)[1])), (56, 8))
        self.assertEqual(struct.unpack_from("!H", second, 42)[0], 8)
        first, second = (frame[14:] for frame in built("router-advertisement", behind=["tiny-fragments"]))
        self.assertEqual((chain(first)[1], struct.unpack_from("!H", second, 42)[0]), (b"", 8))

    def test_routing_headers(self):
        hops = [addresses.ip_bytes(hop) for hop in ("fd09::2", "fd09::3")]
        self.assertEqual(f.routing_header(17, 0, hops)[:8].hex(), "1102000100000000")
        header = f.routing_header(17, 4, hops)
        self.assertEqual(header[:8].hex(), "1104040101000000")
        self.assertEqual(header[8:24], hops[1])

    def test_source_route_ends_in_the_last_hop(self):
        victim = {"mac": "02:00:00:00:00:02", "address": "10.9.0.2"}
        (frame,) = built("source-route", victim=victim, hops=["10.9.0.3"])
        self.assertEqual(frame[34:42].hex(), "8307040a09000300")

    def test_bpdu_has_the_length_that_the_standard_says(self):
        (frame,) = built("stp-bpdu")
        self.assertEqual(frame[:17].hex(), "0180c2000000" "020000000066" "0026" "424203")
        self.assertEqual(marker_of(frame), "m")

    def test_flood_has_a_source_of_its_own_for_each_frame(self):
        sources = {frame[6:12] for frame in built("mac-flood", number=200)}
        self.assertEqual(len(sources), 200)
        self.assertEqual({source[0] for source in sources}, {2})

    def test_dhcp_server_understands_who_asks(self):
        question = f.bootp(1, 77, MAC, bytes(4), bytes(4), [(61, b"\x01" + MAC), (53, b"\x01")])
        packet = f.ipv4(bytes(4), b"\xff" * 4, f.UDP, f.udp(bytes(4), b"\xff" * 4, 68, 67, question))
        self.assertEqual(dhcp.parsed(f.ethernet(f.BROADCAST, MAC, f.IPV4, packet)), (1, 77, MAC))
        self.assertIsNone(dhcp.parsed(bytes(400)))

    def test_every_attack_carries_its_marker(self):
        four = {"mac": "02:00:00:00:00:02", "address": "10.9.0.2"}
        dhcp_offer = {"offer": "10.9.0.5", "server": "10.9.0.66"}
        special = {
            "vlan": {"tags": [{"protocol": "802.1Q", "id": 5}]},
            "dhcpv6-advertise": {"victim": VICTIM, "offer": "fd09::5"},
            "dhcpv6-reply": {"victim": VICTIM, "offer": "fd09::5"},
            "redirect-ipv4": {"gateway": "10.9.0.1", "destination": "192.0.2.1", "via": "10.9.0.66"},
            "redirect-ipv6": {"victim": VICTIM, "gateway": "fe80::1", "destination": "2001:db8::1", "via": "fe80::2"},
            "routing-header": {"victim": VICTIM, "hops": ["fd09::3"]},
            "source-route": {"hops": ["10.9.0.3"]},
            "mac-flood": {"number": 1},
            "packet": {"protocol": 253},
        }
        for name in attacks.ATTACKS:
            six = name.startswith("nd-") or name == "router-advertisement"
            common = {"victim": VICTIM if six else four, "claim": "fd09::3" if six else "10.9.0.3", **dhcp_offer}
            frames = built(name, **{**common, **special.get(name, {})})
            self.assertEqual({marker_of(frame) for frame in frames}, {"m"}, name)
            self.assertTrue(all(len(frame) >= f.SHORTEST for frame in frames), name)


class Rest(unittest.TestCase):
    def test_every_module_can_be_read(self):
        for path in SOURCE.glob("*.py"):
            compile(path.read_text(), path.name, "exec")
            if path.stem != "__main__":
                importlib.import_module(path.stem)

    def test_markers_are_found_anywhere(self):
        self.assertEqual(marker_of(b"x" * 10 + marked("a b") + b"y"), "a b")
        self.assertIsNone(marker_of(b"<rc-lxc unfinished"))

    def test_timers_fire_in_order_and_can_be_cancelled(self):
        loop, fired = Loop(), []

        def end():
            raise SystemExit

        loop.after(20, lambda: fired.append("second"))
        loop.after(1, lambda: fired.append("first"))
        loop.cancel(loop.after(5, lambda: fired.append("never")))
        loop.after(30, end)
        begin = time.monotonic()
        self.assertRaises(SystemExit, loop.run)
        self.assertEqual(fired, ["first", "second"])
        self.assertGreater(time.monotonic() - begin, 0.029)


if __name__ == "__main__":
    unittest.main()

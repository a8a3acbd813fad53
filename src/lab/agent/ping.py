"""Echo requests, over one raw socket for all that leave from the same source."""

import os
import socket
import struct

from addresses import sockaddr
from attempt import Attempt, prepared
from echo import QUESTION, large_buffers
from frames import checksum
from loop import READ

SOL_RAW = 255
ICMP_FILTER = 1


class IcmpAttempt(Attempt):
    """An echo request; all of a batch from one source share a socket, which tells answers apart by their number."""

    def __init__(self, loop, spec, done, pingers):
        super().__init__(loop, spec, done)
        self.pingers = pingers
        self.pinger = None
        self.number = None

    def start(self):
        family, peer = sockaddr(self.spec["address"], 0)
        self.pinger = self.pingers.of(family, self.spec)
        self.send(peer)

    def send(self, peer):
        if self.timer is None:
            return
        try:
            self.number = self.pinger.send(peer, self)
        except BlockingIOError:
            # Those before it wait for neighbours that may not be there, and fill the socket.
            self.loop.after(10, lambda: self.send(peer))

    def finish(self, result):
        if self.number is not None:
            self.pinger.forget(self.number)
        elif result is None:
            result = {"status": "error", "error": "EAGAIN"}
        super().finish(result)


class Pinger:
    def __init__(self, loop, family, spec):
        self.family = family
        self.six = family == socket.AF_INET6
        self.socket = prepared(family, socket.SOCK_RAW, spec, 58 if self.six else 1)
        large_buffers(self.socket)
        if not self.six:
            # ICMP_FILTER (raw(7)): echo reply, unreachable, time exceeded, parameter problem
            wanted = (1 << 0) | (1 << 3) | (1 << 11) | (1 << 12)
            self.socket.setsockopt(SOL_RAW, ICMP_FILTER, struct.pack("=I", ~wanted & 0xFFFFFFFF))
        self.identity = os.urandom(2)
        self.last = 0
        self.waiting = {}
        loop.watch(self.socket.fileno(), READ, lambda _: self.receive())

    def send(self, peer, attempt):
        # The pair of identity and number is fresh for 65,536 requests, far more than are ever under way.
        self.last = (self.last + 1) & 0xFFFF
        self.waiting[self.last] = attempt
        message = struct.pack("!BBH2sH", 128 if self.six else 8, 0, 0, self.identity, self.last) + QUESTION
        if not self.six:
            message = message[:2] + struct.pack("!H", checksum(message)) + message[4:]
        try:
            self.socket.sendto(message, peer)
        except OSError:
            self.forget(self.last)
            raise
        return self.last

    def forget(self, number):
        self.waiting.pop(number, None)

    def receive(self):
        while True:
            try:
                data, peer = self.socket.recvfrom(2048)
            except OSError:
                return
            self.answered(data if self.six else data[(data[0] & 15) * 4 :], peer[0].partition("%")[0])

    def answered(self, message, peer):
        kind = message[0]
        if kind == (129 if self.six else 0):
            identity, number = struct.unpack_from("!2sH", message, 4)
            attempt = self.waiting.get(number) if identity == self.identity else None
            if attempt is not None:
                attempt.finish({"status": "open", "ms": attempt.milliseconds(), "who": peer})
        elif kind in ((1, 2, 3, 4) if self.six else (3, 11, 12)):
            inner = message[8:]
            skip = 40 if self.six else (inner[0] & 15) * 4 if inner else 0
            if len(inner) < skip + 8:
                return
            identity, number = struct.unpack_from("!2sH", inner, skip + 4)
            attempt = self.waiting.get(number) if identity == self.identity else None
            if attempt is not None:
                attempt.finish({"status": "unreachable", "error": f"ICMP {kind}/{message[1]}", "who": peer})


class Pingers:
    def __init__(self, loop):
        self._loop = loop
        self._all = {}

    def of(self, family, spec):
        key = (family, spec.get("source"), spec.get("device"))
        if key not in self._all:
            self._all[key] = Pinger(self._loop, family, spec)
        return self._all[key]

    def close(self):
        for pinger in self._all.values():
            self._loop.unwatch(pinger.socket.fileno())
            pinger.socket.close()

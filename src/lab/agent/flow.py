"""A TCP connection that goes on and on, to see whether anything interrupts it; and floods."""

import socket
import time

from addresses import Interface, error_name, sockaddr
from attempt import prepared
from loop import READ, WRITE
from markers import marked

# As much as is sent before other work has its turn.
BURST = 64


class Flow:
    """Sends a number every few milliseconds to one of our servers, which sends it back."""

    def __init__(self, loop, request, answer):
        self.loop = loop
        self.interval = request["intervalMs"]
        self.answer = answer
        self.state = "connecting"
        self.sent = 0
        self.answered = 0
        self.longest = 0.0
        self.error = None
        self.buffer = b""
        self.heard = time.monotonic()
        family, peer = sockaddr(request["address"], request["port"])
        self.socket = prepared(family, socket.SOCK_STREAM, request)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect_ex(peer)
        self.loop.watch(self.socket.fileno(), WRITE, lambda _: self.on_connect())
        self.timer = loop.after(request["timeoutMs"], lambda: self.end("timeout"))

    def on_connect(self):
        status = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if status:
            self.end(error_name(OSError(status, "")))
            return
        self.loop.cancel(self.timer)
        self.state = "open"
        self.heard = time.monotonic()
        self.loop.watch(self.socket.fileno(), READ, lambda _: self.on_data())
        self.tick()
        self.answer(self.report())

    def tick(self):
        if self.state != "open":
            return
        try:
            self.socket.send(b"%d\n" % self.sent)
            self.sent += 1
        except BlockingIOError:
            pass
        except OSError as error:
            self.end(error_name(error))
            return
        self.timer = self.loop.after(self.interval, self.tick)

    def on_data(self):
        try:
            data = self.socket.recv(65536)
        except BlockingIOError:
            return
        except OSError as error:
            self.end(error_name(error))
            return
        if not data:
            self.end("closed by the other side")
            return
        now = time.monotonic()
        self.longest = max(self.longest, now - self.heard)
        self.heard = now
        self.answered += data.count(b"\n")

    def end(self, error):
        if self.state == "ended":
            return
        before = self.state
        self.loop.cancel(self.timer)
        self.loop.unwatch(self.socket.fileno())
        self.longest = max(self.longest, time.monotonic() - self.heard)
        self.socket.close()
        self.state, self.error = "ended", error
        if before == "connecting":
            self.answer(self.report())

    def stop(self):
        self.end("stopped")
        return self.report()

    def report(self):
        silence = time.monotonic() - self.heard if self.state == "open" else 0
        return {
            "state": self.state,
            "sent": self.sent,
            "answered": self.answered,
            "longestGapMs": round(max(self.longest, silence) * 1000, 3),
            **({} if self.error is None else {"error": self.error}),
        }


class Flood:
    """Datagrams to {address, port}, or given frames out of {interface}, so many a second (0: all that go) for a time."""

    def __init__(self, loop, request, answer, frames=()):
        self.loop = loop
        self.answer = answer
        self.per_second = request.get("perSecond") or 0
        self.begin = time.monotonic()
        self.end = self.begin + request["durationMs"] / 1000
        self.sent = 0
        self.errors = {}
        if frames:
            self.frames = frames
            self.socket = Interface(request["interface"]).socket
            self.socket.setblocking(False)
        else:
            family, peer = sockaddr(request["address"], request["port"])
            self.frames = [marked(request.get("marker", "")).ljust(request.get("bytes") or 0, b".")]
            self.socket = prepared(family, socket.SOCK_DGRAM, request)
            self.socket.connect(peer)
        self.turn()

    def turn(self):
        now = time.monotonic()
        if now >= self.end:
            self.socket.close()
            seconds = now - self.begin
            self.answer({"sent": self.sent, "errors": self.errors, "perSecond": round(self.sent / seconds)})
            return
        due = BURST if self.per_second == 0 else int((now - self.begin) * self.per_second) - self.sent
        for _ in range(min(BURST, due)):
            self.send_one()
        self.loop.after(0 if self.per_second == 0 or due >= BURST else 1, self.turn)

    def send_one(self):
        try:
            self.socket.send(self.frames[self.sent % len(self.frames)])
        except BlockingIOError:
            return
        except OSError as error:
            name = error_name(error)
            self.errors[name] = self.errors.get(name, 0) + 1
        self.sent += 1

"""A batch of probes, all at once: TCP, UDP and echo requests, each told apart into open, refused, timeout, unreachable.

A fifth status, `error`, says that the probe could not be made (no such source address, say): it proves nothing.
"""

import errno
import json
import os
import resource
import socket

from attempt import Attempt, NoProbe, failed
from echo import QUESTION
from loop import READ, WRITE
from ping import IcmpAttempt, Pingers

# As many are started before answers are read again: what waits in a socket meanwhile fits its buffer.
AT_ONCE = 64


def told(data):
    """What one of our own servers says; nothing of another's answer, which counts as one all the same."""
    try:
        answer = json.loads(data)
        return {"who": answer["who"], "seenFrom": answer["seenFrom"]}
    except (ValueError, TypeError, KeyError):
        return {}


class TcpAttempt(Attempt):
    def __init__(self, loop, spec, done):
        super().__init__(loop, spec, done)
        self.connected = None
        self.data = b""

    def start(self):
        peer = self.open_socket(socket.SOCK_STREAM)
        status = self.socket.connect_ex(peer)
        if status not in (0, errno.EINPROGRESS):
            raise OSError(status, os.strerror(status))
        self.loop.watch(self.socket.fileno(), WRITE, self.on_connect)

    def on_connect(self, _):
        status = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if status:
            self.finish(failed(OSError(status, "")))
            return
        self.connected = {"status": "open", "ms": self.milliseconds()}
        if self.spec.get("exchange") is False:
            self.finish(self.connected)
            return
        # Its time begins anew: a slow machine that has connected is given time to speak, too.
        self.loop.cancel(self.timer)
        self.timer = self.loop.after(self.spec["timeoutMs"], lambda: self.finish(None))
        self.socket.send(QUESTION + b"\n")
        self.loop.watch(self.socket.fileno(), READ, self.on_data)

    def on_data(self, _):
        try:
            data = self.socket.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self.data += data
        if not data or b"\n" in self.data:
            self.finish({**self.connected, **told(self.data.partition(b"\n")[0])})

    def finish(self, result):
        # Connected, and then silence: open, and nobody that says who.
        super().finish(self.connected if result is None else result)


class UdpAttempt(Attempt):
    def start(self):
        peer = self.open_socket(socket.SOCK_DGRAM)
        self.socket.connect(peer)
        self.loop.watch(self.socket.fileno(), READ, self.on_data)
        self.socket.send(QUESTION)

    def on_data(self, _):
        try:
            data = self.socket.recv(4096)
        except BlockingIOError:
            return
        except OSError as error:
            self.finish(failed(error))
            return
        self.finish({"status": "open", "ms": self.milliseconds(), **told(data)})


def room():
    """How many sockets may be open at once, after the limit is raised as far as it goes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = hard if hard != resource.RLIM_INFINITY and hard < 16384 else 16384
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    used = len(os.listdir("/proc/self/fd"))
    return 16384 if soft == resource.RLIM_INFINITY else max(1, soft - used - 32)


class Batch:
    """{probes: [...], retries, timeoutMs, atOnce?} -> one result a probe, in order."""

    def __init__(self, loop, request, answer):
        self.loop = loop
        self.probes = [{"timeoutMs": request["timeoutMs"], "port": 0, **probe} for probe in request["probes"]]
        self.tries = request["retries"] + 1
        self.answer = answer
        self.results = [None] * len(self.probes)
        self.left = len(self.probes)
        self.next = 0
        self.running = 0
        self.limit = min(room(), request.get("atOnce") or 4096)
        self.pingers = Pingers(loop)
        self.starting = False

    def start(self):
        if self.left == 0:
            self.answer([])
        else:
            self.more()

    def more(self):
        self.starting = False
        for _ in range(AT_ONCE):
            if self.next >= len(self.probes) or self.running >= self.limit:
                return
            self.running += 1
            self.attempt(self.next, 1)
            self.next += 1
        self.soon()

    def soon(self):
        if not self.starting and self.next < len(self.probes):
            self.starting = True
            self.loop.after(0, self.more)

    def attempt(self, at, number):
        spec = self.probes[at]

        def done(result):
            if result is None and number < self.tries:
                self.attempt(at, number + 1)
            else:
                self.record(at, {**(result or {"status": "timeout"}), "tries": number})

        attempt = self.make(spec, done)
        try:
            attempt.start()
        except NoProbe as reason:
            attempt.finish({"status": "error", "error": str(reason)})
        except OSError as error:
            attempt.finish(failed(error))

    def make(self, spec, done):
        if spec["kind"] == "tcp":
            return TcpAttempt(self.loop, spec, done)
        if spec["kind"] == "udp":
            return UdpAttempt(self.loop, spec, done)
        return IcmpAttempt(self.loop, spec, done, self.pingers)

    def record(self, at, result):
        self.results[at] = result
        self.running -= 1
        self.left -= 1
        if self.left == 0:
            self.pingers.close()
            self.answer(self.results)
        else:
            self.soon()

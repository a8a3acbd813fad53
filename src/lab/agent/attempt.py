"""One try of one probe, and what the errors of a socket say about the network."""

import errno
import socket
import time

from addresses import error_name, sockaddr

IP_RECVERR, IPV6_RECVERR = 11, 25
# What the network said; anything else that fails is the probe's own fault.
STATUS = {
    errno.ECONNREFUSED: "refused",
    errno.ECONNRESET: "refused",
    errno.EHOSTUNREACH: "unreachable",
    errno.ENETUNREACH: "unreachable",
    errno.EHOSTDOWN: "unreachable",
    errno.EACCES: "unreachable",
    errno.EPERM: "unreachable",
    errno.ENOPROTOOPT: "unreachable",
    errno.EPROTO: "unreachable",
    errno.EOPNOTSUPP: "unreachable",
}


class NoProbe(Exception):
    """The probe could not be made: no such source address or device, no right to a raw socket."""


def failed(error):
    return {"status": STATUS.get(error.errno, "error"), "error": error_name(error)}


class Attempt:
    """One try of one probe, until `done` is called with what came of it; None when nothing did in time."""

    def __init__(self, loop, spec, done):
        self.loop = loop
        self.spec = spec
        self.done = done
        self.begin = time.monotonic()
        self.socket = None
        self.timer = loop.after(spec["timeoutMs"], lambda: self.finish(None))

    def milliseconds(self):
        return round((time.monotonic() - self.begin) * 1000, 3)

    def open_socket(self, kind):
        family, peer = sockaddr(self.spec["address"], self.spec["port"])
        self.socket = prepared(family, kind, self.spec)
        # Every ICMP error is told, not only those that the kernel takes for final.
        if family == socket.AF_INET:
            self.socket.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
        else:
            self.socket.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVERR, 1)
        return peer

    def finish(self, result):
        if self.timer is None:
            return
        self.loop.cancel(self.timer)
        self.timer = None
        if self.socket is not None:
            self.loop.unwatch(self.socket.fileno())
            self.socket.close()
        self.done(result)


def prepared(family, kind, spec, protocol=0):
    """A socket bound to the source and the device that a probe names."""
    its_socket = None
    try:
        its_socket = socket.socket(family, kind, protocol)
        its_socket.setblocking(False)
        if spec.get("device"):
            its_socket.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, spec["device"].encode())
        if spec.get("source"):
            its_socket.bind(sockaddr(spec["source"], 0)[1])
    except OSError as error:
        if its_socket is not None:
            its_socket.close()
        raise NoProbe(error_name(error)) from error
    return its_socket

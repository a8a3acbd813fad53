"""Servers that answer every line or datagram with who they are, and remember who asked."""

import json
import socket

from addresses import error_name
from loop import FAILED, READ
from markers import marker_of

IPV6_RECVPKTINFO = 49
IPV6_PKTINFO = 50
IP_PKTINFO = 8
SO_SNDBUFFORCE = 32
SO_RCVBUFFORCE = 33
QUESTION = b"rc-lxc?"


def plain(address):
    """Without the scope, which is the asking side's own."""
    return address.partition("%")[0]


def large_buffers(its_socket):
    """A burst of a thousand datagrams fits; in a user namespace, as much as the host allows everyone."""
    for forced, allowed in ((SO_RCVBUFFORCE, socket.SO_RCVBUF), (SO_SNDBUFFORCE, socket.SO_SNDBUF)):
        try:
            its_socket.setsockopt(socket.SOL_SOCKET, forced, 1 << 22)
        except OSError:
            its_socket.setsockopt(socket.SOL_SOCKET, allowed, 1 << 22)


class Servers:
    def __init__(self, loop):
        self._loop = loop
        self._token = ""
        self._seen = {}

    def listen(self, request):
        """{token, tcp: [PORT], udp: [PORT]} -> {failed: [{kind, port, family, error}]}"""
        self._token = request["token"]
        failed = []
        for kind, serve in (("tcp", self._serve_tcp), ("udp", self._serve_udp)):
            for port in request.get(kind, ()):
                for family, number in ((socket.AF_INET, 4), (socket.AF_INET6, 6)):
                    try:
                        serve(family, port)
                    except OSError as error:
                        failed.append({"kind": kind, "port": port, "family": number, "error": error_name(error)})
        return {"failed": failed}

    def seen(self, request):
        """Who asked since the start, or since the last call that said {clear: true}."""
        fields = ("kind", "port", "from", "to")
        result = [
            dict(zip(fields, key), count=count, markers=sorted(markers))
            for key, (count, markers) in self._seen.items()
        ]
        if request.get("clear"):
            self._seen.clear()
        return result

    def _note(self, kind, port, peer, local, data):
        key = (kind, port, plain(peer), plain(local))
        count, markers = self._seen.get(key, (0, set()))
        marker = marker_of(data)
        if marker is not None:
            markers.add(marker)
        self._seen[key] = (count + 1, markers)

    def _answer(self, peer, said):
        answer = {"who": self._token, "seenFrom": plain(peer[0]), "said": said.decode("ascii", "replace")}
        return json.dumps(answer).encode() + b"\n"

    def _serve_tcp(self, family, port):
        server = bound(family, socket.SOCK_STREAM, port)
        server.listen(1024)
        self._loop.watch(server.fileno(), READ, lambda _: self._accept(server, port))

    def _accept(self, server, port):
        while True:
            try:
                connection, peer = server.accept()
            except OSError:
                return
            connection.setblocking(False)
            self._note("tcp", port, peer[0], connection.getsockname()[0], b"")
            waiting = bytearray()
            self._loop.watch(
                connection.fileno(),
                READ,
                lambda events, its=connection, who=peer, data=waiting: self._read(its, who, data, events),
            )

    def _read(self, connection, peer, waiting, events):
        try:
            data = connection.recv(65536)
            waiting += data
            while (end := waiting.find(b"\n")) >= 0:
                line = bytes(waiting[:end])
                del waiting[: end + 1]
                connection.send(self._answer(peer, line))
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data or events & FAILED or len(waiting) > 65536:
            self._loop.unwatch(connection.fileno())
            connection.close()

    def _serve_udp(self, family, port):
        server = bound(family, socket.SOCK_DGRAM, port)
        large_buffers(server)
        # The answer must come from the address that was asked, whichever the route back would give.
        if family == socket.AF_INET:
            server.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
        else:
            server.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
        self._loop.watch(server.fileno(), READ, lambda _: self._receive(server, port))

    def _receive(self, server, port):
        while True:
            try:
                data, ancillary, _, peer = server.recvmsg(4096, 256)
            except OSError:
                return
            local, info = reply_from(server.family, ancillary)
            self._note("udp", port, peer[0], local, data)
            # Two of these never answer each other for ever.
            if data.startswith(QUESTION):
                try:
                    server.sendmsg([self._answer(peer, data.strip())], info, 0, peer)
                except OSError:
                    continue


def bound(family, kind, port):
    server = socket.socket(family, kind)
    try:
        server.setblocking(False)
        if kind == socket.SOCK_STREAM:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        server.bind(("", port))
    except OSError:
        server.close()
        raise
    return server


def reply_from(family, ancillary):
    """The address that a datagram was sent to, and the ancillary data that sends an answer from it."""
    for level, kind, data in ancillary:
        if level == socket.IPPROTO_IP and kind == IP_PKTINFO:
            # ipi_ifindex, ipi_spec_dst, ipi_addr (ip(7)); a broadcast is answered from an address of our own.
            local = data[8:12]
            source = data[4:8]
            return socket.inet_ntop(family, local), [(level, IP_PKTINFO, bytes(4) + source + bytes(4))]
        if level == socket.IPPROTO_IPV6 and kind == IPV6_PKTINFO:
            address = data[:16]
            multicast = address[0] == 0xFF
            return socket.inet_ntop(family, address), [] if multicast else [(level, IPV6_PKTINFO, data)]
    return "", []

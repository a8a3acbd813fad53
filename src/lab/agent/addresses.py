"""Addresses as sockets want them, and what an interface of this namespace has."""

import errno
import fcntl
import socket
import struct

SIOCGIFADDR = 0x8915
ETH_P_ALL = 3


def sockaddr(address, port):
    """The family and what connect() takes of `10.0.3.11`, `fd00::1` or `fe80::1%eth0`."""
    if ":" not in address:
        return socket.AF_INET, (address, port)
    host, _, scope = address.partition("%")
    return socket.AF_INET6, (host, port, 0, socket.if_nametoindex(scope) if scope else 0)


def error_name(error):
    return errno.errorcode.get(error.errno, str(error)) if isinstance(error, OSError) else str(error)


def mac_bytes(text):
    return bytes.fromhex(text.replace(":", ""))


def mac_text(data):
    return ":".join(f"{byte:02x}" for byte in data)


def ip_bytes(text):
    plain = text.partition("%")[0]
    return socket.inet_pton(socket.AF_INET6 if ":" in plain else socket.AF_INET, plain)


def link_local_of(mac):
    """The EUI-64 link-local address of a hardware address (RFC 4291, appendix A)."""
    return bytes((0xFE, 0x80, 0, 0, 0, 0, 0, 0, mac[0] ^ 2, mac[1], mac[2], 0xFF, 0xFE, mac[3], mac[4], mac[5]))


class Interface:
    """An interface to send frames from; every address that it has is looked up when it is asked for."""

    def __init__(self, name):
        self.name = name
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        self.socket.bind((name, 0))

    def send(self, frame, told=0):
        """What our kernel is told that the frame is, it does not look up in it (packet(7), sll_protocol)."""
        self.socket.sendto(frame, (self.name, told))

    @property
    def mac(self):
        return self.socket.getsockname()[4]

    @property
    def ipv4(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            answer = fcntl.ioctl(any_socket, SIOCGIFADDR, struct.pack("16s24x", self.name.encode()))
        return answer[20:24]

    @property
    def link_local(self):
        return self._ipv6(scope="20") or link_local_of(self.mac)

    @property
    def ipv6(self):
        return self._ipv6(scope="00") or self.link_local

    def _ipv6(self, scope):
        # ADDRESS INDEX PREFIX SCOPE FLAGS NAME, all in hexadecimal
        with open("/proc/self/net/if_inet6", encoding="ascii") as table:
            for line in table:
                address, _, _, its_scope, _, name = line.split()
                if name == self.name and its_scope == scope:
                    return bytes.fromhex(address)
        return None


_interfaces = {}


def interface(name):
    """The same one for as long as the card is the same: the kernel takes its time to close such a socket."""
    key = name, socket.if_nametoindex(name)
    if key not in _interfaces:
        _interfaces[key] = Interface(name)
    return _interfaces[key]

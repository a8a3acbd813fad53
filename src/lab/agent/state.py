"""What the kernel of this namespace believes: the state that attacks aim at."""

import json
import socket
import subprocess

from addresses import error_name, sockaddr

IP_MTU_DISCOVER, IP_PMTUDISC_DO = 10, 2
IP_MTU, IPV6_MTU = 14, 24


def ip(words):
    """Runs ip(8) and says what it said."""
    done = subprocess.run(
        ["ip", *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False
    )
    return {"exitCode": done.returncode, "stdout": done.stdout, "stderr": done.stderr}


def listed(*words):
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False)
    if done.returncode != 0:
        raise OSError(f"{' '.join(words)}: {done.stderr.strip()}")
    return json.loads(done.stdout or "[]")


def path_mtu(address):
    """What the kernel takes for the largest packet to there."""
    try:
        family, peer = sockaddr(address, 9)
        with socket.socket(family, socket.SOCK_DGRAM) as its_socket:
            its_socket.connect(peer)
            if family == socket.AF_INET:
                return its_socket.getsockopt(socket.IPPROTO_IP, IP_MTU)
            return its_socket.getsockopt(socket.IPPROTO_IPV6, IPV6_MTU)
    except OSError as error:
        return error_name(error)


def route_to(address):
    """Where a packet to there would go, redirects included; the error's text where it would not."""
    try:
        return listed("ip", "-j", "route", "get", address)[0]
    except OSError as error:
        return str(error)


def state(request):
    """{to?: [ADDRESS], forwarding?: bool} -> as `ip -j` prints it; `to` asks for routes and path MTUs."""
    return {
        "links": listed("ip", "-j", "-d", "address", "show"),
        "neighbours": listed("ip", "-j", "neighbour", "show"),
        "routes": listed("ip", "-j", "-4", "route", "show") + listed("ip", "-j", "-6", "route", "show"),
        "paths": {address: {"mtu": path_mtu(address), "route": route_to(address)} for address in request.get("to", ())},
        **({"forwarding": listed("bridge", "-j", "fdb", "show")} if request.get("forwarding") else {}),
    }

"""Traffic between two network namespaces: `serve PORT`; `measure ADDRESS PORT CARD` or `speed ADDRESS PORT SECONDS`, which
print JSON.

Both ends run on one processor, the last: what is measured is the work that packets are, and neither the time that a
sleeping processor takes to wake up nor what the others do meanwhile. Of several short runs the best counts. Throughput
needs a machine that does nothing else, all the same: a part of its work is the kernel's own thread's, which waits its
turn.
"""

import array
import fcntl
import json
import os
import socket
import statistics
import struct
import sys
import time

SIOCETHTOOL = 0x8946
# linux/ethtool.h: ETHTOOL_STSO and ETHTOOL_SGSO.
OFFLOADS = (0x1F, 0x24)
BLOCK = b"x" * 65536
RUNS = 4
# Of a connection there are more and shorter ones: its figure is of time, which others on the machine take some of.
CONNECTIONS = 12
SECONDS = 0.04


def serve(port):
    with socket.create_server(("0.0.0.0", port)) as listener:
        print("ready", flush=True)
        while True:
            peer, _ = listener.accept()
            with peer:
                peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                try:
                    (echo if peer.recv(1) == b"e" else sink)(peer)
                except ConnectionError:
                    pass


def echo(peer):
    while data := peer.recv(1):
        peer.send(data)


def sink(peer):
    room = bytearray(1 << 18)
    while peer.recv_into(room):
        pass
    peer.send(b".")


def connect(address, port, kind):
    peer = socket.create_connection((address, port), 5)
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    peer.send(kind)
    return peer


def datagram(address):
    """Microseconds of processor time of one: the sender passes the pair, the bridge and the rules in its own time."""
    count = 4000
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect((address, 9))

        def run():
            before = time.process_time()
            for _ in range(count):
                try:
                    sender.send(BLOCK[:100])
                except OSError:
                    pass
            return (time.process_time() - before) / count * 1e6

        return min(run() for _ in range(RUNS))


def latency(address, port):
    """Microseconds from a request of one byte to its answer."""
    with connect(address, port, b"e") as peer:

        def run():
            return statistics.median(round_trip(peer) for _ in range(1000)) * 1e6

        return min(run() for _ in range(RUNS))


def round_trip(peer):
    before = time.perf_counter()
    peer.send(b"x")
    peer.recv(1)
    return time.perf_counter() - before


def throughput(address, port, card):
    """Gbit/s of one TCP connection, and the bytes of a frame."""

    def run():
        frames = sent_frames(card)
        sent, gigabits = stream(address, port, SECONDS)
        return gigabits, sent / max(sent_frames(card) - frames, 1)

    return max(run() for _ in range(CONNECTIONS))


def stream(address, port, seconds):
    """The bytes that one connection has brought over in that time, and Gbit/s."""
    with connect(address, port, b"s") as peer:
        sent, begin = 0, time.perf_counter()
        while time.perf_counter() - begin < seconds:
            sent += peer.send(BLOCK)
        peer.shutdown(socket.SHUT_WR)
        peer.recv(1)
        return sent, sent * 8 / (time.perf_counter() - begin) / 1e9


def sent_frames(card):
    with open("/proc/net/dev") as file:
        return next(int(line.split(":")[1].split()[9]) for line in file if line.strip().startswith(card + ":"))


def offload(card, on):
    """Whether the card is given more than a frame at a time."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for command in OFFLOADS:
            value = array.array("B", struct.pack("II", command, on))
            request = struct.pack("16sP16x", card.encode(), value.buffer_info()[0])
            fcntl.ioctl(any_socket, SIOCETHTOOL, request)


def measure(address, port, card):
    figures = {"datagram": datagram(address), "latency": latency(address, port)}
    figures["throughput"], figures["bytes"] = throughput(address, port, card)
    offload(card, 0)
    figures["throughput1500"], figures["bytes1500"] = throughput(address, port, card)
    offload(card, 1)
    print(json.dumps(figures))


def speed(address, port, seconds):
    """The median round trip of a byte, and one connection, each for that time."""
    with connect(address, port, b"e") as peer:
        times, end = [], time.perf_counter() + seconds
        while time.perf_counter() < end:
            times.append(round_trip(peer))
    print(json.dumps({"microseconds": statistics.median(times) * 1e6, "gigabits": stream(address, port, seconds)[1]}))


os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
if sys.argv[1] == "serve":
    serve(int(sys.argv[2]))
elif sys.argv[1] == "speed":
    speed(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
else:
    measure(sys.argv[2], int(sys.argv[3]), sys.argv[4])

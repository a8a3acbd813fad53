"""Run inside the virtual machine: what makes a network card with a real address filter receive frames for others.

Prints one JSON object: for each case the card's promiscuity, and how many of FRAMES frames it received that were for
nobody (`foreign`), for itself (`own`) and for the MAC of a container (`theirs`).
"""

import json
import os
import socket
import subprocess
import time

FRAMES = 20
NOBODY = '02:f0:00:00:00:01'
THEIRS = '02:00:00:00:00:11'
LIBC = __import__('ctypes').CDLL(None)


def sh(script):
    subprocess.run(['/bin/sh', '-ec', script], check=True)


def interface(device):
    return os.listdir(f'/sys/bus/virtio/devices/{device}/net')[0]


def socket_in(namespace, name):
    here, there = os.open('/proc/self/ns/net', 0), os.open(f'/run/netns/{namespace}', 0)
    assert LIBC.setns(there, 0) == 0
    opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    opened.bind((name, 0))
    assert LIBC.setns(here, 0) == 0
    return opened


def received():
    with open('/sys/class/net/nic/statistics/rx_packets', encoding='ascii') as counter:
        return int(counter.read())


def count(mac):
    """Frames of a protocol that nobody speaks; counted once the counter rests."""
    before = last = received()
    frame = bytes.fromhex((mac + WIRE_MAC).replace(':', '')) + b'\x88\xb5' + bytes(60)
    for _ in range(FRAMES):
        WIRE.send(frame)
    resting = 0
    for _ in range(40):
        time.sleep(0.1)
        now = received()
        # On a busy machine the first one may take a while.
        resting = resting + 1 if now == last else 0
        if resting == (1 if now - before >= FRAMES else 5):
            break
        last = now
    return last - before


def look():
    link = json.loads(subprocess.check_output(['ip', '-d', '-j', 'link', 'show', 'nic']))[0]
    counts = {'foreign': count(NOBODY), 'own': count(CARD_MAC), 'theirs': count(THEIRS)}
    return {'promiscuity': link['promiscuity'], **counts}


def case(name, begin, end):
    sh(begin)
    try:
        SEEN[name] = look()
    finally:
        sh(end)


with open('/run/rc-lxc-vm/pairs', encoding='ascii') as pairs:
    CARD, CARD_MAC, WIRE, WIRE_MAC = pairs.readline().split()
quiet = 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6; echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6'
sh(f'{quiet}; ip netns add wires; ip netns exec wires sh -c "{quiet}"')
sh(f'ip link set {interface(WIRE)} netns wires name wire; ip -netns wires link set wire up')
sh(f'ip link set {interface(CARD)} name nic; ip link set nic up')
WIRE = socket_in('wires', 'wire')
SEEN = {}

BRIDGE = 'ip link add br0 type bridge; ip link set br0 up; ip link set nic master br0'
VETH = 'ip link add ve0 type veth peer name ve1; ip link set ve0 master br0 up; ip link set ve1 up'
QUIET = f'bridge link set dev ve0 learning off flood off; bridge fdb add {THEIRS} dev ve0 master static'
NO_BRIDGE = 'ip link del ve0; ip link set nic nomaster; ip link del br0'
OWN_LINK = f'ip link add own link nic address {THEIRS} type macvlan mode'

case('nothing', ':', ':')
case('asked for', 'ip link set nic promisc on', 'ip link set nic promisc off')
case('bridge', f'{BRIDGE}; {VETH}', NO_BRIDGE)
case('filtered bridge', f'{BRIDGE}; {VETH}; ip link set br0 type bridge vlan_filtering 1', NO_BRIDGE)
case('quiet bridge', f'{BRIDGE}; {VETH}; ip link set br0 type bridge vlan_filtering 1; {QUIET}', NO_BRIDGE)
for mode in ('private', 'vepa', 'bridge', 'passthru'):
    restore = f'ip link del own; ip link set nic address {CARD_MAC}'
    case(f'macvlan {mode}', f'{OWN_LINK} {mode}; ip link set own up', restore)
for mode in ('l2', 'l3', 'l3s'):
    case(f'ipvlan {mode}', f'ip link add own link nic type ipvlan mode {mode}; ip link set own up', 'ip link del own')
case('vlan', 'ip link add own link nic type vlan id 42; ip link set own up', 'ip link del own')
case('nothing again', ':', ':')

sh('ip netns del wires')
print(json.dumps(SEEN))

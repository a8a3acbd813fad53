import type { GuestOptions } from '../../../src/lab/guest.ts';
import type { RunResult, ThrowawayHost } from '../../../src/lab/host.ts';
import { initPid, must } from './service.ts';

/** A host with two networks that give addresses; `more` is added at its end. */
export const dhcpHost = (more = ''): string => `
[host]
name = excelsior
domain = example.org
uplink = eth0
links = iproute2

[network internal]
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
nat = yes
dhcp = yes

[network back]
ipv4 = 10.0.4.1/24
ipv6 = fd00:0:0:4::1/64
dhcp = yes

[container web1]
id = 11
network = internal
ipv4 = dhcp

[nic web1:eth1]
network = back
ipv4 = dhcp

[container db1]
id = 12
network = back
${more}`;

/** The process of dnsmasq, once it listens. */
export const dnsmasqPid = (host: ThrowawayHost): Promise<string> => must(host, 'cat /run/rc-lxc-dnsmasq/pid');

/** What web1 was given for its eth0, as its client has noted it. */
export const web1Lease = '/var/lib/lxc/web1/rootfs/lease.eth0';

/** What udhcpc runs with what it was given: it configures the interface, and keeps what it was told. */
const script = `#!/bin/sh
case $1 in
bound | renew)
	ip -4 addr flush dev $interface
	ip addr add $ip/$mask dev $interface
	ip route del default 2>/dev/null
	[ -z "$router" ] || ip route add default via $router dev $interface
	: >/etc/resolv.conf
	for server in $dns; do echo "nameserver $server" >>/etc/resolv.conf; done
	[ -z "$domain" ] || echo "search $domain" >>/etc/resolv.conf
	echo "$ip/$mask router=$router dns=$dns domain=$domain name=$hostname" >/lease.$interface
	;;
esac
`;

const where = '/etc/udhcpc.script';

/** A guest that asks for an address for eth0 when it starts, and goes on asking. */
export const askingGuest: GuestOptions = {
  init: 'busybox',
  inittab: [`::respawn:/bin/busybox udhcpc -f -i eth0 -s ${where} -t 5 -T 1 -A 1`],
};

/** Puts the client's script into the rootfs of a container. */
export function addClient(host: ThrowawayHost, container: string): Promise<void> {
  return host.writeFile(`/var/lib/lxc/${container}/rootfs${where}`, script, 0o755);
}

/** Has a running container ask once; it succeeds when it was given an address. */
export function askFrom(host: ThrowawayHost, container: string, link = 'eth0'): Promise<RunResult> {
  const client = ['/bin/busybox', 'udhcpc', '-f', '-n', '-q', '-i', link, '-s', where, '-t', '3', '-T', '1'];
  return host.run(['lxc-attach', '-n', container, '--', ...client]);
}

/** What a name or address resolves to from inside a container, sorted; it asks whom its /etc/resolv.conf names. */
export async function lookUp(host: ThrowawayHost, container: string, name: string): Promise<readonly string[]> {
  const { stdout } = await host.run(['lxc-attach', '-n', container, '--', 'nslookup', name]);
  const [, ...answers] = stdout.split(/\n\s*\n/u);
  const found = answers.join('\n').matchAll(/^(?:Address: |.*\bname = )(.+)$/gmu);
  return [...new Set([...found].map(([, text = '']) => text))].toSorted();
}

/**
 * A DHCPv6 client (RFC 8415: Solicit, Advertise, Request, Reply), which prints the addresses and the name servers it was
 * given; it takes the MAC for its DUID (type 3).
 */
const sixClient = `
import socket, struct, sys, time
link, mac = sys.argv[1], bytes.fromhex(sys.argv[2].replace(':', ''))
index = socket.if_nametoindex(link)
sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, link.encode())
sock.bind(('::', 546))
sock.settimeout(1)
option = lambda code, data: struct.pack('>HH', code, len(data)) + data
def parse(data):
    while data:
        code, size = struct.unpack('>HH', data[:4])
        yield code, data[4:4 + size]
        data = data[4 + size:]
client = option(1, struct.pack('>HH', 3, 1) + mac)
def ask(kind, answer, more):
    message = bytes([kind]) + b'rcl' + client + more + option(8, b'\\0\\0') + option(6, struct.pack('>HH', 23, 24))
    for _ in range(6):
        # A link-local address that the kernel still looks for a duplicate of sends nothing.
        try:
            sock.sendto(message, ('ff02::1:2', 547, 0, index))
            data = sock.recv(2000)
        except OSError:
            time.sleep(0.5)
            continue
        if data[0] == answer and data[1:4] == b'rcl':
            return data
    sys.exit('no answer')
offered = dict(parse(ask(1, 2, option(3, struct.pack('>III', 1, 0, 0)))[4:]))
given = dict(parse(ask(3, 7, option(2, offered[2]) + option(3, offered[3]))[4:]))
text = lambda data: socket.inet_ntop(socket.AF_INET6, data[:16])
print(*[text(data) for code, data in parse(given[3][12:]) if code == 5])
print(*[text(given[23][at:]) for at in range(0, len(given.get(23, b'')), 16)])
`;

/** Has a container's network ask by DHCPv6. Two lines: addresses, name servers. */
export async function askSixFrom(host: ThrowawayHost, container: string, link: string): Promise<RunResult> {
  const pid = String(await initPid(host, container));
  const inside = ['nsenter', '-t', pid, '-n'];
  const { stdout } = await host.run([...inside, 'ip', '-o', 'link', 'show', 'dev', link]);
  const mac = /link\/ether (\S+)/u.exec(stdout)?.[1] ?? '';
  return host.run([...inside, 'python3', '-c', sixClient, link, mac]);
}

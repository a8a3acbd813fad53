import type { Uplink } from '../../../src/lab/network.ts';

/**
 * A router advertisement (RFC 4861, 4.2) to all nodes of the segment: current hop limit 64, lifetime 1800 s, no options.
 * Hop limit 255, or it is ignored; the kernel fills in the checksum.
 */
const advertise = `
use Socket qw(:all);
my ($index) = @ARGV;
socket(my $raw, AF_INET6, SOCK_RAW, 58) or die "socket: $!";
setsockopt($raw, IPPROTO_IPV6, 17, pack("i", $index)) or die "interface: $!";
setsockopt($raw, IPPROTO_IPV6, 18, pack("i", 255)) or die "hop limit: $!";
my $to = pack_sockaddr_in6(0, inet_pton(AF_INET6, "ff02::1"), $index);
send($raw, pack("CCnCCnNN", 134, 0, 0, 64, 0, 1800, 0, 0), 0, $to) or die "send: $!";
`;

/** Has the router outside announce itself to the host, once. */
export async function advertiseRouter(uplink: Uplink): Promise<void> {
  const index = (await uplink.run(['cat', '/sys/class/net/lan/ifindex'])).stdout.trim();
  const result = await uplink.run(['perl', '-e', advertise, index]);
  if (result.exitCode !== 0) throw new Error(`no router advertisement: ${result.stderr.trim()}`);
}

import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour, addUplink, type Neighbour } from '../../src/lab/network.ts';
import { describeHost } from './support/describe-host.ts';
import { askSixFrom } from './support/dhcp.ts';
import { describeLab } from './support/lab.ts';
import { initPid, must, rc, until } from './support/service.ts';

/** `asking` may speak to nobody; `unserved` neither, in a network without `dhcp`. */
const source = `
[host]
name = excelsior
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
nat = yes

[container asking]
id = 11
network = internal
allow-in = none
allow-out = none

[container rogue]
id = 12
network = internal

[container unserved]
id = 13
network = back
allow-in = none
allow-out = none
`;

/** Joins the group of DHCPv6 servers, and counts what is sent to their port until it is ended. */
const server = `
import signal, socket, struct, sys
link, out = sys.argv[1:3]
sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sock.bind(('::', 547))
group = socket.inet_pton(socket.AF_INET6, 'ff02::1:2')
sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, group + struct.pack('@I', socket.if_nametoindex(link)))
open(out, 'w').close()
while True:
    data, (address, port, *_) = sock.recvfrom(2000)
    with open(out, 'a') as file:
        print(port, address.split('%')[0], file=file)
`;

/** Asks a server by its own address, from a client's port, and prints whether it answered in a second. */
const asksOne = `
import socket, sys
address, link = sys.argv[1:3]
sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sock.bind(('::', 546))
sock.settimeout(1)
scope = socket.if_nametoindex(link) if address.startswith('fe80') else 0
sock.sendto(b'\\x0brcl', (address, 547, 0, scope))
`;

describeLab('DHCPv6 of containers that may speak to nobody', () => {
  let host: ThrowawayHost;
  let near: Neighbour;

  const inside = async (container: string): Promise<readonly string[]> => [
    'nsenter',
    '-t',
    String(await initPid(host, container)),
    '-n',
  ];
  const serve = async (prefix: readonly string[], link: string, out: string): Promise<void> => {
    await must(
      host,
      'out=$1; shift; "$@" >/dev/null 2>"$out.err" </dev/null & until [ -e "$out" ]; do sleep 0.05; done',
      out,
      ...prefix,
      'python3',
      '-c',
      server,
      link,
      out,
    );
  };
  const heard = (out: string): Promise<string> => must(host, 'sleep 0.5; cat "$1"', out);

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    near = await addNeighbour(host, 'near', { ipv6: '2001:db8::20/64', routes: ['fd00::/16 via 2001:db8::10'] });
    await describeHost(host, source);
    for (const name of ['asking', 'rogue', 'unserved']) {
      const answer = await rc(host, `lxc.${name}`, 'start');
      expect(answer, answer.text).toMatchObject({ exitCode: 0 });
    }
    await serve(await inside('rogue'), 'eth0', '/run/rogue');
    await serve(['ip', 'netns', 'exec', near.namespace], 'eth0', '/run/near');
    await until(host, '! ip -6 addr show dev br-internal | grep -q tentative');
  });
  afterAll(() => host.stop());

  it('gets them their address of the host’s server, and reaches no other one', async () => {
    const answer = await askSixFrom(host, 'asking', 'eth0');
    expect(answer).toMatchObject({ exitCode: 0, stdout: 'fd00:0:0:3::b\nfd00:0:0:3::1\n' });
    const asking = await inside('asking');
    for (const address of ['fd00:0:0:3::c', '2001:db8::20'])
      await host.run([...asking, 'python3', '-c', asksOne, address, 'eth0']);
    expect(await heard('/run/rogue')).toBe('');
    expect(await heard('/run/near')).toBe('');
  });

  it('is open for a client’s port and a server’s alone', async () => {
    await must(host, 'nft flush set inet rc-lxc sent_drops6');
    const asking = await inside('asking');
    const other = asksOne.replace('546', '1546');
    await host.run([...asking, 'python3', '-c', other, 'fd00:0:0:3::1', 'eth0']);
    await host.run([...asking, 'python3', '-c', asksOne.replace('547', '1547'), 'fd00:0:0:3::1', 'eth0']);
    expect(await must(host, 'nft list set inet rc-lxc sent_drops6')).toContain('fd00:0:0:3::b counter packets 2 ');
  });

  it('is not there in a network without `dhcp`', async () => {
    await must(host, 'nft flush set inet rc-lxc sent_drops6');
    const unserved = await inside('unserved');
    await host.run([...unserved, 'python3', '-c', asksOne, 'fd00:0:0:4::1', 'eth0']);
    expect(await must(host, 'nft list set inet rc-lxc sent_drops6')).toContain('fd00:0:0:4::d counter packets 1 ');
  });

  it('reaches any server where nothing is loaded', async () => {
    await host.writeFile('/etc/conf.d/rc-lxc-nft', 'rc_lxc_nft_hold=no\n');
    expect(await rc(host, 'rc-lxc-nft', 'stop')).toMatchObject({ exitCode: 0 });
    const asking = await inside('asking');
    for (const address of ['fd00:0:0:3::c', '2001:db8::20'])
      await host.run([...asking, 'python3', '-c', asksOne, address, 'eth0']);
    await askSixFrom(host, 'asking', 'eth0');
    expect(await heard('/run/rogue')).toMatch(/^546 fd00:0:0:3::b\n546 fe80:/u);
    expect(await heard('/run/near')).toContain('546 ');
  });
});

import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { makeBusyboxRootfs } from '../../src/lab/guest.ts';
import { bootThrowawayHost } from '../../src/lab/host.ts';
import type { ThrowawayHost } from '../../src/lab/host.ts';
import { addUplink } from '../../src/lab/network.ts';
import type { Uplink } from '../../src/lab/network.ts';
import { desiredTree } from '../../src/outputs/index.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { parseSource } from '../../src/source/parse.ts';
import { describeLab } from './support/lab.ts';

const description = (sender: string, limits: string): string => `[host]
uplink = eth0
${sender}
[network internal]
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
nat = yes
dns = 10.0.3.1
[profile all]
network = internal
stop-signal = SIGUSR1
devices = /dev/fuse rw
mount = /srv/read /srv/read ro, /srv/with\\040blank /data
sysctl.net.core.somaxconn = 1234
${limits}
[container mapped]
id = 11
use = all
[container owned]
id = 12
use = all
id-mapping = owner
[container privileged]
id = 13
use = all
user-namespace = no
[container alone]
id = 14
stop-signal = SIGUSR1
`;

const bridge = `ip link add br-internal type bridge forward_delay 0 && ip link set br-internal up &&
ip addr add 10.0.3.1/24 dev br-internal && ip addr add fd00:0:0:3::1/64 dev br-internal nodad`;

/** Writes the tree, and makes by hand what services make: this is about the files alone. */
async function prepare(host: ThrowawayHost, sender = ''): Promise<void> {
  const groups = await run(host, 'cut -d: -f2 /proc/self/cgroup');
  const cgroup1Controllers = groups.split(/[\n,]/u).filter((name) => name !== '' && !name.includes('='));
  const limits = cgroup1Controllers.includes('memory') ? 'memory = 64M\ncpus = 0.5\npids = 50' : '';
  const installedLxc = (await host.run(['lxc-start', '--version'])).stdout.trim();
  const sources = [{ path: '/etc/rc-lxc/host.ini', text: description(sender, limits) }];
  const { model, problems } = resolve(parseSource(sources), { installedLxc, cgroup1Controllers });
  if (model === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  for (const file of desiredTree(model).files) {
    if (file.kind === 'file') await host.writeFile(file.path, file.content, file.mode);
  }
  await run(host, bridge);
  await run(host, 'grep -v "^#" /etc/rc-lxc/sysctl | tr -d " " | xargs sysctl -qw');
  await run(host, 'nft -f /etc/rc-lxc/nftables.nft');
  // Not every file system can map ids when it is mounted: the lab's root cannot, tmpfs can.
  await run(host, 'mount -t tmpfs tmpfs /srv && mkdir /srv/read "/srv/with blank" && echo page >/srv/read/file');
  await run(host, 'chmod 666 /dev/fuse');
}

async function run(host: ThrowawayHost, script: string): Promise<string> {
  const { stdout, stderr, exitCode } = await host.sh(script);
  if (exitCode !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout;
}

async function start(host: ThrowawayHost, name: string): Promise<void> {
  const rootfs = makeBusyboxRootfs(host, name, { init: 'instant' });
  if (name === 'owned') await run(host, `chown -R -h 886432:886432 ${rootfs}`);
  await run(host, `lxc-start -n ${name} -l INFO -o /tmp/${name}.log || { grep ERROR /tmp/${name}.log >&2; exit 1; }`);
  await run(host, `lxc-wait -n ${name} -s RUNNING -t 5`);
}

const inside = (host: ThrowawayHost, name: string, script: string): Promise<string> =>
  run(host, `lxc-attach -n ${name} -- sh -c '${script}'`);

const ping = (address: string): string => `ping -c1 -W1 ${address} >/dev/null && echo answered || echo silent`;

describeLab('generated files in the lab', () => {
  let host: ThrowawayHost;
  let uplink: Uplink;
  beforeAll(async () => {
    host = await bootThrowawayHost();
    uplink = await addUplink(host);
    await prepare(host);
  });
  afterAll(() => host.stop());

  it('is a table that can be loaded over and over, and is the same each time', async () => {
    const list = 'nft -j list table inet rc-lxc | sed "s/\\"handle\\": [0-9]*//g"';
    const first = await run(host, list);
    expect(await run(host, `nft -f /etc/rc-lxc/nftables.nft && ${list}`)).toBe(first);
    expect(first).toContain('masquerade');
  });

  it.each([
    ['mapped', 820_896, 0],
    ['owned', 886_432, 65_534],
    ['privileged', 0, 0],
  ])(
    'starts %s: ids, mounts, devices, limits, network and name servers are as described',
    async (name, base, owner) => {
      await start(host, name);
      expect(await inside(host, name, 'while read -r a b c; do echo $b; done </proc/self/uid_map')).toBe(`${base}\n`);
      expect(await inside(host, name, 'cat /srv/read/file; echo >/srv/read/file || echo refused')).toBe(
        'page\nrefused\n',
      );
      expect(await inside(host, name, 'set -- $(ls -lnd /data); echo $3')).toBe(`${owner}
`);
      expect(await inside(host, name, 'echo open <>/dev/fuse')).toBe('open\n');
      expect(await inside(host, name, 'cat /proc/sys/net/core/somaxconn')).toBe('1234\n');
      expect(await inside(host, name, 'dmesg 2>&1 | head -n1')).toContain('not permitted');
      expect(await inside(host, name, 'grep ^nameserver /etc/resolv.conf')).toBe('nameserver 10.0.3.1\n');
      expect(await inside(host, name, 'ip -o -4 addr show eth0')).toContain('brd 10.0.3.255');
      expect(await inside(host, name, ping(uplink.routerIpv4))).toBe('answered\n');
      await vi.waitFor(async () => expect(await inside(host, name, ping(uplink.routerIpv6))).toBe('answered\n'), {
        timeout: 8000,
        interval: 200,
      });
      if (host.cgroupMode !== 'unified') {
        expect(await run(host, `lxc-cgroup -n ${name} memory.limit_in_bytes`)).toContain(`${64 * 1024 * 1024}\n`);
        expect(await run(host, `lxc-cgroup -n ${name} devices.list`)).toContain('c 10:229 rw');
      }
    },
  );

  it('starts a container without a network in one of its own', async () => {
    await start(host, 'alone');
    expect(await inside(host, 'alone', 'ip -o link | wc -l')).toBe('1\n');
  });

  it('lets nothing in that was not asked for, not even from who has a route', async () => {
    for (const [prefix, host_] of [
      ['10.0.3.0/24', uplink.hostIpv4],
      ['fd00:0:0:3::/64', uplink.hostIpv6],
    ]) {
      await uplink.run(['ip', 'route', 'add', prefix ?? '', 'via', host_ ?? '']);
    }
    for (const address of ['10.0.3.13', 'fd00:0:0:3::d']) {
      expect((await uplink.run(['busybox', 'ping', '-c1', '-W1', address])).exitCode).toBe(1);
      expect((await host.run(['busybox', 'ping', '-c1', '-W1', address])).exitCode).toBe(0);
    }
    expect((await uplink.run(['busybox', 'ping', '-c1', '-W1', uplink.hostIpv4])).exitCode).toBe(0);
  });

  it('sends from the address that the description names', async () => {
    const other = await bootThrowawayHost({ cgroup: 'v2-only' });
    try {
      const lan = await addUplink(other);
      await run(other, 'ip addr add 192.0.2.99/24 dev eth0');
      await prepare(other, 'ipv4 = 192.0.2.99');
      await start(other, 'mapped');
      await lan.run(['sh', '-c', 'busybox nc -l -p 7 >/dev/null & :']);
      await inside(other, 'mapped', `sleep 5 | nc ${lan.routerIpv4} 7 & sleep 0.3`);
      const { stdout } = await lan.run(['busybox', 'netstat', '-tn']);
      expect(stdout).toContain('192.0.2.99:');
      expect(stdout).not.toContain('10.0.3.11:');
    } finally {
      await other.stop();
    }
  });
});

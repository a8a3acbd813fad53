import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBusyboxRootfs } from '../../src/lab/guest.ts';
import { bootThrowawayHost, type ThrowawayHost, type ThrowawayOptions } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { leftovers } from '../../src/lab/leftovers.ts';
import { addNeighbour, addUplink } from '../../src/lab/network.ts';
import { checkout, describeLab, installNftablesService } from './support/lab.ts';

const config = (rootfs: string): string => `lxc.rootfs.path = dir:${rootfs}
lxc.uts.name = guest
lxc.apparmor.profile = unconfined
lxc.net.0.type = veth
lxc.net.0.link = br0
lxc.net.0.flags = up
lxc.net.0.veth.pair = guest-eth0
lxc.net.0.ipv4.address = 10.0.3.2/24
`;

const ping = (address: string): string[] => ['busybox', 'ping', '-c1', '-W1', address];

const mapped = `lxc.include = /usr/share/lxc/config/userns.conf
lxc.idmap = u 0 100000 65536
lxc.idmap = g 0 100000 65536
lxc.rootfs.options = idmap=container
`;

describeLab('LXC in the throw-away host', () => {
  it.each<ThrowawayOptions>([{ cgroup: 'as-is' }, { cgroup: 'v2-only' }])(
    'runs a guest with a web server, mapped and not, and leaves nothing: %o',
    async (options) => {
      const host = await bootThrowawayHost(options);
      const round = async (extra: string): Promise<void> => {
        const rootfs = makeBusyboxRootfs(host, 'guest', { http: 'hello\n', init: 'instant' });
        await host.writeFile('/var/lib/lxc/guest/config', config(rootfs) + extra);
        expect(await host.sh('lxc-start -n guest && lxc-wait -n guest -s RUNNING -t 5')).toMatchObject({ exitCode: 0 });
        const get = 'for try in 1 2 3 4 5 6 7 8 9; do busybox wget -qO- http://10.0.3.2/ && break; sleep 0.1; done';
        expect((await host.sh(get)).stdout).toBe('hello\n');
        expect((await leftovers(host)).links).toContainEqual(expect.stringMatching(/^guest-eth0@/u));
        expect(await host.sh('lxc-stop -n guest && rm -r /var/lib/lxc/guest')).toMatchObject({ exitCode: 0 });
      };
      try {
        await host.sh(
          'ip link add br0 type bridge forward_delay 0; ip addr add 10.0.3.1/24 dev br0; ip link set br0 up',
        );
        await round('');
        const before = await leftovers(host);
        await round('');
        await round(mapped);
        expect(await leftovers(host)).toEqual(before);
      } finally {
        await host.stop();
      }
    },
  );

  it('runs a guest with busybox’s init under another path with blanks, until LXC asks it to halt', async () => {
    const host = await bootThrowawayHost();
    try {
      await host.sh('mkdir -p "/srv/lxc path" && mount -t tmpfs tmpfs "/srv/lxc path"');
      const path = '/srv/lxc path';
      const rootfs = makeBusyboxRootfs(host, 'guest', { inittab: ['::once:/bin/touch /tmp/ran'], path });
      await host.writeFile(`${path}/guest/config`, `lxc.rootfs.path = dir:${rootfs}\nlxc.net.0.type = empty\n`);
      const lxc = (command: string): string => `lxc-${command} -P "${path}" -n guest`;
      expect(await host.sh(`${lxc('start')} && ${lxc('wait')} -s RUNNING -t 5`)).toMatchObject({ exitCode: 0 });
      const ran = await host.sh(
        `for i in 1 2 3 4 5 6 7 8 9; do [ -e "${rootfs}/tmp/ran" ] && exit; sleep 0.1; done; exit 1`,
      );
      expect(ran.exitCode).toBe(0);
      const stopped = await host.sh(`${lxc('stop')} --timeout 10 --nokill && ${lxc('info')} -sH`);
      expect(stopped).toMatchObject({ exitCode: 0, stdout: 'STOPPED\n' });
    } finally {
      await host.stop();
    }
  });

  it.each<ThrowawayOptions>([{ cgroup: 'as-is' }, { cgroup: 'v2-only' }])(
    'lets the host end with a guest that is frozen: %o',
    async (options) => {
      const host = await bootThrowawayHost(options);
      const rootfs = makeBusyboxRootfs(host, 'guest', { init: 'instant' });
      await host.writeFile('/var/lib/lxc/guest/config', `lxc.rootfs.path = dir:${rootfs}\nlxc.net.0.type = empty\n`);
      expect(await host.sh('lxc-start -n guest && lxc-wait -n guest -s RUNNING -t 5')).toMatchObject({ exitCode: 0 });
      expect(await host.sh('lxc-freeze -n guest && lxc-info -n guest -sH')).toMatchObject({ stdout: 'FROZEN\n' });
      const begin = performance.now();
      await host.stop();
      expect(performance.now() - begin).toBeLessThan(4000);
    },
  );
});

describeLab('the network around the throw-away host', () => {
  let host: ThrowawayHost;
  beforeAll(async () => {
    host = await bootThrowawayHost();
  });
  afterAll(() => host.stop());

  it('has a router outside, and neighbours there and on a bridge, in reach at once', async () => {
    const uplink = await addUplink(host, { mac: '02:00:00:00:00:10' });
    expect(await host.run(ping(uplink.routerIpv4))).toMatchObject({ exitCode: 0 });
    expect(await host.run(ping(uplink.routerIpv6))).toMatchObject({ exitCode: 0 });
    expect((await host.sh('ip route get 198.51.100.1')).stdout).toContain(`via 192.0.2.1 dev ${uplink.interface}`);
    expect((await host.sh('cat /sys/class/net/eth0/address')).stdout).toBe('02:00:00:00:00:10\n');
    const near = await addNeighbour(host, 'near', {
      ipv4: '192.0.2.20/24',
      ipv6: '2001:db8::20/64',
      routes: ['10.0.3.0/24 via 192.0.2.10'],
    });
    expect(await uplink.run(ping('192.0.2.20'))).toMatchObject({ exitCode: 0 });
    expect(await near.run(ping(uplink.hostIpv4))).toMatchObject({ exitCode: 0 });
    expect(await near.run(ping(uplink.hostIpv6))).toMatchObject({ exitCode: 0 });
    await host.sh('ip link add br0 type bridge forward_delay 0; ip addr add 10.0.3.1/24 dev br0; ip link set br0 up');
    const inner = await addNeighbour(host, 'inner', {
      ipv4: '10.0.3.9/24',
      bridge: 'br0',
      routes: ['default via 10.0.3.1'],
    });
    expect(await inner.run(ping('10.0.3.1'))).toMatchObject({ exitCode: 0 });
    await host.sh('sysctl -qw net.ipv4.ip_forward=1');
    expect(await near.run(ping('10.0.3.9'))).toMatchObject({ exitCode: 0 });
    expect(await near.run(ping('10.0.3.77'))).not.toMatchObject({ exitCode: 0 });
  });
});

describeLab('what is installed into the throw-away host', () => {
  let host: ThrowawayHost;
  beforeAll(async () => {
    host = await bootThrowawayHost();
  });
  afterAll(() => host.stop());

  it('has a stand-in for an nftables service that clears foreign tables and saves all on stop', async () => {
    await installNftablesService(host);
    await host.writeFile('/var/lib/nftables/rules-save', 'table inet own {\n}\n');
    await host.sh('nft add table inet foreign');
    expect(await host.sh('rc-service nftables start')).toMatchObject({ exitCode: 0 });
    expect((await host.sh('nft list tables')).stdout).toBe('table inet own\n');
    await host.sh('nft add table inet foreign');
    await host.sh('rc-service nftables reload');
    expect((await host.sh('nft list tables')).stdout).toBe('table inet own\n');
    await host.sh('nft add table inet foreign');
    expect(await host.sh('rc-service nftables stop')).toMatchObject({ exitCode: 0 });
    expect((await host.sh('nft list tables')).stdout).toBe('');
    expect(await host.readFile('/var/lib/nftables/rules-save')).toContain('table inet foreign');
  });

  it('gets the scripts of the checkout, with the library’s folder filled in', async () => {
    await installShell(host, checkout);
    expect(await host.exists('/usr/libexec/rc-lxc/container.sh')).toBe(true);
    expect((await host.sh('cat /etc/init.d/rc-lxc* /usr/libexec/rc-lxc/*')).stdout).not.toContain('@LIBEXECDIR@');
    const answer = await host.sh('rc-service rc-lxc start 2>&1');
    expect(answer).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('ln -s rc-lxc /etc/init.d/lxc.foo') });
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import type { Leftovers } from '../../src/lab/leftovers.ts';
import { addUplink, type Uplink } from '../../src/lab/network.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { pings, pingsFrom, portsOf } from './support/networks.ts';
import { expectNothingLeft, removeEmptyGroup, settled } from './support/nothing-left.ts';
import { crashed, initPid, lxcState, must, rc, rcStatus } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';

const source = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network internal]
type = bridge
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
nat = yes

[container web1]
id = 11
network = internal
needs = db1
ready = tcp:80
restart = always
memory = 64M

[container db1]
id = 12
network = internal
ready = exec:[ -e /ready ]

[container tinderbox]
id = 20
network = internal
user-namespace = no
`;

const names = ['web1', 'db1', 'tinderbox'] as const;

/** LXC's monitor runs this on the host before a container's init, and after its end. */
const note = `echo "$2 $1$([ -e /var/lib/lxc/db1/rootfs/ready ] && echo ", and db1 is ready")" >>/run/order\n`;

const slowly = `#!/bin/sh
trap 'rm /ready; exit 0' TERM PWR USR2
(sleep 0.3; echo >/ready) &
while :; do sleep 3600 & wait $!; done
`;

const underShell = (shell: Shell) => (): void => {
  let host: ThrowawayHost;
  let uplink: Uplink;
  let empty: Leftovers;

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    uplink = await addUplink(host);
    await describeHost(host, source, { web1: { http: 'hello from web1\n' } });
    await host.writeFile('/root/note', note);
    await host.writeFile('/var/lib/lxc/db1/rootfs/sbin/init', slowly, 0o755);
    for (const name of names) {
      const config = `/var/lib/lxc/${name}/config`;
      const hooks = [
        `lxc.hook.start-host = /bin/sh /root/note ${name} up`,
        `lxc.hook.post-stop = /bin/sh /root/note ${name} down`,
      ];
      await host.writeFile(config, `${await host.readFile(config)}${hooks.join('\n')}\n`);
    }
  });
  afterAll(() => host.stop());

  const order = async (): Promise<readonly string[]> => (await must(host, 'cat /run/order; rm /run/order')).split('\n');

  it('starts what a container needs before it, and waits until that is ready', async () => {
    expect(await rc(host, 'lxc.web1', 'start')).toMatchObject({ exitCode: 0 });
    const started = (await host.run(['ls', '-tr', '/run/openrc/started'])).stdout
      .trim()
      .split('\n')
      .filter((name) => name !== 'localmount');
    expect(new Set(started.slice(0, -2))).toEqual(new Set(['rc-lxc-link.br-internal', 'rc-lxc-nft']));
    expect(started.slice(-2)).toEqual(['lxc.db1', 'lxc.web1']);
    expect(await order()).toEqual(['up db1', 'up web1, and db1 is ready']);
  });

  it('shows them to rc-status and to LXC as what they are', async () => {
    for (const service of ['rc-lxc-link.br-internal', 'rc-lxc-nft', 'lxc.db1', 'lxc.web1']) {
      expect(await rcStatus(host, service), service).toMatch(/^started/u);
    }
    expect(await rcStatus(host, 'lxc.tinderbox')).toBe('stopped');
    expect(await crashed(host)).toEqual([]);
    expect(await lxcState(host, 'web1')).toBe('RUNNING');
    expect(await must(host, 'lxc-ls --running -1')).toMatch(/^db1\s+web1\s*$/u);
    expect(await portsOf(host, 'br-internal')).toEqual(['db1-eth0', 'web1-eth0']);
  });

  it('has a web server that answers the host and its neighbour', async () => {
    const get = 'wget -qO- http://10.0.3.11/';
    expect(await must(host, `busybox ${get}`)).toBe('hello from web1');
    expect(await must(host, `lxc-attach -n db1 -- ${get}`)).toBe('hello from web1');
  });

  it('reaches the outside, and itself is in a namespace of its own', async () => {
    expect(await pingsFrom(host, 'web1', uplink.routerIpv4)).toBe(true);
    expect(await pingsFrom(host, 'web1', uplink.routerIpv6)).toBe(true);
    expect(await pings(host, 'fd00:0:0:3::c')).toBe(true);
    const owner = `stat -c %u "/proc/$1"`;
    expect(Number(await must(host, owner, String(await initPid(host, 'web1'))))).toBeGreaterThan(65_536);
  });

  it('stops in the reverse order', async () => {
    expect(await rc(host, 'lxc.db1', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await order()).toEqual(['down web1, and db1 is ready', 'down db1']);
    expect(await must(host, 'lxc-ls --running -1')).toBe('');
  });

  it('comes up as a whole with its runlevel, and goes down again, and leaves nothing', async () => {
    const down =
      'openrc nonetwork && rc-service --ifstarted rc-lxc-nft stop; rc-service --ifstarted rc-lxc-link.br-internal stop';
    await must(host, down);
    await must(host, 'rm -rf /run/order');
    // Those that OpenRC has left before are gone in the end, too.
    const removeGroups = async (): Promise<void> => {
      for (const name of [...names.map((one) => `lxc.${one}`), 'rc-lxc-nft']) await removeEmptyGroup(host, name);
    };
    await removeGroups();
    empty = await settled(host);
    await must(host, 'openrc default');
    for (const name of names) expect(await lxcState(host, name)).toBe('RUNNING');
    expect((await order()).filter((line) => line.startsWith('up'))).toHaveLength(3);
    await must(host, down);
    const went = (await order()).map((line) => line.split(',')[0]);
    expect(new Set(went)).toEqual(new Set(['down db1', 'down tinderbox', 'down web1']));
    expect(went.indexOf('down web1')).toBeLessThan(went.indexOf('down db1'));
    expect(await host.exists('/sys/class/net/br-internal')).toBe(false);
    await removeGroups();
    await expectNothingLeft(host, empty);
  });
};

for (const shell of shells) describeLab(`a described host under ${shell}`, underShell(shell));

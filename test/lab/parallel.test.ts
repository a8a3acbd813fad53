import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import type { Leftovers } from '../../src/lab/leftovers.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { expectNothingLeft, settled } from './support/nothing-left.ts';
import { crashed, must } from './support/service.ts';

const names = Array.from({ length: 50 }, (_, at) => `c${String(at + 1)}`);

/** Ten chains of five, and a last one that needs the ends of two others. */
const needs = new Map(names.map((name, at) => [name, at % 5 === 0 ? [] : [names[at - 1] ?? '']]));
needs.set('c50', ['c49', 'c5', 'c10']);

const section = ([name, needed]: readonly [string, readonly string[]], at: number): string => `
[container ${name}]
id = ${String(at + 1)}
ready = exec:[ -e /ready ]
${needed.length === 0 ? '' : `needs = ${needed.join(', ')}`}
`;

const source = `
[host]
name = excelsior
links = iproute2
${[...needs].map(section).join('')}`;

/** Ready a moment after it has come up. */
const init = `#!/bin/sh
trap 'rm -f /ready; exit 0' TERM PWR USR2
(sleep 0.1; echo >/ready) &
while :; do sleep 3600 & wait $!; done
`;

/** LXC's monitor runs this on the host before the container's init, and after its end: EVENT NAME NEEDED… --, and more of LXC's own */
const note = `
line="$1 $2" && shift 2
for needed; do
	[ "$needed" != -- ] || break
	[ -e "/var/lib/lxc/$needed/rootfs/ready" ] || line="$line before $needed was ready"
done
echo "$line" >>/run/order
`;

describeLab('fifty containers at once', () => {
  let host: ThrowawayHost;
  let empty: Leftovers;

  beforeAll(async () => {
    host = await bootThrowawayHost({ softlevel: 'nonetwork' });
    const { tree } = await describeHost(host, source);
    await host.writeFile('/root/note', note);
    for (const { name, rootfs } of tree.containers) {
      const config = `/var/lib/lxc/${name}/config`;
      await host.writeFile(`${rootfs}/sbin/init`, init, 0o755);
      const hooks = [
        `lxc.hook.start-host = /bin/sh /root/note up ${name} ${(needs.get(name) ?? []).join(' ')} --`,
        `lxc.hook.post-stop = /bin/sh /root/note down ${name} --`,
      ];
      await host.writeFile(config, `${await host.readFile(config)}${hooks.join('\n')}\n`);
    }
    await must(host, 'echo rc_parallel=YES >>/etc/rc.conf');
  });
  afterAll(() => host.stop());

  /** What happened since the last call, `up NAME` and `down NAME`. */
  const order = async (): Promise<readonly string[]> =>
    (await must(host, 'cat /run/order && rm /run/order')).split('\n');

  const running = async (): Promise<readonly string[]> => {
    const list = await must(host, 'lxc-ls --running -1');
    return list.split('\n').filter((name) => name !== '');
  };

  const expectAllToStart = async (): Promise<void> => {
    expect(await host.run(['openrc', 'default'], { timeoutMs: 100_000 })).toMatchObject({ exitCode: 0 });
    expect((await running()).toSorted()).toEqual(names.toSorted());
    expect(await must(host, "rc-status --format ini default | grep -c '^lxc.*= *started'")).toBe('50');
    expect(await crashed(host)).toEqual([]);
    const up = await order();
    expect(up.toSorted()).toEqual(names.map((name) => `up ${name}`).toSorted());
    for (const [name, needed] of needs) {
      for (const other of needed) expect(up.indexOf(`up ${other}`)).toBeLessThan(up.indexOf(`up ${name}`));
    }
  };

  const expectAllToStop = async (): Promise<void> => {
    expect(await host.run(['openrc', 'nonetwork'], { timeoutMs: 100_000 })).toMatchObject({ exitCode: 0 });
    expect(await running()).toEqual([]);
    const down = await order();
    expect(down.toSorted()).toEqual(names.map((name) => `down ${name}`).toSorted());
    for (const [name, needed] of needs) {
      for (const other of needed) expect(down.indexOf(`down ${name}`)).toBeLessThan(down.indexOf(`down ${other}`));
    }
  };

  it('start in parallel, each after those it needs are ready, and stop in the reverse order', async () => {
    await expectAllToStart();
    await expectAllToStop();
    empty = await settled(host);
  });

  it('stop with what needs them, and leave nothing', async () => {
    await expectAllToStart();
    expect(await host.run(['rc-service', 'lxc.c2', 'stop'])).toMatchObject({ exitCode: 0 });
    expect(await order()).toEqual(['down c50', 'down c5', 'down c4', 'down c3', 'down c2']);
    expect(await running()).toHaveLength(45);
    expect(await host.run(['rc-service', 'lxc.c50', 'start'])).toMatchObject({ exitCode: 0 });
    expect(await order()).toEqual(['up c2', 'up c3', 'up c4', 'up c5', 'up c50']);
    await expectAllToStop();
    await expectNothingLeft(host, empty);
  });
});

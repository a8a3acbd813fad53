import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import type { Leftovers } from '../../src/lab/leftovers.ts';
import { addContainer } from './support/containers.ts';
import { deaf, initLine, makeInit } from './support/fake-init.ts';
import { checkout, describeLab } from './support/lab.ts';
import { expectNothingLeft, removeEmptyGroup, settled } from './support/nothing-left.ts';
import { crashed, lxcState, must, rc, rcStatus, until } from './support/service.ts';

const name = 'two';
const service = 'lxc.two';

/** Control groups of version 2 alone, which is what LXC 7 wants; freezing and killing work otherwise there. */
describeLab('the service of a container on a host with control groups of version 2 alone', () => {
  let host: ThrowawayHost;
  let empty: Leftovers;

  beforeAll(async () => {
    host = await bootThrowawayHost({ cgroup: 'v2-only' });
    expect(host.cgroupMode).toBe('unified');
    await installShell(host, checkout);
    await addContainer(host, name, { config: ['lxc.monitor.signal.pdeath = 0'] });
    await must(host, 'rc-update -u && rc-service lxc.two start && rc-service lxc.two stop');
    empty = await settled(host);
  });
  afterAll(() => host.stop());

  const start = async (): Promise<void> => {
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0 });
    expect(await lxcState(host, name)).toBe('RUNNING');
  };

  const expectGone = async (): Promise<void> => {
    expect(await rcStatus(host, service)).toBe('stopped');
    await expectNothingLeft(host, empty);
  };

  it('freezes, thaws, and stops when it is frozen', async () => {
    await start();
    expect(await rc(host, service, 'freeze')).toMatchObject({ exitCode: 0 });
    expect((await rc(host, service, 'status')).text).toContain('started, but frozen');
    expect(await rc(host, service, 'thaw')).toMatchObject({ exitCode: 0 });
    await must(host, 'lxc-freeze -n two');
    const answer = await rc(host, service, 'stop');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.not.stringContaining('killing it') });
    await expectGone();
  });

  it('finds what has outlived LXC’s monitor, and ends it at restart', async () => {
    await start();
    const pid = await must(host, 'cat /run/rc-lxc/lxc.two.pid');
    await must(host, 'kill -9 "$1"', pid);
    await until(host, `[ ! -e /proc/${pid} ]`);
    const answer = await rc(host, service, 'status');
    expect(answer).toMatchObject({ exitCode: 32, text: expect.stringContaining('processes of two run on') });
    expect(await crashed(host)).toEqual([service]);
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    await expectGone();
  });

  it('comes back under its supervisor, and is powered off', async () => {
    await host.writeFile('/etc/conf.d/lxc.two', 'lxc_restart="always"\n');
    await start();
    await must(host, 'kill -9 "$(lxc-info -n two -pH)"');
    await until(host, 'rc-service lxc.two status | grep "status: started (PID"');
    await host.run(['lxc-attach', '-n', name, '--', 'poweroff', '-f']);
    await until(host, '[ ! -e /run/openrc/started/lxc.two ]');
    expect((await rc(host, service, 'status')).text).toContain('it was powered off from inside');
    await must(host, 'rm /run/rc-lxc/lxc.two.* /etc/conf.d/lxc.two');
    await removeEmptyGroup(host, service);
    await expectGone();
  });

  it('kills a frozen guest that would not halt', async () => {
    const other = await addContainer(host, 'deaf', { settings: { lxc_stop_timeout: '1' }, config: [initLine] });
    await makeInit(host, '/var/lib/lxc/deaf/rootfs', '/sbin/init', deaf);
    expect(await rc(host, other, 'start')).toMatchObject({ exitCode: 0 });
    await must(host, 'lxc-freeze -n deaf');
    const answer = await rc(host, other, 'stop');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringContaining('killing it') });
    expect(answer.milliseconds).toBeLessThan(4000);
    expect(await lxcState(host, 'deaf')).toBe('STOPPED');
  });
});

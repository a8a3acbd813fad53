import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { leftovers, type Leftovers } from '../../src/lab/leftovers.ts';
import { addContainer, configure, type ContainerOptions } from './support/containers.ts';
import { checkout, describeLab } from './support/lab.ts';
import { expectNothingLeft, removeEmptyGroup, settled } from './support/nothing-left.ts';
import { crashed, initPid, lxcState, must, rc, rcStatus, until } from './support/service.ts';

const name = 'again';
const service = `lxc.${name}`;

/** An init that counts its starts in /starts and does what /life says when it has come up; `instant` otherwise. */
const counting: ContainerOptions = {
  config: ['lxc.init.cmd = /bin/sh /init'],
  files: {
    '/init': `echo start >>/starts\ntrap 'exit 0' TERM PWR\n[ ! -e /life ] || . /life\nwhile :; do sleep 3600 & wait $!; done\n`,
  },
};

/** What an init does once it is up: in its first life alone. */
const onlyOnce = (command: string): string => `[ "$(wc -l </starts)" -gt 1 ] || { sleep 0.2; ${command}; }\n`;

describeLab('restarting a container', () => {
  let host: ThrowawayHost;
  let empty: Leftovers;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await installShell(host, checkout);
    await addContainer(host, name, counting);
    await must(host, 'rc-update -u && rc-service "lxc.$1" start && rc-service "lxc.$1" stop', name);
    await must(host, 'rm /var/lib/lxc/again/rootfs/starts');
    empty = await settled(host);
  });
  afterAll(() => host.stop());

  /** Starts it with the settings, and what it does by itself once it is up. Resolves to the PID of its init. */
  const started = async (settings: Readonly<Record<string, string>>, life?: string): Promise<number> => {
    await host.sh('rc-service lxc.again stop; rm -f /var/lib/lxc/again/rootfs/starts /var/lib/lxc/again/rootfs/life');
    await configure(host, service, settings);
    if (life !== undefined) await host.writeFile(`/var/lib/lxc/${name}/rootfs/life`, life);
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    return initPid(host, name);
  };

  const starts = async (): Promise<number> => Number(await must(host, 'wc -l </var/lib/lxc/again/rootfs/starts'));

  /** Nothing of it is there any more, what the guest itself has written aside. */
  const expectNothing = async (): Promise<void> => {
    await must(host, 'rm -f /var/lib/lxc/again/rootfs/starts /var/lib/lxc/again/rootfs/life');
    await expectNothingLeft(host, empty);
  };

  /** Another init than the one before, and the service knows. */
  const expectBack = async (before: number): Promise<void> => {
    await until(host, `pid=$(lxc-info -n ${name} -pH) && [ -n "$pid" ] && [ "$pid" != ${String(before)} ]`);
    await until(host, `rc-service ${service} status | grep -q 'status: started (PID'`);
    expect(await rcStatus(host, service)).toMatch(/^started/u);
    expect(await lxcState(host, name)).toBe('RUNNING');
    expect(await starts()).toBe(2);
  };

  /** As after `rc-service stop`, and without a word from anyone. */
  const expectEnded = async (why: RegExp): Promise<void> => {
    await until(host, `[ ! -e /run/openrc/started/${service} ]`);
    expect(await rcStatus(host, service)).toBe('stopped');
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 3, text: expect.stringMatching(why) });
    expect(await lxcState(host, name)).toBe('STOPPED');
    expect(await crashed(host)).toEqual([]);
    expect(await starts()).toBe(1);
    await must(host, 'rm /run/rc-lxc/lxc.again.*');
    await removeEmptyGroup(host, service);
    await expectNothing();
  };

  const kill = (pid: number): Promise<string> => must(host, 'kill -9 "$1"', String(pid));
  const inside = (...argv: readonly string[]): Promise<string> =>
    must(host, 'lxc-attach -n again -- "$@" || :', ...argv);

  describe.each(['always', 'on-failure'])('restart = %s', (restart) => {
    it('starts it again after its init was killed', async () => {
      const pid = await started({ lxc_restart: restart });
      await kill(pid);
      await expectBack(pid);
    });

    it('starts it again after its init has failed', async () => {
      const pid = await started({ lxc_restart: restart }, onlyOnce('exit 4'));
      await expectBack(pid);
    });

    it('starts it again after LXC’s monitor was killed', async () => {
      const pid = await started({ lxc_restart: restart });
      await kill(Number(await host.readFile(`/run/rc-lxc/${service}.pid`)));
      await expectBack(pid);
    });

    it('takes a poweroff inside for a stop', async () => {
      await started({ lxc_restart: restart });
      await inside('poweroff', '-f');
      await expectEnded(/stopped \(it was powered off from inside/u);
    });

    it('lets it come back from a reboot inside', async () => {
      const pid = await started({ lxc_restart: restart });
      await inside('/sbin/reboot', '-f');
      await expectBack(pid);
    });

    it('ends what has come back at stop', async () => {
      const pid = await started({ lxc_restart: restart });
      await kill(pid);
      await expectBack(pid);
      expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
      expect(await rcStatus(host, service)).toBe('stopped');
      await expectNothing();
    });

    it('bounds a crash loop, which ends as failed', async () => {
      await started({ lxc_restart: restart, lxc_restart_max: '3' }, 'sleep 0.2; exit 9\n');
      await until(host, 'rc-status --crashed | grep -qx lxc.again');
      expect(await rcStatus(host, service)).toBe('crashed');
      expect(await rc(host, service, 'status')).toMatchObject({
        exitCode: 32,
        text: expect.stringMatching(
          /crashed: given up after 3 restarts within 60 seconds: its init exited with status 9/u,
        ),
      });
      expect(await starts()).toBe(4);
      expect(await lxcState(host, name)).toBe('STOPPED');
      await expect.poll(async () => (await leftovers(host)).processes).toEqual(empty.processes);
      // Nothing that would have to be zapped: once the cause is gone, it runs again.
      await must(host, 'rm /var/lib/lxc/again/rootfs/life');
      expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
      expect(await rcStatus(host, service)).toMatch(/^started/u);
      expect(await crashed(host)).toEqual([]);
    });
  });

  it('starts it again after an end in order with always, but not with on-failure', async () => {
    const life = onlyOnce('exit 0');
    const pid = await started({ lxc_restart: 'always' }, life);
    await expectBack(pid);
    await started({ lxc_restart: 'on-failure' }, life);
    await expectEnded(/stopped \(its init exited with status 0\)/u);
  });

  it('leaves it down after a crash without restart, and up after a reboot inside', async () => {
    const pid = await started({});
    await inside('/sbin/reboot', '-f');
    await expectBack(pid);
    await kill(await initPid(host, name));
    await until(host, 'rc-status --crashed | grep -qx lxc.again');
    expect(await starts()).toBe(2);
    await started({});
    await inside('poweroff', '-f');
    await expectEnded(/stopped \(it was powered off from inside/u);
  });

  it('stops it between two lives', async () => {
    await started({ lxc_restart: 'always', lxc_restart_max: '0' }, 'sleep 0.1; exit 1\n');
    await until(host, '[ "$(wc -l </var/lib/lxc/again/rootfs/starts)" -ge 3 ]');
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await rcStatus(host, service)).toBe('stopped');
    await expectNothing();
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { addContainer, type ContainerOptions } from './support/containers.ts';
import { deaf, initLine, makeInit, recording } from './support/fake-init.ts';
import { checkout, describeLab } from './support/lab.ts';
import { initPid, lxcState, must, rc, rcStatus, type Answer } from './support/service.ts';

describeLab('stopping a container', () => {
  let host: ThrowawayHost;
  let count = 0;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await installShell(host, checkout);
  });
  afterAll(() => host.stop());

  interface Container {
    readonly name: string;
    readonly service: string;
    readonly rootfs: string;
  }

  const add = async (options: ContainerOptions): Promise<Container> => {
    count += 1;
    const name = `s${String(count)}`;
    const service = await addContainer(host, name, options);
    return { name, service, rootfs: `/var/lib/lxc/${name}/rootfs` };
  };

  const withInit = async (
    program: string,
    script: string,
    settings: ContainerOptions['settings'] = {},
    config = '',
  ) => {
    const container = await add({ settings, config: [initLine, config] });
    await makeInit(host, container.rootfs, program, script);
    return container;
  };

  const start = async ({ name, service }: Container): Promise<{ init: number; monitor: number }> => {
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    return { init: await initPid(host, name), monitor: Number(await host.readFile(`/run/rc-lxc/${service}.pid`)) };
  };

  /** Stops it and expects that nothing of it runs. Resolves to what the service said, and the time in milliseconds. */
  const stop = async (container: Container, pids: { init: number; monitor: number }): Promise<Answer> => {
    const answer = await rc(host, container.service, 'stop');
    expect(answer).toMatchObject({ exitCode: 0 });
    expect(await rcStatus(host, container.service)).toBe('stopped');
    for (const pid of Object.values(pids)) expect(await host.exists(`/proc/${String(pid)}`)).toBe(false);
    expect(await lxcState(host, container.name)).toBe('STOPPED');
    return answer;
  };

  const signalled = async ({ rootfs }: Container): Promise<string> => (await host.readFile(`${rootfs}/signal`)).trim();

  it.each([
    { kind: 'init of sysvinit', program: '/sbin/init', number: '30' },
    { kind: 'openrc-init', program: '/sbin/openrc-init', number: '30' },
    { kind: 'systemd', program: '/usr/lib/systemd/systemd', number: '37' },
    { kind: 'runit-init', program: '/usr/bin/runit-init', number: '18' },
    { kind: 'a program that is no init', program: '/usr/bin/application', number: '15' },
  ])('sends $kind, behind an absolute link, signal $number', async ({ program, number }) => {
    const container = await withInit(program, recording);
    // Nothing runs yet that could be asked: the link is followed in the rootfs, and not on the host.
    const { text } = await rc(host, container.service, 'checkconfig');
    expect(text).toContain(`(${program.replace(/.*\//u, '')})`);
    const pids = await start(container);
    expect(await stop(container, pids)).toMatchObject({ text: expect.not.stringContaining('killing it') });
    expect(await signalled(container)).toBe(number);
  });

  it('has busybox’s init halt the guest, which takes it two seconds', async () => {
    const container = await add({ guest: { init: 'busybox', inittab: ['::shutdown:/bin/touch /halted'] } });
    expect((await rc(host, container.service, 'checkconfig')).text).toContain('halts on signal USR2 (busybox)');
    const pids = await start(container);
    const answer = await stop(container, pids);
    expect(answer.text).not.toContain('killing it');
    expect(answer.milliseconds).toBeLessThan(4000);
    expect(await host.exists(`${container.rootfs}/halted`)).toBe(true);
  });

  it.each([
    { from: 'a name', settings: { lxc_stop_signal: 'SIGUSR1' }, number: '10' },
    { from: 'a real-time name', settings: { lxc_stop_signal: 'SIGRTMIN+3' }, number: '37' },
    { from: 'a number', settings: { lxc_stop_signal: '28' }, number: '28' },
    { from: 'lxc.signal.halt', settings: {}, config: 'lxc.signal.halt = SIGUSR2', number: '12' },
  ])('sends the signal that was asked for: $from', async ({ settings, config, number }) => {
    const container = await withInit('/sbin/init', recording, settings, config);
    await stop(container, await start(container));
    expect(await signalled(container)).toBe(number);
  });

  it('names a stop signal that is none, and sends the one that it has found', async () => {
    const container = await withInit('/sbin/init', recording, { lxc_stop_signal: 'SIGNONE' });
    const { text } = await stop(container, await start(container));
    expect(text).toContain('lxc_stop_signal is "SIGNONE", which is no signal');
    expect(await signalled(container)).toBe('30');
  });

  const impatient = { lxc_stop_timeout: '1' };

  it('kills a guest that does not halt within its time', async () => {
    const container = await withInit('/sbin/init', deaf, impatient);
    const answer = await stop(container, await start(container));
    expect(answer.text).toMatch(/did not halt within 1 seconds of signal PWR \(init\): killing it/u);
    expect(answer.milliseconds).toBeGreaterThan(1000);
    expect(answer.milliseconds).toBeLessThan(3000);
  });

  it('thaws a frozen guest, which then halts in order', async () => {
    const container = await withInit('/sbin/init', recording);
    const pids = await start(container);
    await must(host, 'lxc-freeze -n "$1"', container.name);
    expect(await lxcState(host, container.name)).toBe('FROZEN');
    const answer = await stop(container, pids);
    expect(answer.text).not.toContain('killing it');
    expect(answer.milliseconds).toBeLessThan(3000);
    expect(await signalled(container)).toBe('30');
  });

  it('kills a frozen guest that would not halt', async () => {
    const container = await withInit('/sbin/init', deaf, impatient);
    const pids = await start(container);
    await must(host, 'lxc-freeze -n "$1"', container.name);
    const answer = await stop(container, pids);
    expect(answer.text).toContain('killing it');
    expect(answer.milliseconds).toBeLessThan(3000);
  });

  it('ends a guest whose monitor of LXC hangs, too', async () => {
    const container = await withInit('/sbin/init', deaf, impatient);
    const pids = await start(container);
    await must(host, 'kill -STOP "$1"', String(pids.monitor));
    const answer = await stop(container, pids);
    // Each of LXC's own commands waits for the monitor until it is cut off.
    expect(answer.milliseconds).toBeLessThan(10_000);
  });
});

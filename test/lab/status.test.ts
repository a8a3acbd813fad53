import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import type { Leftovers } from '../../src/lab/leftovers.ts';
import { addContainer, type ContainerOptions } from './support/containers.ts';
import { checkout, describeLab } from './support/lab.ts';
import { expectNothingLeft, removeEmptyGroup, settled } from './support/nothing-left.ts';
import { crashed, lxcState, must, rc, rcStatus, until } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';

interface Case {
  readonly state: string;
  readonly options?: ContainerOptions;
  /** Brings a container that has never run into the state. */
  readonly arrange: (host: ThrowawayHost, name: string) => Promise<void>;
  /** What `rc-service status` says, and its exit status. */
  readonly says: RegExp;
  readonly exitCode: number;
  /** What rc-status and LXC say. */
  readonly openrc: RegExp;
  readonly lxc: string;
}

const start = async (host: ThrowawayHost, name: string): Promise<void> => {
  expect(await rc(host, `lxc.${name}`, 'start')).toMatchObject({ exitCode: 0 });
  expect(await rc(host, `lxc.${name}`, 'status')).toMatchObject({ exitCode: 0 });
  expect(await rcStatus(host, `lxc.${name}`)).toMatch(/^started/u);
};

/** A shell command, with the container's name as $1, once the service has started. */
const afterStart =
  (command: string): Case['arrange'] =>
  async (host, name) => {
    await start(host, name);
    await must(host, command, name);
  };

const killAndWait = 'kill -9 "$pid" && while [ -e "/proc/$pid" ]; do sleep 0.02; done';
const endedByItself = 'until [ -s "/run/rc-lxc/lxc.$1.ended" ]; do sleep 0.02; done';

const cases: readonly Case[] = [
  {
    state: 'never started',
    arrange: async () => undefined,
    says: /status: stopped$/u,
    exitCode: 3,
    openrc: /^stopped$/u,
    lxc: 'STOPPED',
  },
  {
    state: 'its init killed',
    arrange: afterStart(`kill -9 "$(lxc-info -n "$1" -pH)" && ${endedByItself}`),
    says: /status: crashed: its init was killed by signal 9/u,
    exitCode: 32,
    openrc: /^crashed$/u,
    lxc: 'STOPPED',
  },
  {
    state: 'the monitor of LXC killed, and with it its processes',
    arrange: afterStart(`init=$(lxc-info -n "$1" -pH); pid=$(cat "/run/rc-lxc/lxc.$1.pid"); ${killAndWait}
      while [ -e "/proc/$init" ]; do sleep 0.02; done`),
    says: /status: crashed: .*monitor was killed/u,
    exitCode: 32,
    openrc: /^crashed$/u,
    lxc: 'STOPPED',
  },
  {
    state: 'the monitor of LXC killed, its processes alive',
    options: { config: ['lxc.monitor.signal.pdeath = 0'] },
    arrange: afterStart(`pid=$(cat "/run/rc-lxc/lxc.$1.pid"); ${killAndWait}`),
    says: /status: crashed: LXC's monitor is gone, but processes of \S+ run on/u,
    exitCode: 32,
    openrc: /^crashed$/u,
    lxc: 'STOPPED',
  },
  {
    state: 'its supervisor killed',
    options: { settings: { lxc_restart: 'always' } },
    arrange: afterStart(`pid=$(cat "/run/rc-lxc/lxc.$1.supervisor"); ${killAndWait}`),
    says: /status: unsupervised \(PID \d+\)/u,
    exitCode: 64,
    openrc: /^(?:unsupervised|crashed)$/u,
    lxc: 'RUNNING',
  },
  {
    state: 'frozen',
    arrange: afterStart('lxc-freeze -n "$1"'),
    says: /status: started, but frozen/u,
    exitCode: 0,
    openrc: /^started/u,
    lxc: 'FROZEN',
  },
  {
    state: 'started by hand',
    arrange: async (host, name) => {
      await must(host, 'lxc-start -n "$1" && lxc-wait -n "$1" -s RUNNING -t 5', name);
    },
    says: /status: started by hand \(PID \d+\)/u,
    exitCode: 0,
    openrc: /^stopped$/u,
    lxc: 'RUNNING',
  },
  {
    state: 'stopped by hand',
    arrange: afterStart(`lxc-stop -n "$1" && ${endedByItself}`),
    says: /status: stopped \(its init exited with status 0\)/u,
    exitCode: 3,
    openrc: /^stopped$/u,
    lxc: 'STOPPED',
  },
];

/** They end by themselves, two seconds after their start: in order, and not. */
const dying = (status: number): ContainerOptions => ({
  config: ['lxc.init.cmd = /bin/sh /die'],
  files: { '/die': `trap 'exit 0' TERM\nsleep 2 &\nwait\nexit ${String(status)}\n` },
});

const ends: readonly Case[] = [
  {
    state: 'dead with an error two seconds after its start',
    options: dying(7),
    arrange: start,
    says: /status: crashed: its init exited with status 7/u,
    exitCode: 32,
    openrc: /^crashed$/u,
    lxc: 'STOPPED',
  },
  {
    state: 'at its end in order two seconds after its start',
    options: dying(0),
    arrange: start,
    says: /status: stopped \(its init exited with status 0\)/u,
    exitCode: 3,
    openrc: /^stopped$/u,
    lxc: 'STOPPED',
  },
];

/** Started as the service and well: to be called where whatever was before must not matter any more. */
const expectStarted = async (host: ThrowawayHost, name: string): Promise<void> => {
  const service = `lxc.${name}`;
  expect(await rc(host, service, 'status')).toMatchObject({
    exitCode: 0,
    text: expect.stringMatching(/status: started \(PID \d+\)$/u),
  });
  expect(await rcStatus(host, service)).toMatch(/^started/u);
  expect(await crashed(host)).not.toContain(service);
  expect(await lxcState(host, name)).toBe('RUNNING');
};

const expectStopped = async (host: ThrowawayHost, name: string): Promise<void> => {
  const service = `lxc.${name}`;
  expect(await rc(host, service, 'status')).toMatchObject({
    exitCode: 3,
    text: expect.stringMatching(/status: stopped(?: \(.*\))?$/u),
  });
  expect(await rcStatus(host, service)).toBe('stopped');
  expect(await lxcState(host, name)).toBe('STOPPED');
};

const names = ['one', 'two', 'three', 'four', 'five', 'six'] as const;

const underShell = (shell: Shell) => (): void => {
  let host: ThrowawayHost;
  let empty: Leftovers;

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    await installShell(host, checkout);
    // LXC keeps a lock for each name, and OpenRC its cache: a first round makes what stays.
    for (const name of names) await addContainer(host, name);
    await must(host, 'rc-update -u');
    for (const name of names) {
      await must(host, 'rc-service "lxc.$1" start && rc-service "lxc.$1" stop', name);
      await forget(name);
    }
    empty = await settled(host);
  });
  afterAll(() => host.stop());

  const forget = async (name: string): Promise<void> => {
    await must(host, 'rm -rf "/var/lib/lxc/$1" "/etc/conf.d/lxc.$1"', name);
  };

  /** Also after a test that failed midway: kills and clears what its container has left. */
  const arrange = async (state: Case, name: string): Promise<void> => {
    if (await host.exists(`/var/lib/lxc/${name}`)) {
      await host.sh('rc-service "lxc.$1" stop; rc-service "lxc.$1" zap; lxc-stop -k -n "$1"', { arguments: [name] });
      await forget(name);
    }
    await addContainer(host, name, state.options);
    await state.arrange(host, name);
  };

  const followUps: readonly (readonly [string, (state: Case, name: string) => Promise<void>])[] = [
    [
      'restart works',
      async (_, name) => {
        expect(await rc(host, `lxc.${name}`, 'restart')).toMatchObject({ exitCode: 0 });
        await expectStarted(host, name);
      },
    ],
    [
      'stop leaves it, and start works after it',
      async (state, name) => {
        const stopped = await rc(host, `lxc.${name}`, 'stop');
        expect(stopped.exitCode).toBe(0);
        // OpenRC runs no script to stop what it has as stopped.
        if (state.openrc.test('stopped') && state.lxc === 'RUNNING')
          expect(stopped.text).toContain('is already stopped');
        else await expectStopped(host, name);
        expect(await rc(host, `lxc.${name}`, 'start')).toMatchObject({ exitCode: 0 });
        await expectStarted(host, name);
      },
    ],
    [
      'start works, or changes nothing where OpenRC has it as started',
      async (state, name) => {
        const started = await rc(host, `lxc.${name}`, 'start');
        expect(started.exitCode).toBe(0);
        if (state.openrc.test('stopped')) return expectStarted(host, name);
        // OpenRC runs no script to start what it has as started.
        expect(started.text).toContain('has already been started');
        expect((await rc(host, `lxc.${name}`, 'status')).text).toMatch(state.says);
      },
    ],
  ];

  const expectTold = async (state: Case, name: string): Promise<void> => {
    expect(await rc(host, `lxc.${name}`, 'status')).toMatchObject({
      exitCode: state.exitCode,
      text: expect.stringMatching(state.says),
    });
    expect(await rcStatus(host, `lxc.${name}`)).toMatch(state.openrc);
    expect(await lxcState(host, name)).toBe(state.lxc);
  };

  const stopAndForget = async (name: string): Promise<void> => {
    expect(await rc(host, `lxc.${name}`, 'stop')).toMatchObject({ exitCode: 0 });
    await expectStopped(host, name);
    await forget(name);
  };

  // What follows is the same code in every shell: one of them goes through all of it, and looks after each step.
  const thorough = shell === shells[0];
  const chosen = thorough ? followUps : followUps.slice(0, 1);

  describe.each(cases)('$state: status tells it, and', (state) => {
    it.each(chosen)('%s', async (_, follow) => {
      const [name] = names;
      await arrange(state, name);
      await expectTold(state, name);
      await follow(state, name);
      await stopAndForget(name);
      if (thorough) await expectNothingLeft(host, empty);
    });
  });

  it('dead or at its end two seconds after its start: status tells it, and the same works', async () => {
    // All at once, since each takes its two seconds.
    const free = names.values();
    const all = ends.flatMap((state) =>
      chosen.map(([, follow]) => ({ state, follow, name: free.next().value ?? names[0] })),
    );
    for (const { state, name } of all) await arrange(state, name);
    for (const { state, follow, name } of all) {
      await until(host, `[ -s /run/rc-lxc/lxc.${name}.ended ]`);
      await expectTold(state, name);
      await follow(state, name);
      await stopAndForget(name);
    }
  });

  it('leaves nothing of all that', async () => {
    for (const name of names) {
      await forget(name);
      if (shell === 'busybox') await removeEmptyGroup(host, `lxc.${name}`);
    }
    await expectNothingLeft(host, empty);
  });
};

for (const shell of shells) describeLab(`the service of a container under ${shell}`, underShell(shell));

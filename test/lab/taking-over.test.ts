import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import type { Leftovers } from '../../src/lab/leftovers.ts';
import { addContainer, configure } from './support/containers.ts';
import { checkout, describeLab } from './support/lab.ts';
import { expectNothingLeft, settled } from './support/nothing-left.ts';
import { crashed, initPid, must, rc, rcStatus } from './support/service.ts';

/** A whole life: every command that there is for a container that runs. */
const expectItWorks = async (host: ThrowawayHost, service: string): Promise<void> => {
  for (const command of ['checkconfig', 'start', 'reload', 'freeze', 'thaw', 'restart']) {
    expect(await rc(host, service, command), command).toMatchObject({ exitCode: 0 });
  }
  expect(await rc(host, service, 'status')).toMatchObject({
    exitCode: 0,
    text: expect.stringMatching(/status: started \(PID \d+\)$/u),
  });
  expect(await rcStatus(host, service)).toMatch(/^started/u);
  expect((await rc(host, service, 'attach', { input: 'echo "in $(hostname)"\n' })).text).toBe(`in ${service.slice(4)}`);
  expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
  expect(await rcStatus(host, service)).toBe('stopped');
};

describeLab('a container that is in no description', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await installShell(host, checkout);
  });
  afterAll(() => host.stop());

  it('is a service with a plain link, and no settings', async () => {
    const service = await addContainer(host, 'plain');
    expect(await host.exists('/etc/conf.d/lxc.plain')).toBe(false);
    await expectItWorks(host, service);
  });

  it.each(['no', 'always'])('lives under another lxcpath, with blanks in it, restart = %s', async (restart) => {
    const path = '/srv/the  lxc path';
    const name = `blank-${restart}`;
    await must(host, '[ -d "$1" ] || { mkdir "$1" && mount -t tmpfs tmpfs "$1"; }', path);
    const service = await addContainer(host, name, {
      guest: { path },
      settings: { lxc_path: path, lxc_restart: restart },
    });
    await expectItWorks(host, service);
    // The same name under the usual path is another container.
    const other = await addContainer(host, name);
    await must(host, 'lxc-start -n "$1"', name);
    await configure(host, service, { lxc_path: path });
    expect((await rc(host, other, 'status')).text).toMatch(/status: stopped$/u);
    await must(host, 'lxc-stop -k -n "$1"', name);
  });

  it('is found where lxc.conf puts it, or under the names that other scripts have for its file', async () => {
    await must(host, 'mkdir -p /srv/lxc /etc/lxc; echo "lxc.lxcpath = /srv/lxc" >>/etc/lxc/lxc.conf');
    await expectItWorks(host, await addContainer(host, 'elsewhere', { guest: { path: '/srv/lxc' } }));
    await expectItWorks(host, await configAt('flat', '/srv/lxc/flat.conf'));
    const named = await configAt('named', '/etc/lxc/guest of mine.conf');
    await configure(host, named, { CONFIGFILE: '/etc/lxc/guest of mine.conf' });
    await expectItWorks(host, named);
    await must(host, 'rm /etc/lxc/lxc.conf');
  });

  const configAt = async (name: string, path: string): Promise<string> => {
    const service = await addContainer(host, name, { guest: { path: '/srv/lxc' } });
    await must(host, 'mv "/srv/lxc/$1/config" "$2"', name, path);
    return service;
  };

  it('refuses to run as the script that all share, and says what to do', async () => {
    const answer = await rc(host, 'rc-lxc', 'start');
    expect(answer.exitCode).toBe(1);
    expect(answer.text).toContain('ln -s rc-lxc /etc/init.d/lxc.foo');
  });

  it('takes away nothing of a host that has a service lxc of its own', async () => {
    const theirs = '#!/sbin/openrc-run\ndescription="not ours"\n';
    await host.writeFile('/etc/init.d/lxc', theirs, 0o755);
    await host.writeFile('/etc/conf.d/lxc', 'theirs="1"\n');
    await installShell(host, checkout);
    expect(await host.readFile('/etc/init.d/lxc')).toBe(theirs);
    expect(await host.readFile('/etc/conf.d/lxc')).toBe('theirs="1"\n');
    await expectItWorks(host, 'lxc.plain');
    await must(host, 'rm /etc/conf.d/lxc');
  });
});

describeLab('a host without a service lxc', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost({ hide: ['/etc/init.d/lxc'] });
  });
  afterAll(() => host.stop());

  it('gets none by itself, and ours under that name when it is asked for', async () => {
    await installShell(host, checkout);
    expect(await host.exists('/etc/init.d/lxc')).toBe(false);
    await must(host, 'make --silent -C "$1" install-host PREFIX=/usr TAKE_LXC=yes', checkout);
    expect(await must(host, 'readlink /etc/init.d/lxc')).toBe('rc-lxc');
    await expectItWorks(host, await addContainer(host, 'foo', { script: 'lxc' }));
    const answer = await rc(host, 'lxc', 'start');
    expect(answer.exitCode).toBe(1);
    expect(answer.text).toContain('ln -s lxc /etc/init.d/lxc.foo');
  });
});

/** A script as others have it: it knows its container by its own name, and believes lxc-start. */
const another = `#!/sbin/openrc-run
name=\${RC_SVCNAME#lxc.}
start() {
	ebegin "Starting $name"
	start-stop-daemon --start --pidfile "/run/$name.pid" --exec "$(command -v lxc-start)" -- -n "$name" -d -p "/run/$name.pid"
	eend $?
}
stop() {
	ebegin "Stopping $name"
	lxc-stop -n "$name"
	eend $?
}
`;

describeLab('a container that another script has started', () => {
  let host: ThrowawayHost;
  let empty: Leftovers;
  const service = 'lxc.old';

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await installShell(host, checkout);
    await addContainer(host, 'old');
    await must(host, 'rc-update -u && rc-service lxc.old start && rc-service lxc.old stop');
    empty = await settled(host);
    await host.writeFile('/etc/init.d/another', another, 0o755);
  });
  afterAll(() => host.stop());

  /** Started by the other script, whose place ours then takes while the container runs. */
  const taken = async (): Promise<number> => {
    await must(host, 'ln -sf another /etc/init.d/lxc.old && rc-service lxc.old start');
    const pid = await initPid(host, 'old');
    await must(host, 'ln -sf rc-lxc /etc/init.d/lxc.old');
    return pid;
  };

  const expectGone = async (pid: number): Promise<void> => {
    expect(await host.exists(`/proc/${String(pid)}`)).toBe(false);
    expect(await rcStatus(host, service)).toBe('stopped');
    await must(host, 'rm -f /run/old.pid');
    await expectNothingLeft(host, empty);
  };

  it('is known as started, and stops as the service’s own', async () => {
    const pid = await taken();
    expect(await rc(host, service, 'status')).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining(String(pid)),
    });
    expect(await rcStatus(host, service)).toMatch(/^started/u);
    expect(await initPid(host, 'old')).toBe(pid);
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    await expectGone(pid);
  });

  it('restarts as the service’s own', async () => {
    const before = await taken();
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    const pid = await initPid(host, 'old');
    expect(pid).not.toBe(before);
    await must(host, 'kill -9 "$1"', String(pid));
    await expect.poll(() => crashed(host)).toEqual([service]);
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    await expectGone(pid);
  });

  it('is taken over by start when OpenRC was told to forget it', async () => {
    const pid = await taken();
    await must(host, 'rc-service lxc.old zap');
    const answer = await rc(host, service, 'start');
    expect(answer).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining(`old runs already (PID ${String(pid)})`),
    });
    expect(await rcStatus(host, service)).toMatch(/^started/u);
    expect(await initPid(host, 'old')).toBe(pid);
    await must(host, 'kill -9 "$1"', String(pid));
    await expect.poll(() => crashed(host)).toEqual([service]);
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    await expectGone(pid);
  });
});

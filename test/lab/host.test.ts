import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { leftovers } from '../../src/lab/leftovers.ts';
import { checkout, describeLab } from './support/lab.ts';
import { groupsOf, holdNamespaces, mountsNow, namespacesOf } from './support/traces.ts';

describeLab('the throw-away host', () => {
  let host: ThrowawayHost;
  beforeAll(async () => {
    host = await bootThrowawayHost();
  });
  afterAll(() => host.stop());
  const processes = async (): Promise<readonly string[]> => (await leftovers(host)).processes;

  it('shares no namespace with the machine but the user’s', () => {
    const ours = new Set(namespacesOf('self'));
    expect(namespacesOf(host.pid)).toHaveLength(6);
    expect(namespacesOf(host.pid).filter((namespace) => ours.has(namespace))).toEqual([]);
  });

  it('runs programs in its own control groups, with input, environment and directory', async () => {
    const groups = await host.run(['cat', '/proc/self/cgroup']);
    const outside = groups.stdout.split('\n').filter((line) => !/^$|:\/$|^0::\/init\.scope$/u.test(line));
    expect(outside).toEqual([]);
    expect((await host.run(['cat', '/proc/1/cgroup'])).stdout).toBe(groups.stdout);
    const result = await host.run(['sh', '-c', 'pwd; echo "$A"; cat; echo bad >&2; exit 3'], {
      input: 'read me',
      env: { A: 'b c' },
      cwd: '/etc',
    });
    expect(result).toMatchObject({ stdout: '/etc\nb c\nread me', stderr: 'bad\n', exitCode: 3 });
    expect((await host.sh('echo "$2"', { arguments: ['x', 'y z'] })).stdout).toBe('y z\n');
    expect((await host.sh('kill -TERM $$')).exitCode).toBe(143);
    expect((await host.run(['no-such-program'])).exitCode).toBe(127);
  });

  it('ends what takes too long, with what it started, and does not wait for daemons', async () => {
    const late = await host.sh('sleep 77 & sleep 78; true', { timeoutMs: 200 });
    expect(late.exitCode).toBe(124);
    await expect.poll(processes).not.toContainEqual(expect.stringMatching(/^sleep 7[78]/u));
    const daemon = await host.sh('setsid sh -c "sleep 1; echo heard; echo alive >/tmp/daemon" & echo done');
    expect(daemon).toMatchObject({ stdout: 'done\n', exitCode: 0 });
    expect(daemon.milliseconds).toBeLessThan(900);
    await vi.waitFor(async () => expect(await host.readFile('/tmp/daemon')).toBe('alive\n'), 10_000);
  });

  it('reaps orphans as an init does', async () => {
    await host.sh('(sleep 0.05 &)');
    await expect.poll(processes).not.toContainEqual(expect.stringMatching(/sleep/u));
  });

  it('writes nothing onto the machine, not even through an absolute link', async () => {
    const victim = join(mkdtempSync(join(tmpdir(), 'rc-lxc-lab-test-')), 'file');
    await host.sh('mkdir -p "${1%/*}"; ln -s "$1" /etc/link', { arguments: [victim] });
    await host.writeFile('/etc/link', 'inside', 0o600);
    expect(await host.readFile(victim)).toBe('inside');
    expect((await host.sh('stat -c %a "$1"', { arguments: [victim] })).stdout).toBe('600\n');
    expect(existsSync(victim)).toBe(false);
    expect(await host.exists('/etc/link')).toBe(true);
    expect(existsSync('/etc/link')).toBe(false);
    rmSync(join(victim, '..'), { recursive: true });
  });

  it('changes no setting of the machine', async () => {
    const forwarding = readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8');
    const other = forwarding.startsWith('1') ? '0' : '1';
    expect((await host.sh('echo "$1" >/proc/sys/net/ipv4/ip_forward', { arguments: [other] })).exitCode).toBe(0);
    expect(readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8')).toBe(forwarding);
    for (const setting of ['kernel/panic', 'vm/swappiness', 'fs/file-max']) {
      const value = readFileSync(`/proc/sys/${setting}`, 'utf8').trim();
      const result = await host.sh('echo "$2" >"/proc/sys/$1"', { arguments: [setting, value] });
      expect({ setting, stderr: result.stderr }).toEqual({ setting, stderr: expect.stringContaining('Read-only') });
    }
    const name = hostname();
    expect((await host.sh('hostname other && hostname')).stdout).toBe('other\n');
    expect(hostname()).toBe(name);
    // The numbers of sys_module, sys_rawio and sys_time in capability.h.
    const bounding = BigInt(`0x${(await host.sh("sed -n 's/^CapBnd:.//p' /proc/self/status")).stdout.trim()}`);
    expect([16n, 17n, 25n].filter((bit) => ((bounding >> bit) & 1n) === 1n)).toEqual([]);
    expect((await host.sh('mount -t tmpfs x /mnt && findmnt -no FSTYPE /mnt')).stdout).toBe('tmpfs\n');
    expect(mountsNow()).not.toContain(' - tmpfs x ');
  });

  it('has an OpenRC whose services start, stop and depend on each other', async () => {
    for (const [service, needs] of [
      ['one', 'localmount'],
      ['two', 'one'],
    ] as const) {
      await host.writeFile(
        `/etc/init.d/${service}`,
        `#!/sbin/openrc-run\ndepend() {\n\tneed ${needs}\n}\nstart() { echo "${service} up"; }\nstop() { echo "${service} down"; }\n`,
        0o755,
      );
    }
    expect((await host.sh('rc-update add two default && openrc default')).exitCode).toBe(0);
    expect((await host.sh('rc-status default')).stdout).toMatch(/two\s+\[\s+started/u);
    expect((await host.sh('rc-service one status')).exitCode).toBe(0);
    const stopped = (await host.sh('rc-service one stop')).stdout;
    expect(stopped.match(/\w+ down/gu)).toEqual(['two down', 'one down']);
    expect((await host.sh('rc-service two status')).exitCode).toBe(3);
    expect((await host.sh('rc-status -a')).stdout).toContain('Runlevel: boot');
  });
});

describeLab('what a throw-away host leaves on the machine', () => {
  it('boots twenty times and leaves no mount, namespace, process or group', async () => {
    const before = mountsNow();
    const times: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const begin = performance.now();
      const host = await bootThrowawayHost();
      times.push(performance.now() - begin);
      const namespaces = holdNamespaces(host.pid);
      await host.sh('ip netns add far; sleep 60 & mount -t tmpfs x /mnt; mkdir /sys/fs/cgroup/*/below');
      await host.stop();
      await host.stop();
      // What the kernel has killed may take a moment to be gone on a busy machine.
      await vi.waitFor(() => expect(namespaces.processes()).toEqual([]), 10_000);
      namespaces.release();
      expect(groupsOf(process.pid)).toEqual([]);
    }
    expect(mountsNow()).toBe(before);
    const median = times.toSorted((a, b) => a - b)[10] ?? Number.NaN;
    process.stderr.write(`throw-away host: booted 20 times, median ${median.toFixed(0)} ms\n`);
    expect(median).toBeLessThan(1000);
  });

  it('leaves nothing when the process that booted it is killed', async () => {
    const script = `
      const { bootThrowawayHost } = await import(${JSON.stringify(join(checkout, 'src/lab/host.ts'))});
      const host = await bootThrowawayHost();
      await host.sh('setsid sleep 300 >/dev/null 2>&1 &');
      console.log(host.pid);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString('utf8'))));
      child.once('exit', (code) => reject(new Error(`ended with ${String(code)}`)));
    });
    const namespaces = holdNamespaces(pid);
    expect(namespaces.processes().length).toBeGreaterThan(1);
    expect(groupsOf(child.pid ?? 0).length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(namespaces.processes()).toEqual([]), 10_000);
    namespaces.release();
    await vi.waitFor(() => expect(groupsOf(child.pid ?? 0)).toEqual([]), 10_000);
  });

  it('ends a host that ended by itself', async () => {
    const host = await bootThrowawayHost();
    const namespaces = holdNamespaces(host.pid);
    await host.sh('kill -KILL -1');
    await host.stop();
    expect(namespaces.processes()).toEqual([]);
    namespaces.release();
    expect(groupsOf(process.pid)).toEqual([]);
  });

  it('says why it did not boot, and leaves nothing', async () => {
    await expect(
      bootThrowawayHost({ binds: [{ source: join(checkout, 'package.json'), target: '/proc/no/such' }] }),
    ).rejects.toThrow(/did not|failed to boot.*\/proc\/no/su);
    expect(groupsOf(process.pid)).toEqual([]);
  });
});

const node = (script: string): string[] => [process.execPath, '--input-type=module', '--eval', script];

describeLab('a throw-away host on a machine whose / is an overlay', () => {
  const lab = JSON.stringify(join(checkout, 'src/lab/host.ts'));

  it('boots over one overlay, and refuses with the reason over two', async () => {
    const third = node(`console.log((await import(${lab})).throwawayRefusal());`);
    const second = node(`
      const host = await (await import(${lab})).bootThrowawayHost();
      console.log((await host.sh('rc-service localmount status')).exitCode);
      process.stdout.write((await host.run(${JSON.stringify(third)})).stdout);
      await host.stop();`);
    const first = await bootThrowawayHost();
    try {
      const result = await first.run(second);
      expect(result.stderr).toBe('');
      expect(result.stdout).toMatch(/^0\ncannot lay an overlay over \/ \(mount: .*two levels of overlays/u);
      expect((await first.sh('find /sys/fs/cgroup -name "rc-lxc-lab*"')).stdout).toBe('');
    } finally {
      await first.stop();
    }
  });
});

describeLab('the options of a throw-away host', () => {
  it.each([
    ['/bin/dash', /\/dash$/u],
    ['/bin/bash', /\/bash$/u],
    ['busybox', /\/busybox$/u],
  ] as const)('has %s as its shell when told so', async (shell, path) => {
    const host = await bootThrowawayHost({ shell });
    try {
      expect((await host.sh('readlink -f /proc/$$/exe; :')).stdout.trim()).toMatch(path);
      expect((await host.sh('rc-service localmount restart')).exitCode).toBe(0);
    } finally {
      await host.stop();
    }
  });

  it('shows folders and files at other places, hides paths, and has the environment and runlevel it is given', async () => {
    const host = await bootThrowawayHost({
      binds: [
        { source: join(checkout, 'src'), target: '/srv/a b' },
        { source: join(checkout, 'package.json'), target: '/srv/package.json' },
      ],
      hide: ['/usr/bin/lxc-start'],
      env: { GREETING: 'hello' },
      softlevel: 'nonetwork',
      cgroup: 'v2-only',
    });
    try {
      expect(await host.readFile('/srv/package.json')).toBe(readFileSync(join(checkout, 'package.json'), 'utf8'));
      expect(await host.exists('/srv/a b/main.ts')).toBe(true);
      expect((await host.sh(': >"/srv/a b/new"')).exitCode).not.toBe(0);
      expect((await host.sh('command -v lxc-start')).exitCode).not.toBe(0);
      expect((await host.sh('echo "$GREETING"; rc-status -r')).stdout).toBe('hello\nnonetwork\n');
      expect((await host.sh('findmnt -no FSTYPE /sys/fs/cgroup')).stdout).toBe('cgroup2\n');
      expect(host.cgroupMode).toBe('unified');
    } finally {
      await host.stop();
    }
  });
});

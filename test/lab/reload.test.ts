import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { describeHost, rewrite } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { initPid, lxcState, must, rc, rcStatus } from './support/service.ts';

const source = (limits: string): string => `
[host]
name = excelsior
links = iproute2

[container limited]
id = 11
${limits}
`;

const service = 'lxc.limited';
const config = '/var/lib/lxc/limited/config';

/** Memory in bytes, number of processes, microseconds of processor time in each tenth of a second; as the kernel has them. */
const inKernel = `
cd /sys/fs/cgroup
for name in memory:memory.limit_in_bytes:memory.max pids:pids.max:pids.max cpu:cpu.cfs_quota_us:cpu.max; do
	controller=\${name%%:*} files=\${name#*:}
	cat "$controller/lxc.payload.limited/\${files%:*}" 2>/dev/null || cat "lxc.payload.limited/\${files#*:}"
done`;

describeLab('the commands for a container that runs', () => {
  let host: ThrowawayHost;
  let pid: number;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await describeHost(host, source('memory = 64M\npids = 50\ncpus = 0.5'), { limited: { init: 'busybox' } });
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    pid = await initPid(host, 'limited');
  });
  afterAll(() => host.stop());

  const limits = async (): Promise<readonly string[]> => (await must(host, inKernel)).split('\n');
  const change = (to: string): Promise<void> => rewrite(host, source(to), config);

  describe('reload', () => {
    it('applies limits that have changed, and restarts nothing', async () => {
      expect(await limits()).toEqual([String(64 * 2 ** 20), '50', '50000']);
      await change('memory = 128M\npids = 70\ncpus = 0.75');
      expect(await limits()).toEqual([String(64 * 2 ** 20), '50', '50000']);
      expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
      expect(await limits()).toEqual([String(128 * 2 ** 20), '70', '75000']);
      expect(await initPid(host, 'limited')).toBe(pid);
    });

    it('lifts limits that are no longer there', async () => {
      await change('pids = 60');
      expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
      const [memory, pids, cpu] = await limits();
      // Version 1 counts whole pages of a signed 64-bit number.
      expect(Number(memory)).toBeGreaterThan(2 ** 62);
      expect([pids, cpu]).toEqual(['60', '-1']);
      expect(await initPid(host, 'limited')).toBe(pid);
    });

    it('names a limit that the kernel does not take', async () => {
      await host.writeFile(config, `${await host.readFile(config)}lxc.cgroup.memory.limit_in_bytes = 1\n`);
      const answer = await rc(host, service, 'reload');
      expect(answer.exitCode).toBe(1);
      expect(answer.text).toMatch(/The kernel did not take lxc\.cgroup\.memory\.limit_in_bytes = 1$/mu);
      expect(answer.text).toContain('they hold from the next start on');
      expect(await initPid(host, 'limited')).toBe(pid);
    });

    it('changes nothing when LXC cannot read the configuration, which status and stop get over', async () => {
      await change('pids = 40');
      await host.writeFile(config, `${await host.readFile(config)}lxc.nonsense = 1\n`);
      const answer = await rc(host, service, 'reload');
      expect(answer).toMatchObject({ exitCode: 1, text: expect.stringContaining('LXC cannot read') });
      expect((await limits())[1]).toBe('60');
      expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0 });
      expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 1 });
      // A restart that could not start again does not stop anything.
      expect(await host.exists(`/proc/${String(pid)}`)).toBe(true);
      await change('pids = 60');
      expect(await initPid(host, 'limited')).toBe(pid);
    });

    it('keeps its devices within reach at every moment', async () => {
      const probe = `i=0; while [ ! -e /stop ]; do echo >/dev/null || { echo lost >/lost; exit 1; }; done; echo kept >/kept`;
      const probing = host.sh('lxc-attach -n limited -- sh -c "$1"', { arguments: [probe] });
      for (let round = 0; round < 5; round += 1)
        expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
      await host.writeFile('/var/lib/lxc/limited/rootfs/stop', '');
      expect(await probing).toMatchObject({ exitCode: 0 });
      expect(await host.exists('/var/lib/lxc/limited/rootfs/kept')).toBe(true);
    });
  });

  it('freezes and thaws', async () => {
    const freezer = `sed -n 's/^State:\t\\(.\\).*/\\1/p' /proc/${String(pid)}/status`;
    expect(await rc(host, service, 'freeze')).toMatchObject({ exitCode: 0 });
    expect(await lxcState(host, 'limited')).toBe('FROZEN');
    expect(await must(host, freezer)).toBe('D');
    expect(await rc(host, service, 'freeze')).toMatchObject({ exitCode: 0 });
    const refused = await rc(host, service, 'attach');
    expect(refused).toMatchObject({ exitCode: 1, text: expect.stringContaining('limited is FROZEN') });
    expect(await rc(host, service, 'thaw')).toMatchObject({ exitCode: 0 });
    expect(await lxcState(host, 'limited')).toBe('RUNNING');
    expect(await must(host, freezer)).toBe('S');
    expect(await rcStatus(host, service)).toMatch(/^started/u);
  });

  it('attaches, with what is typed and what comes back', async () => {
    const answer = await rc(host, service, 'attach', { input: 'hostname\nid -u\necho "$((6 * 7))"\nexit 3\n' });
    expect(answer).toMatchObject({ exitCode: 3, text: 'limited\n0\n42' });
  });

  it('connects a terminal to the console', async () => {
    const typed = '(sleep 0.3; printf "\\001q") | script -qec "rc-service lxc.limited console" /dev/null';
    const result = await host.sh(typed, { timeoutMs: 10_000 });
    expect(result).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Connected to tty 1') });
  });

  it('checks the configuration, while it runs and while it does not', async () => {
    const answer = await rc(host, service, 'checkconfig');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringContaining(`limited can start: ${config}`) });
    expect(answer.text).toContain('It is ready when: running; halts on signal USR2 (busybox); restart: no');
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect((await rc(host, service, 'checkconfig')).text).toBe(answer.text);
    await host.writeFile(config, 'lxc.nonsense = 1\n');
    const refused = await rc(host, service, 'checkconfig');
    expect(refused).toMatchObject({ exitCode: 1, text: expect.stringContaining('lxc.nonsense') });
    await must(host, 'rm "$1"', config);
    const none = await rc(host, service, 'checkconfig');
    expect(none).toMatchObject({ exitCode: 1, text: expect.stringContaining('limited has no configuration') });
  });

  it.each(['reload', 'freeze', 'thaw', 'attach', 'console'])('refuses to %s what does not run', async (command) => {
    await change('pids = 60');
    expect(await rc(host, service, command)).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('limited is STOPPED'),
    });
  });

  it('lists its commands', async () => {
    const { text } = await rc(host, service, 'describe');
    for (const command of ['checkconfig', 'reload', 'freeze', 'thaw', 'console', 'attach']) {
      expect(text).toMatch(new RegExp(`^ \\* ${command}: \\S`, 'mu'));
    }
  });
});

import { afterEach, beforeEach, expect, it } from 'vitest';

import { makeBusyboxRootfs } from '../../src/lab/guest.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { checkout, describeLab } from './support/lab.ts';

const rcLxc = `${checkout}/bin/rc-lxc`;

const container = (name: string, id: number, ...more: readonly string[]): string =>
  `[container ${name}]\nid = ${id}\nstop-signal = SIGUSR1\nstop-timeout = 5s\n${more.map((line) => `${line}\n`).join('')}\n`;

const host3 = '[host]\nname = lab\nlinks = iproute2\n\n';

describeLab('apply, and the services that run', () => {
  let host: ThrowawayHost;
  beforeEach(async () => {
    host = await bootThrowawayHost();
    await installShell(host, checkout);
    await describeHost(container('db', 11), container('web', 12, 'needs = db'));
    for (const name of ['db', 'web']) makeBusyboxRootfs(host, name, { init: 'instant' });
    await apply();
    await sh('rc-service lxc.web start');
  });
  afterEach(() => host.stop());

  const describeHost = (...sections: readonly string[]): Promise<void> =>
    host.writeFile('/etc/rc-lxc/host.ini', host3 + sections.join(''));

  async function sh(script: string): Promise<string> {
    const { stdout, stderr, exitCode } = await host.sh(script, { timeoutMs: 60_000 });
    if (exitCode !== 0) throw new Error(`${script}: ${stdout}${stderr}`);
    return stdout;
  }

  interface Applied {
    readonly stopped: readonly string[];
    readonly restarted: readonly string[];
    readonly needRestart: readonly string[];
  }

  async function apply(...options: readonly string[]): Promise<Applied> {
    const { stdout, stderr, exitCode } = await host.run([rcLxc, 'apply', '--json', ...options], { timeoutMs: 60_000 });
    if (exitCode !== 0) throw new Error(stdout + stderr);
    return JSON.parse(stdout) as Applied;
  }

  const refused = async (...options: readonly string[]): Promise<string> => {
    const { stderr, exitCode } = await host.run([rcLxc, 'apply', ...options], { timeoutMs: 60_000 });
    expect(exitCode).toBe(1);
    return stderr;
  };

  const running = async (): Promise<readonly string[]> => (await sh('lxc-ls --running -1')).split('\n').filter(Boolean);
  const pids = (): Promise<string> => sh('for name in db web; do lxc-info -n $name -pH; done');
  const files = (): Promise<string> =>
    sh('find /etc/init.d /etc/conf.d /etc/runlevels /var/lib/lxc -name "*lxc*" -o -name config | sort');

  it('says which need a restart until they are restarted, each once, by it or by hand', async () => {
    const before = await pids();
    await describeHost(
      container('db', 11, 'ready-timeout = 7s'),
      container('web', 12, 'needs = db', 'ready-timeout = 7s'),
    );
    expect((await apply()).needRestart).toEqual(['lxc.db', 'lxc.web']);
    expect((await apply()).needRestart).toEqual(['lxc.db', 'lxc.web']);
    expect(await pids()).toBe(before);
    await sh('rc-service lxc.web restart');
    expect((await apply()).needRestart).toEqual(['lxc.db']);
    const { stderr } = await host.run([rcLxc, 'apply', '--restart'], { timeoutMs: 60_000 });
    expect(stderr.match(/restarting/gu)).toHaveLength(1);
    expect((await apply()).needRestart).toEqual([]);
    // What needs the one that is restarted goes down and comes up with it, and is not restarted another time.
    await describeHost(container('db', 11), container('web', 12, 'needs = db'));
    const both = await host.run([rcLxc, 'apply', '--restart'], { timeoutMs: 60_000 });
    expect(both).toMatchObject({ exitCode: 0 });
    expect(both.stderr.match(/restarting.*/gu)).toEqual(['restarting lxc.db']);
    expect((await apply()).needRestart).toEqual([]);
    expect(await running()).toEqual(['db', 'web']);
  });

  it('refuses to take away what runs, stops it when told, starts what needed it again, and leaves its rootfs', async () => {
    await describeHost(container('web', 12));
    const before = await files();
    expect(await refused()).toContain('error[container-runs]: db is no longer in the description, and it runs');
    expect([await files(), await running()]).toEqual([before, ['db', 'web']]);
    expect((await apply('--stop')).stopped).toEqual(['lxc.db']);
    expect(await running()).toEqual(['web']);
    expect(await files()).not.toContain('lxc.db');
    expect(await sh('rc-service lxc.web status; ls -A /var/lib/lxc/db')).toMatch(/started[^]*rootfs\n$/u);
    expect(await sh('rc-status -a 2>&1')).not.toContain('lxc.db');
    await sh('rc-service lxc.web stop');
    await describeHost();
    expect((await apply()).stopped).toEqual([]);
    expect(await files()).not.toMatch(/lxc\.web|config/u);
  });

  it('stops one that was started by hand', async () => {
    await sh('rc-service lxc.db stop && lxc-start -n db && lxc-wait -n db -s RUNNING -t 5');
    await describeHost(container('web', 12));
    expect(await refused()).toContain('container-runs');
    expect((await apply('--stop')).stopped).toEqual(['lxc.db']);
    expect(await running()).toEqual([]);
  });

  it('stops nothing and changes nothing when LXC does not take a configuration', async () => {
    const before = await files();
    await describeHost(container('web', 12, 'raw = lxc.include = /nowhere/at/all.conf'));
    const said = await refused('--stop');
    expect(said).toMatch(/host\.ini:5: error\[refused-by-reader\]: LXC does not accept \/var\/lib\/lxc\/web\/config/u);
    expect([await files(), await running()]).toEqual([before, ['db', 'web']]);
    expect(await sh('find /etc /var/lib /run/lxc/lock -name "*rc-lxc-*" -o -path "*/rc-lxc/check*"')).not.toMatch(
      /new|old|check/u,
    );
  });

  it('takes everything back when a file cannot be replaced', async () => {
    await sh('mount --bind /etc/conf.d/lxc.web /etc/conf.d/lxc.web');
    const content = 'cat /etc/conf.d/lxc.* /etc/init.d/lxc.* /var/lib/lxc/*/config; find /etc /var/lib/rc-lxc | sort';
    await describeHost(
      container('db', 11, 'ready-timeout = 7s'),
      container('new', 13),
      container('web', 12, 'needs = db', 'ready-timeout = 7s'),
    );
    const before = await sh(content);
    expect(await refused()).toContain('/etc/conf.d/lxc.web');
    expect(await sh(content)).toBe(before);
    await sh('umount /etc/conf.d/lxc.web');
    await apply();
    expect(await sh('cat /etc/conf.d/lxc.web')).toContain('7');
  });
});

describeLab('apply on a disk that is full, or read-only', () => {
  let host: ThrowawayHost;
  beforeEach(async () => {
    host = await bootThrowawayHost();
    const sections = Array.from({ length: 40 }, (_, index) => container(`c${index}`, index + 2));
    await host.writeFile('/etc/rc-lxc/host.ini', host3 + sections.join(''));
  });
  afterEach(() => host.stop());

  const apply = (): Promise<{ exitCode: number; stderr: string }> =>
    host.run([rcLxc, 'apply', '-c', '/etc/rc-lxc/host.ini', '--root', '/mnt'], { timeoutMs: 60_000 });

  it('changes nothing, leaves nothing, and says so; and goes through once there is room', async () => {
    await host.sh(
      'mount -t tmpfs -o size=300k,mode=755 tmpfs /mnt && mkdir -p /mnt/etc && echo person:1:1 >/mnt/etc/subuid',
    );
    const { exitCode, stderr } = await apply();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/error\[disk-full\]: \/\S+: cannot be written: there is no room left\n {2}hint: make room/u);
    expect((await host.sh('cd /mnt && find . -type f')).stdout).toBe('./etc/subuid\n');
    await host.sh('mount -o remount,size=10m /mnt');
    expect(await apply()).toMatchObject({ exitCode: 0 });
    await host.sh('mount -o remount,ro /mnt; sed -i "s/stop-timeout = 5s/stop-timeout = 6s/" /etc/rc-lxc/host.ini');
    const readOnly = await apply();
    expect(readOnly.exitCode).toBe(1);
    expect(readOnly.stderr).toMatch(/error\[read-only\]: [^\n]*\n {2}hint: remount it/u);
  });

  it('takes an earlier tree back to what it was when the disk is full by the second apply', async () => {
    await host.sh('mount -t tmpfs -o size=10m,mode=755 tmpfs /mnt');
    expect(await apply()).toMatchObject({ exitCode: 0 });
    const all = 'cd /mnt && find . -type f -exec cat {} + && find . | sort';
    const before = (await host.sh(all)).stdout;
    await host.sh(
      'sed -i "s/stop-timeout = 5s/stop-timeout = 6s/" /etc/rc-lxc/host.ini; dd if=/dev/zero of=/mnt/fill bs=4k; truncate -s -40k /mnt/fill',
    );
    expect((await apply()).stderr).toContain('disk-full');
    await host.sh('rm /mnt/fill');
    expect((await host.sh(all)).stdout).toBe(before);
  });
});

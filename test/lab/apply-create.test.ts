import { afterEach, beforeEach, expect, it } from 'vitest';

import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { checkout, describeLab } from './support/lab.ts';

const rcLxc = `${checkout}/bin/rc-lxc`;

const description = (template: string): string => `[host]
name = lab
links = iproute2

[profile all]
stop-timeout = 5s

[container mapped]
id = 11
use = all
template = busybox

[container owned]
id = 12
use = all
id-mapping = owner
template = busybox

[container privileged]
id = 13
use = all
user-namespace = no
template = ${template}
`;

/** A template of ours: it fails after it has written something, and says why. */
const failing = `#!/bin/sh
for argument do
	case $argument in --rootfs=*) rootfs=\${argument#--rootfs=} ;; esac
done
mkdir -p "$rootfs/etc" && echo half >"$rootfs/etc/hostname"
echo "fetching the first part"
echo "the mirror does not answer: $*" >&2
exit 1
`;

/** Another: it says that it runs, and waits to be broken off. */
const waiting = `#!/bin/sh
for argument do
	case $argument in --rootfs=*) rootfs=\${argument#--rootfs=} ;; esac
done
mkdir -p "$rootfs/etc"
: >/run/template-runs
sleep 60 &
wait
`;

describeLab('apply --create', () => {
  let host: ThrowawayHost;
  beforeEach(async () => {
    host = await bootThrowawayHost();
    await installShell(host, checkout);
  });
  afterEach(() => host.stop());

  const sh = async (script: string): Promise<string> => {
    const { stdout, stderr, exitCode } = await host.sh(script, { timeoutMs: 60_000 });
    if (exitCode !== 0) throw new Error(`${script}: ${stderr}`);
    return stdout;
  };

  it('makes each missing rootfs with the owner that its ids ask for, leaves the config alone, and the containers start', async () => {
    await host.writeFile('/etc/rc-lxc/host.ini', description('busybox'));
    expect(await host.run([rcLxc, 'apply'])).toMatchObject({ exitCode: 0 });
    const configs = await sh('cat /var/lib/lxc/*/config');
    const before = await sh('find /var/lib/lxc /run/lxc | sort');
    expect(before).not.toContain('rootfs');
    const made = await host.run([rcLxc, 'apply', '--create', '--json'], { timeoutMs: 60_000 });
    expect(made).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(made.stdout)).toMatchObject({ created: ['mapped', 'owned', 'privileged'], withoutRootfs: [] });
    expect(await sh('cat /var/lib/lxc/*/config')).toBe(configs);
    expect(await sh('cd /var/lib/lxc && ls -A */ ')).toBe(
      'mapped/:\nconfig\nrootfs\n\nowned/:\nconfig\nrootfs\n\nprivileged/:\nconfig\nrootfs\n',
    );
    const base = /lxc\.idmap = u 0 (\d+)/u.exec(await sh('cat /var/lib/lxc/owned/config'))?.[1];
    const owner =
      'stat -c %u /var/lib/lxc/mapped/rootfs/bin/busybox /var/lib/lxc/owned/rootfs/bin/busybox /var/lib/lxc/privileged/rootfs/bin/busybox';
    expect(await sh(owner)).toBe(`0\n${base}\n0\n`);
    expect(await sh('find /run/lxc/lock -name "*rc-lxc*"')).toBe('');
    for (const name of ['mapped', 'owned', 'privileged']) {
      expect(await host.sh(`rc-service lxc.${name} start`, { timeoutMs: 60_000 })).toMatchObject({
        stderr: '',
        exitCode: 0,
      });
    }
    expect((await sh('lxc-ls --running -1')).split('\n').filter(Boolean)).toEqual(['mapped', 'owned', 'privileged']);
    await sh('lxc-stop -k -n mapped; lxc-stop -k -n owned; lxc-stop -k -n privileged');
  });

  it('shows what a template that fails said last, leaves nothing of it, and makes the others', async () => {
    await host.writeFile('/usr/share/lxc/templates/lxc-failing', failing, 0o755);
    await host.writeFile('/etc/rc-lxc/host.ini', description('failing --release "7"'));
    const result = await host.run([rcLxc, 'apply', '--create'], { timeoutMs: 60_000 });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('error[create-failed]: privileged:');
    expect(result.stderr).toContain('the mirror does not answer');
    expect(result.stderr).toContain('--release');
    expect(await sh('cd /var/lib/lxc && ls -A mapped owned privileged')).toBe(
      'mapped:\nconfig\nrootfs\n\nowned:\nconfig\nrootfs\n\nprivileged:\nconfig\n',
    );
    expect(await sh('find /run/lxc/lock -name "*rc-lxc*"')).toBe('');
  });

  it.each(['INT', 'TERM'])(
    'removes what there is of a rootfs when SIG%s breaks it off, and starts afresh after SIGKILL',
    async (signal) => {
      await host.writeFile('/usr/share/lxc/templates/lxc-waiting', waiting, 0o755);
      await host.writeFile('/etc/rc-lxc/host.ini', description('waiting').replaceAll('template = busybox', ''));
      const broken = (name: string): Promise<{ exitCode: number; stderr: string }> =>
        host.sh(
          `rm -f /run/template-runs; ${rcLxc} apply --create & pid=$!
        for i in $(seq 100); do [ -e /run/template-runs ] && break; sleep 0.1; done
        kill -${name} $(pgrep -P $pid -x node || echo $pid); wait $pid`,
          { timeoutMs: 60_000 },
        );
      const { exitCode, stderr } = await broken(signal);
      expect(stderr).toContain('interrupted');
      expect(exitCode).toBe(1);
      expect(await sh('ls -A /var/lib/lxc/privileged')).toBe('config\n');
      expect((await host.sh('pgrep -f "^sleep 60"')).stdout).toBe('');
      await broken('KILL');
      expect(await sh('ls -A /var/lib/lxc/privileged')).toContain('.rc-lxc-create');
      await host.sh('pkill -x sleep');
      await host.writeFile('/etc/rc-lxc/host.ini', description('busybox'));
      expect(await host.run([rcLxc, 'apply', '--create'], { timeoutMs: 60_000 })).toMatchObject({ exitCode: 0 });
      expect(await sh('ls -A /var/lib/lxc/privileged')).toBe('config\nrootfs\n');
    },
  );
});

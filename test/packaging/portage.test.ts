import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { toGentoo } from '../../src/ebuild/versions.ts';
import type { ThrowawayHost } from '../../src/lab/host.ts';
import { bootGentoo, checkout, portageRefusal, told } from './support/portage.ts';
import { pack, run, withNode } from './support/tarball.ts';

const refusal = portageRefusal();
if (refusal !== undefined) process.stdout.write(`skipped: Portage and pkgcheck: ${refusal}\n`);

const version = toGentoo(metadata.version) ?? '';
const folder = '/var/db/repos/rc-lxc/app-containers/rc-lxc';
const ebuild = `${folder}/rc-lxc-${version}.ebuild`;
const image = `/var/tmp/portage/app-containers/rc-lxc-${version}/image`;

describe.skipIf(refusal !== undefined)('the overlay, with the real Portage', () => {
  let work = '';
  let host: ThrowawayHost;
  let ours = '';

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'rc-lxc-portage-'));
    const tarball = pack(checkout, join(work, 'release'), withNode());
    cpSync(join(checkout, 'ebuild'), join(work, 'overlay'), { recursive: true });
    // What is recorded is of the release; these are the sources as they are now.
    const options = ['--overlay', join(work, 'overlay'), '--distdir', join(work, 'release')];
    run([join(checkout, 'bin/rc-lxc'), 'ebuild', 'manifest', '--replace', ...options]);
    ours = readFileSync(join(work, 'overlay/app-containers/rc-lxc/Manifest'), 'utf8');
    host = await bootGentoo(join(work, 'overlay'));
    const data = readFileSync(tarball).toString('base64');
    await host.sh(`base64 -d >"/var/cache/distfiles/$1"`, { arguments: [basename(tarball)], input: data });
  });
  afterAll(async () => {
    await host.stop();
    rmSync(work, { recursive: true, force: true });
  });

  const phases = async (use: string, ...names: readonly string[]): Promise<string> => {
    const features = names.includes('test') ? 'FEATURES=test' : 'FEATURES=';
    const { stdout, stderr } = await told(host, ['env', `USE=${use}`, features, 'ebuild', ebuild, ...names]);
    return stdout + stderr;
  };

  it('pkgcheck has nothing to say', async () => {
    const { stdout } = await told(host, [
      'pkgcheck',
      'scan',
      '--repo',
      '/var/db/repos/rc-lxc',
      '--exit=style,warning,error',
    ]);
    expect(stdout).toBe('');
  });

  it('a Manifest is what Portage writes', async () => {
    await told(host, ['rm', `${folder}/Manifest`]);
    await phases('', 'manifest');
    expect(await host.readFile(`${folder}/Manifest`)).toBe(ours);
  });

  it('unpacks, compiles, tests and installs without a network, into an image of the right owners and modes', async () => {
    const said = await phases('test lab doc', 'clean', 'unpack', 'compile', 'test', 'install');
    expect(said).toContain('sh build/self-check.sh');
    expect(said).not.toMatch(/QA Notice|DEPRECATED/u);
    const { stdout } = await told(host, ['find', image, '-printf', '%M %u:%g /%P\n']);
    const entries = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '));
    expect([...new Set(entries.map(([, owner]) => owner))]).toEqual(['root:root']);
    const programs = entries.filter(([mode]) => mode === '-rwxr-xr-x').map(([, , path = '']) => path);
    expect(programs.toSorted((one, other) => (one < other ? -1 : 1))).toEqual([
      '/etc/init.d/rc-lxc',
      '/etc/init.d/rc-lxc-dnsmasq',
      '/etc/init.d/rc-lxc-link',
      '/etc/init.d/rc-lxc-nft',
      '/usr/lib/rc-lxc/main.mjs',
    ]);
    const strange = entries.filter(
      ([mode = '']) => !['-rw-r--r--', '-rwxr-xr-x', 'drwxr-xr-x', 'lrwxrwxrwx'].includes(mode),
    );
    expect(strange).toEqual([]);
    const places =
      /^\/$|^\/(?:etc(?:\/(?:init|conf)\.d)?|usr(?:\/(?:bin|lib|libexec|share))?)$|^\/etc\/(?:init|conf)\.d\/rc-lxc[a-z-]*$|^\/usr\/bin\/rc-lxc$|^\/usr\/lib(?:exec)?\/rc-lxc(?:\/|$)|^\/usr\/share\/(?:doc|man|bash-completion|zsh)(?:\/|$)/u;
    expect(entries.filter(([, , path = '']) => !places.test(path))).toEqual([]);
  });

  it('leaves the throw-away host out without USE=lab, and says so when it is asked for', async () => {
    await phases('-lab -doc', 'clean', 'install');
    const { stdout } = await host.run(['find', image, '-path', '*/rc-lxc/lab/*']);
    expect(stdout).toBe('');
    const { stderr, exitCode } = await host.run([
      `${image}/usr/lib/rc-lxc/main.mjs`,
      'lab',
      '-c',
      join(checkout, 'examples/excelsior/host.ini'),
    ]);
    expect(stderr).toContain('error[lab-refused]');
    expect(stderr).toContain('USE=lab');
    expect(exitCode).toBe(1);
  });

  it('merges, and runs the main scenario from what is installed', async () => {
    await phases('lab', 'clean', 'install', 'qmerge');
    await told(host, [
      'sh',
      '-ec',
      `
      mkdir -p /etc/rc-lxc
      cp /usr/share/doc/rc-lxc-${version}/examples/excelsior/host.ini /etc/rc-lxc/
      ip link add eth0 type dummy && ip link set eth0 up
      rc-lxc check && rc-lxc apply --create
      echo '::respawn:/bin/busybox httpd -f -p 80 -h /' >>/var/lib/lxc/web1/rootfs/etc/inittab
      rc-service lxc.web1 start
      rc-service lxc.web1 status
      busybox ping -c 1 -W 2 10.0.3.11
      rc-service lxc.db1 stop`,
    ]);
    const { stdout } = await host.run(['rc-lxc', 'status', '--json']);
    expect(stdout).toContain('web1');
  });

  it('is up to date by its own word, by pkgcheck’s and by Portage’s', async () => {
    const { stdout } = await told(host, ['rc-lxc', 'ebuild', 'check', '--overlay', '/var/db/repos/rc-lxc']);
    expect(stdout).toContain('up to date; pkgcheck has no objection, portage has no objection');
  });

  it('is removed again, and leaves what was edited', async () => {
    await host.sh('echo "# mine" >>/etc/conf.d/rc-lxc');
    await phases('', 'unmerge');
    expect(await host.exists('/etc/init.d/rc-lxc')).toBe(false);
    expect(await host.exists('/usr/lib/rc-lxc/main.mjs')).toBe(false);
    expect(await host.readFile('/etc/conf.d/rc-lxc')).toContain('# mine');
  });
});

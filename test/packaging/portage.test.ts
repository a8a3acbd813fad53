import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { toGentoo } from '../../src/ebuild/versions.ts';
import type { ThrowawayHost } from '../../src/lab/host.ts';
import { bootGentoo, checkout, portageRefusal, putDistfile, standInForLxc, told } from './support/portage.ts';
import { repositoryOfRelease } from './support/repository.ts';

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
  let tarball = '';

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'rc-lxc-portage-'));
    const { top } = repositoryOfRelease(join(work, 'rc-lxc'));
    ours = readFileSync(join(top, 'ebuild/app-containers/rc-lxc/Manifest'), 'utf8');
    host = await bootGentoo(join(top, 'ebuild'), top);
    tarball = join(top, `release/rc-lxc-${metadata.version}.tar.gz`);
    await standInForLxc(host);
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

  it('says how the tarball is made, and takes no other', async () => {
    const missing = await host.run(['ebuild', ebuild, 'fetch']);
    expect(missing.stderr).toContain(`git checkout v${metadata.version} && make dist`);
    expect(missing.stderr).toContain(`cp release/rc-lxc-${metadata.version}.tar.gz "$(portageq envvar DISTDIR)"`);
    expect(missing.exitCode).not.toBe(0);
    await host.sh(`echo other >/var/cache/distfiles/rc-lxc-${metadata.version}.tar.gz`);
    const other = await host.run(['ebuild', ebuild, 'unpack']);
    expect(other.stdout + other.stderr).toContain('_checksum_failure_');
    expect(other.exitCode).not.toBe(0);
    await putDistfile(host, tarball);
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

  it('emerges one package: LXC, rc-lxc and what they need', { timeout: 300_000 }, async () => {
    const { stdout, stderr } = await told(host, [
      'sh',
      '-ec',
      `
      mkdir -p /etc/portage/package.mask /etc/portage/package.use /etc/portage/package.accept_keywords
      echo app-containers/lxc::gentoo >/etc/portage/package.mask/rc-lxc
      echo 'sys-libs/libcap static-libs' >/etc/portage/package.use/rc-lxc
      printf 'app-containers/%s ~amd64\\n' lxc rc-lxc >/etc/portage/package.accept_keywords/rc-lxc
      emerge app-containers/lxc`,
    ]);
    expect(stdout).toMatch(/>>> Completed \(\d+ of \d+\) app-containers\/rc-lxc-/u);
    expect(stdout).toMatch(/>>> Completed \(\d+ of \d+\) app-containers\/lxc-6\.0\.2::rc-lxc/u);
    expect(stdout + stderr).not.toContain('QA Notice');
    expect(stdout).toContain('net-dns/dnsmasq (for networks with dhcp = yes)');
    const { stdout: services } = await host.sh('find /etc/init.d -name "*lxc*" -printf "%M %f -> %l\\n"');
    expect(
      services
        .trimEnd()
        .split('\n')
        .map((line) => line.trimEnd())
        .toSorted(),
    ).toEqual([
      '-rwxr-xr-x lxc-containers ->',
      '-rwxr-xr-x lxc-net ->',
      '-rwxr-xr-x rc-lxc ->',
      '-rwxr-xr-x rc-lxc-dnsmasq ->',
      '-rwxr-xr-x rc-lxc-link ->',
      '-rwxr-xr-x rc-lxc-nft ->',
      'lrwxrwxrwx lxc -> rc-lxc',
    ]);
  });

  it('runs the main scenario from what is merged', async () => {
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
    // Portage's own files are nothing that an older setup left.
    expect((await host.run(['rc-lxc', 'doctor'])).stdout).toMatch(/^leftovers +looked at/mu);
  });

  it('is up to date by its own word, by pkgcheck’s and by Portage’s', async () => {
    const { stdout } = await told(host, ['rc-lxc', 'ebuild', 'check', '--overlay', '/var/db/repos/rc-lxc']);
    expect(stdout).toContain('up to date; pkgcheck has no objection, portage has no objection');
    // Of LXC too, whose Manifest Portage wrote here.
    const manifest = ['rc-lxc', 'ebuild', 'manifest', '--overlay', '/var/db/repos/rc-lxc'];
    expect((await told(host, manifest)).stdout).toBe('nothing to change\n');
  });

  it('builds what is not released: from a tarball, and from a clone with npm', async () => {
    const live = `${folder}/rc-lxc-9999.ebuild`;
    const built = image.replace(version, '9999');
    await told(host, [
      'env',
      'FEATURES=test',
      'USE=test',
      `RC_LXC_TARBALL=/var/cache/distfiles/${basename(tarball)}`,
      'ebuild',
      live,
      'clean',
      'test',
      'install',
    ]);
    const fromTarball = await told(host, [
      'sh',
      '-c',
      'cd "$1" && find . -type f | sort | xargs sha256sum',
      'sh',
      built,
    ]);
    const said = await host.run(['env', 'RC_LXC_TARBALL=/nowhere', 'ebuild', live, 'clean', 'unpack']);
    expect(said.stdout + said.stderr).toContain('must name a file that Portage');
    const nowhere = await host.run(['ebuild', live, 'clean', 'unpack']);
    expect(nowhere.stdout + nowhere.stderr).toContain('RC_LXC_REPO_URI names');
    await host.sh(`
      printf '#!/bin/sh\\nexec sh %s/test/overlay/npm.sh %s/node_modules\\n' '${checkout}' '${checkout}' >/usr/local/bin/npm
      chmod 0755 /usr/local/bin/npm
      git clone -q /mnt/rc-lxc /usr/src/theirs && chown -R nobody /usr/src/theirs`);
    await told(host, ['env', 'RC_LXC_REPO_URI=file:///usr/src/theirs', 'ebuild', live, 'clean', 'install']);
    const fromClone = await told(host, ['sh', '-c', 'cd "$1" && find . -type f | sort | xargs sha256sum', 'sh', built]);
    expect(fromClone.stdout).toBe(fromTarball.stdout);
  });

  it('is removed again, and leaves what was edited', async () => {
    await host.sh('echo "# mine" >>/etc/conf.d/rc-lxc');
    await phases('', 'unmerge');
    expect(await host.exists('/etc/init.d/rc-lxc')).toBe(false);
    expect(await host.exists('/usr/lib/rc-lxc/main.mjs')).toBe(false);
    expect(await host.readFile('/etc/conf.d/rc-lxc')).toContain('# mine');
  });
});

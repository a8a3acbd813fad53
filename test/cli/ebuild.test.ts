import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { program, rcLxc, scratch } from './support.ts';

// Each test runs the program several times.
vi.setConfig({ testTimeout: 60_000 });

const shipped = resolve(import.meta.dirname, '../../ebuild');

/** A copy of the overlay that is shipped, and a folder for files that are fetched. */
function copy(): { overlay: string; files: string; ebuild(...args: string[]): ReturnType<typeof rcLxc> } {
  const top = scratch();
  const [overlay, files] = [join(top, 'overlay'), join(top, 'files')];
  cpSync(shipped, overlay, { recursive: true });
  mkdirSync(files);
  return {
    overlay,
    files,
    ebuild: (action, ...args) => rcLxc(['ebuild', action ?? '', ...args, '--overlay', overlay, '--distdir', files]),
  };
}

const manifestOf = (overlay: string, name: string): string => join(overlay, 'app-containers', name, 'Manifest');

function fetched(files: string, name: string, text = name): void {
  writeFileSync(join(files, name), text);
}

describe('the overlay that is shipped', () => {
  it('is what this version generates', () => {
    const { stdout, exitCode } = copy().ebuild('check', '--no-tools');
    expect(stdout).toContain('up to date; pkgcheck was not asked, portage was not asked');
    expect(exitCode).toBe(0);
  });

  it('is checked as far as it goes where neither pkgcheck nor Portage is installed', () => {
    const { overlay } = copy();
    const bin = scratch();
    for (const [name, from] of [
      ['node', process.execPath],
      ['sh', '/bin/sh'],
      ['env', '/usr/bin/env'],
      ['dirname', '/usr/bin/dirname'],
      ['readlink', '/usr/bin/readlink'],
    ] as const)
      symlinkSync(from, join(bin, name));
    const { stdout, exitCode } = rcLxc(['ebuild', 'check', '--overlay', overlay], { env: { PATH: bin } });
    expect(stdout).toContain('up to date; pkgcheck was not asked, portage was not asked');
    expect(exitCode).toBe(0);
    writeFileSync(join(bin, 'pkgcheck'), '#!/bin/sh\necho BadLine: in some ebuild\nexit 1\n', { mode: 0o755 });
    const asked = rcLxc(['ebuild', 'check', '--overlay', overlay], { env: { PATH: bin } });
    expect(asked.stdout).toContain('pkgcheck objects:\nBadLine: in some ebuild\n');
    expect(asked.stdout).toContain('up to date; pkgcheck objects, portage was not asked');
    expect(asked.exitCode).toBe(1);
  });

  it('can be made anew in an empty folder', () => {
    const overlay = join(scratch(), 'new');
    expect(rcLxc(['ebuild', 'update', '--overlay', overlay]).stdout).toContain('written   profiles/repo_name');
    expect(rcLxc(['ebuild', 'check', '--no-tools', '--overlay', overlay]).exitCode).toBe(0);
    expect(rcLxc(['ebuild', 'update', '--overlay', overlay]).stdout).toBe('nothing to change\n');
  });
});

describe('bump', () => {
  it('adds an ebuild and the sums of its files, and all is up to date', () => {
    const { overlay, files, ebuild } = copy();
    fetched(files, 'lxc-6.0.3.tar.gz', 'a release');
    fetched(files, 'lxc-6.0.3.tar.gz.asc');
    expect(ebuild('bump', 'v6.0.3', '-p', 'lxc').stdout).toContain('written   app-containers/lxc/lxc-6.0.3.ebuild');
    const manifest = readFileSync(manifestOf(overlay, 'lxc'), 'utf8').split('\n');
    expect(manifest.map((line) => line.split(' ')[1])).toEqual([
      'lxc-6.0.2.tar.gz',
      'lxc-6.0.2.tar.gz.asc',
      'lxc-6.0.3.tar.gz',
      'lxc-6.0.3.tar.gz.asc',
      undefined,
    ]);
    expect(manifest[2]).toMatch(/^DIST lxc-6\.0\.3\.tar\.gz 9 BLAKE2B [0-9a-f]{128} SHA512 [0-9a-f]{128}$/u);
    expect(ebuild('check', '--no-tools').exitCode).toBe(0);
  });

  it('writes a stage before a release as Gentoo does, and fetches it as upstream spells it', () => {
    const { overlay, files, ebuild } = copy();
    fetched(files, 'lxc-7.0.0.rc1.tar.gz');
    fetched(files, 'lxc-7.0.0.rc1.tar.gz.asc');
    expect(ebuild('bump', '7.0.0-rc.1', '-p', 'lxc').exitCode).toBe(0);
    const text = readFileSync(join(overlay, 'app-containers/lxc/lxc-7.0.0_rc1.ebuild'), 'utf8');
    expect(text).toContain('MY_P="${PN}-7.0.0.rc1"');
    expect(text).toContain('S="${WORKDIR}/${MY_P}"');
    for (const option of ['landlock-monitor', 'api-docs']) expect(text).toContain(option);
  });

  it('gives a build no option that its release does not know', () => {
    const { overlay } = copy();
    const text = readFileSync(join(overlay, 'app-containers/lxc/lxc-6.0.2.ebuild'), 'utf8');
    for (const option of ['landlock', 'api-docs', 'doxygen']) expect(text).not.toContain(option);
  });

  it('needs no new files for a revision', () => {
    expect(copy().ebuild('bump', '6.0.2-r1', '-p', 'lxc').stdout).toContain('lxc-6.0.2-r1.ebuild');
  });

  it.each([
    [['latest'], 'error[version-invalid]: "latest" is no version'],
    [[], 'error[version-invalid]: bump to which version?'],
    [['9999'], 'error[version-invalid]: 9999 is what stands for version control'],
    [['99999.0.0', '-p', 'lxc'], 'error[version-gap]'],
    [['7.0', '-p', 'lxc'], 'error[version-gap]: lxc: 7.0 does not follow 6.0.2'],
    [['6.0.1', '-p', 'lxc'], 'error[downgrade]: lxc: 6.0.1 is older than 6.0.2'],
    [['6.0.2', '-p', 'lxc'], 'error[already-there]'],
    [['6.0.5', '-p', 'lxc'], 'error[version-gap]: lxc: 6.0.5 does not follow 6.0.2'],
    [['6.0.2-r3', '-p', 'lxc'], 'error[version-gap]'],
    [['6.0.3', '-p', 'lxc'], 'lxc-6.0.3.tar.gz: there is no such file'],
    [['6.0.3', '-p', 'lxd'], 'error[unknown-package]'],
    [['6.0.3', '-p', 'lxc', '--releases', '/nowhere/list'], 'error[unreadable]: /nowhere/list'],
  ])('refuses %j, and writes nothing', (args, message) => {
    const { overlay, ebuild } = copy();
    const { stderr, exitCode } = ebuild('bump', ...args);
    expect(stderr).toContain(message);
    expect(stderr).toContain('hint:');
    expect(exitCode).toBe(1);
    expect(rcLxc(['ebuild', 'update', '--overlay', overlay]).stdout).toBe('nothing to change\n');
  });

  it('asks the list of releases at a URL', async () => {
    const { files, overlay } = copy();
    fetched(files, 'lxc-7.0.0.tar.gz');
    fetched(files, 'lxc-7.0.0.tar.gz.asc');
    const server = createServer((request, answer) => {
      answer.statusCode = request.url === '/list' ? 200 : 404;
      answer.end('<a href="lxc-6.0.2.tar.gz"> <a href="lxc-6.0.3.tar.gz"> <a href="lxc-7.0.0.tar.gz">');
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ask = async (...args: string[]): Promise<string> =>
      new Promise((done) => {
        const child = spawn(program, [
          'ebuild',
          'bump',
          '7.0.0',
          '-p',
          'lxc',
          '--overlay',
          overlay,
          '--distdir',
          files,
          ...args,
        ]);
        let said = '';
        child.stdout.on('data', (data: Buffer) => (said += data.toString()));
        child.stderr.on('data', (data: Buffer) => (said += data.toString()));
        child.on('close', () => done(said));
      });
    expect(await ask('--releases', `${url}/list`)).toContain('between 6.0.2 and 7.0.0 there is 6.0.3');
    expect(await ask('--releases', `${url}/gone`)).toContain('the server says 404');
    expect(await ask('--releases', `${url}/list`, '--skip')).toContain('written   app-containers/lxc/lxc-7.0.0.ebuild');
    await new Promise((done) => server.close(done));
    expect(await ask('--releases', `${url}/list`)).toContain('error[unreadable]');
  });
});

describe('Manifests', () => {
  it('refuse a file that is not the one recorded, unless told', () => {
    const { overlay, files, ebuild } = copy();
    fetched(files, 'lxc-6.0.2.tar.gz', 'somebody else’s');
    const before = readFileSync(manifestOf(overlay, 'lxc'), 'utf8');
    const { stderr } = ebuild('manifest');
    expect(stderr).toContain('error[distfile-changed]');
    expect(readFileSync(manifestOf(overlay, 'lxc'), 'utf8')).toBe(before);
    expect(ebuild('manifest', '--replace').stdout).toContain('written   app-containers/lxc/Manifest');
  });

  it.each([
    ['DIST x y z\n', 'this is no entry of a thin Manifest'],
    ['<<<<<<< HEAD\n', 'this is no entry of a thin Manifest'],
    ['DIST lxc-6.0.2.tar.gz 1 BLAKE2B 00', 'its last line is cut off'],
  ])('that are corrupt are shown with their line: %j', (text, message) => {
    const { overlay, ebuild } = copy();
    appendFileSync(manifestOf(overlay, 'lxc'), text);
    const { stderr, exitCode } = ebuild('check', '--no-tools');
    expect(stderr).toContain(message);
    expect(stderr).toContain('error[manifest-corrupt]');
    expect(exitCode).toBe(1);
  });

  it('that lack a file, or have one too many, are out of date', () => {
    const { overlay, ebuild } = copy();
    const path = manifestOf(overlay, 'lxc');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('lxc-6.0.2.tar.gz.asc', 'lxc-5.0.0.tar.gz.asc'));
    const { stdout, exitCode } = ebuild('check', '--no-tools');
    expect(stdout).toContain('missing   lxc-6.0.2.tar.gz.asc in the Manifest of lxc');
    expect(stdout).toContain('needless  lxc-5.0.0.tar.gz.asc in the Manifest of lxc');
    expect(exitCode).toBe(1);
  });
});

describe('what a person has edited', () => {
  it('is kept and shown, by every action', () => {
    const { overlay, files, ebuild } = copy();
    const path = join(overlay, 'app-containers/lxc/lxc-6.0.2.ebuild');
    const mine = readFileSync(path, 'utf8').replace('+seccomp', 'seccomp');
    writeFileSync(path, mine);
    for (const name of ['lxc-6.0.3.tar.gz', 'lxc-6.0.3.tar.gz.asc']) fetched(files, name);
    for (const action of [
      ['check', '--no-tools'],
      ['update'],
      ['manifest'],
      ['bump', '6.0.3', '-p', 'lxc'],
      ['prune', '--keep', '1'],
    ]) {
      const { stdout, exitCode } = ebuild(...action);
      expect(stdout).toContain('edited    app-containers/lxc/lxc-6.0.2.ebuild: kept as it is');
      expect(stdout).toContain('+IUSE="apparmor +caps examples io-uring man pam +seccomp');
      expect(exitCode).toBe(0);
      expect(readFileSync(path, 'utf8')).toBe(mine);
    }
  });

  it('that was only out of date is written anew', () => {
    const { overlay, ebuild } = copy();
    const path = join(overlay, 'metadata/layout.conf');
    const sum = /^[0-9a-f]{64}(?= {2}metadata\/layout\.conf$)/mu;
    const record = join(overlay, 'metadata/rc-lxc.sha256');
    writeFileSync(path, 'masters = gentoo\n');
    writeFileSync(
      record,
      readFileSync(record, 'utf8').replace(sum, '35c84e5a42cd0e9c0d0ad3f31ac2ba8a4a6a5bd1e6fa8e19da52aab2a9f5b1a5'),
    );
    expect(ebuild('check', '--no-tools').stdout).toContain('edited    metadata/layout.conf');
  });
});

describe('prune', () => {
  it('leaves the newest releases, and what they need in the Manifest', () => {
    const { overlay, files, ebuild } = copy();
    for (const name of ['lxc-6.0.3.tar.gz', 'lxc-6.0.3.tar.gz.asc']) fetched(files, name);
    ebuild('bump', '6.0.2-r1', '-p', 'lxc');
    ebuild('bump', '6.0.3', '-p', 'lxc');
    expect(ebuild('prune').stdout).toBe('removed   app-containers/lxc/lxc-6.0.2.ebuild\n');
    expect(ebuild('prune', '--keep', '1').stdout).toContain('removed   app-containers/lxc/lxc-6.0.2-r1.ebuild');
    expect(readFileSync(manifestOf(overlay, 'lxc'), 'utf8')).not.toContain('6.0.2');
    expect(ebuild('check', '--no-tools').exitCode).toBe(0);
    expect(ebuild('prune', '--keep', '0').stderr).toContain('error[number-invalid]');
  });
});

describe('ebuild', () => {
  it.each([
    [['bumb'], 'did you mean bump?'],
    [['check', '1.2.3'], 'ebuild check takes no version'],
  ])('refuses %j', (args, message) => expect(rcLxc(['ebuild', ...args]).stderr).toContain(message));

  it('touches no other repository', () => {
    const top = scratch();
    writeFileSync(join(top, 'notes'), 'mine');
    expect(rcLxc(['ebuild', 'update', '--overlay', top]).stderr).toContain('error[not-our-overlay]');
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { rcLxc, scratch, small } from './support.ts';

/** A system below a folder, with these files in it. */
function system(files: Readonly<Record<string, string>>): string {
  const root = scratch();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const programs = Object.fromEntries(['lxc-start', 'openrc-run', 'nft', 'ip'].map((name) => [`/usr/bin/${name}`, '']));
const installed = {
  ...programs,
  '/etc/init.d/rc-lxc': '',
  '/etc/rc-lxc/host.ini': small,
  '/var/lib/lxc/web1/rootfs/sbin/init': '',
};

describe('rc-lxc doctor', () => {
  it('exits with 1 and the remedy where something keeps the description from working', () => {
    const root = system({ ...installed, '/boot/config-6.12.0': 'CONFIG_BRIDGE=y\n' });
    const { stdout, stderr, exitCode } = rcLxc(['doctor', '--root', root]);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error[kernel-option-missing]: internal: this kernel has no CONFIG_VETH');
    expect(stdout).toContain('remedy: build the kernel with CONFIG_VETH');
    expect(stdout).toMatch(/\n\d+ errors, \d+ warnings?\n$/u);
  });

  it('exits with 0 for warnings, and says the same as JSON', () => {
    const root = system(installed);
    const { stdout, exitCode } = rcLxc(['doctor', '--root', root, '--json']);
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as { ok: boolean; checks: { name: string }[]; problems: { code: string }[] };
    expect(report.ok).toBe(true);
    expect(report.checks.map(({ name }) => name)).toContain('kernel');
    expect(report.problems.map(({ code }) => code).toSorted()).toEqual(['kernel-unknown', 'not-applied']);
  });

  it('looks at a host that has no description yet, but not when one is named', () => {
    const root = system(programs);
    expect(rcLxc(['doctor', '--root', root]).stdout).toContain('warning[no-description]');
    const named = rcLxc(['doctor', '--root', root, '-c', join(root, 'none.ini')]);
    expect(named).toMatchObject({ exitCode: 1, stdout: '' });
    expect(named.stderr).toContain('error[source-missing]');
  });

  it('looks at the host in spite of mistakes of the description, and tells both', () => {
    const mistaken = small.replace('id = 11', 'id = 11\nipv4 = 192.0.2.1');
    const { stdout, exitCode } = rcLxc([
      'doctor',
      '--root',
      system({ ...installed, '/etc/rc-lxc/host.ini': mistaken }),
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error[address-outside-network]');
    expect(stdout).toContain('warning[kernel-unknown]');
  });
});

describe('one container of many', () => {
  const two = `${small}\n[container db1]\nid = 12\nnetwork = internal\n`;

  it.each([
    ['status', 'web1'],
    ['firewall', 'web1'],
    ['status', 'lxc.web1'],
  ])('rc-lxc %s %s tells of that one alone', (command, name) => {
    const root = system({ '/etc/rc-lxc/host.ini': two });
    const { stdout, exitCode } = rcLxc([command, name, '--root', root]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('web1');
    expect(stdout).not.toContain('db1');
  });

  it('names the one that was meant', () => {
    const { stderr, exitCode } = rcLxc(['status', 'web2', '--root', system({ '/etc/rc-lxc/host.ini': two })]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error[unknown-container]: there is no container web2');
    expect(stderr).toContain('did you mean "web1"?');
  });
});

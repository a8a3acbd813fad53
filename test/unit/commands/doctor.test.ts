import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Problem } from '../../../src/base/errors.ts';
import { doctorText } from '../../../src/commands/doctor/text.ts';
import { illnesses, withoutOption } from './illnesses.ts';
import { examine, patient } from './patient.ts';
import type { Change } from './patient.ts';

async function problemsOf(change: Change): Promise<readonly Problem[]> {
  return (await examine(change)).flatMap(({ problems }) => problems);
}

describe('a host that is as it should be', () => {
  it('has nothing wrong', async () => {
    const { model } = patient({});
    const idMap = model.containers[0]?.idMap;
    const ids = `root:${idMap?.base}:${idMap?.count}\n`;
    const files = { '/etc/subuid': ids, '/etc/subgid': ids };
    expect(await problemsOf({ files })).toEqual([]);
  });
});

describe('what the doctor finds', () => {
  it.each(illnesses)('%s (%s): %s', async (code, severity, message, hint, change) => {
    const found = (await problemsOf(change)).filter(
      (problem) => problem.code === code && message.test(problem.message),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.severity).toBe(severity);
    expect(found[0]?.hint).toMatch(hint);
  });

  it('has a test for each code', () => {
    const folder = join(import.meta.dirname, '../../../src/commands/doctor');
    const codes = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/problem\(\s*'([a-z0-9-]+)'/gu)].map(
        ([, code = '']) => code,
      ),
    );
    expect(codes.filter((code) => !illnesses.some(([tested]) => tested === code))).toEqual([]);
  });

  it('is told at 80 columns', async () => {
    for (const [, , , , change] of illnesses) {
      const lines = doctorText(await examine(change));
      // A word that is longer than a line stands in one of its own.
      expect(lines.filter((line) => line.length > 80 && line.trim().includes(' ', 60))).toEqual([]);
    }
  });
});

describe('below another root', () => {
  it('looks at the newest kernel that is installed there, at services, ids, configs and rc.conf', async () => {
    const found = await problemsOf({
      live: false,
      files: {
        '/lib/modules/6.6.9/modules.dep': '',
        '/boot/config-6.12.1-gentoo': withoutOption('CONFIG_VETH'),
        '/etc/subuid': undefined,
        '/etc/rc.conf': 'rc_cgroup_mode="legacy"\n',
        '/etc/runlevels/default/lxc.web1': undefined,
        '/var/lib/lxc/old/config': 'lxc.utsname = old\n',
      },
    });
    expect(new Set(found.map(({ code }) => code))).toEqual(
      new Set([
        'kernel-option-missing',
        'legacy-cgroup-mode',
        'subid-missing',
        'service-not-in-runlevel',
        'legacy-config',
      ]),
    );
    expect(found.find(({ code }) => code === 'kernel-option-missing')?.message).toMatch(/^internal: .*CONFIG_VETH/u);
  });
});

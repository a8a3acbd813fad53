import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compareVersions, parseGentoo, toGentoo, toSemver } from '../../../src/ebuild/versions.ts';

const python = '/var/cache/rc-lxc/portage/bin/python';

const number = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map(String),
  fc.constantFrom('01', '010', '10', '100', '001', '99999999999999999999'),
);
const suffix = fc
  .tuple(fc.constantFrom('alpha', 'beta', 'pre', 'rc', 'p'), fc.constantFrom('', '0', '1', '2', '10', '01'))
  .map(([kind, of]) => `_${kind}${of}`);
const version = fc
  .tuple(
    fc.array(number, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', '', '', 'a', 'b'),
    fc.array(suffix, { maxLength: 2 }),
    fc.constantFrom('', '', '-r0', '-r1', '-r2', '-r10'),
  )
  .map(([numbers, letter, suffixes, revision]) => `${numbers.join('.')}${letter}${suffixes.join('')}${revision}`);

describe('versions of Gentoo', () => {
  it.each([
    ['1.2.3', '1.2.3'],
    ['v1.2.3', '1.2.3'],
    ['1.2.3-rc.1', '1.2.3_rc1'],
    ['1.2.3-rc1', '1.2.3_rc1'],
    ['1.2.3-alpha', '1.2.3_alpha'],
    ['1.2.3-beta.2+p.4', '1.2.3_beta2_p4'],
    ['1.2.3+5', '1.2.3_p5'],
    ['7.0', '7.0'],
    ['6.0.2-r1', '6.0.2-r1'],
    ['1.2.3_p20260101', '1.2.3_p20260101'],
  ])('%s is %s', (text, gentoo) => expect(toGentoo(text)).toBe(gentoo));

  it.each([
    '',
    'latest',
    '1..2',
    '1.2.3-',
    '1.2.3-dev',
    '1.2.3-rc.1.2',
    '1.2.3+exp.sha',
    '../1.2.3',
    '1.2.3 ',
    '1.2.3\n',
    '-1',
    '1.2.3-r',
    '1.2.3_rc1_',
  ])('%j is none', (text) => expect(toGentoo(text)).toBeUndefined());

  it('comes back from semver', () => {
    const semver = fc
      .tuple(
        fc.nat(99),
        fc.nat(99),
        fc.nat(99),
        fc.option(fc.tuple(fc.constantFrom('alpha', 'beta', 'pre', 'rc'), fc.nat(20))),
        fc.option(fc.nat(20)),
      )
      .map(
        ([major, minor, patch, stage, later]) =>
          `${major}.${minor}.${patch}${stage === null ? '' : `-${stage.join('.')}`}${later === null ? '' : `+p.${later}`}`,
      );
    expect(fc.sample(semver, 500).filter((text) => toSemver(toGentoo(text) ?? '') !== text)).toEqual([]);
  });

  it('has an order: each before the next', () => {
    const order = [
      '1.0_alpha',
      '1.0_alpha1',
      '1.0_beta',
      '1.0_pre',
      '1.0_rc1',
      '1.0_rc1_p1',
      '1.0_rc2',
      '1.0',
      '1.0-r1',
      '1.0_p',
      '1.0_p1',
      '1.0.0',
      '1.0a',
      '1.01',
      '1.02',
      '1.1',
      '1.10',
      '2',
    ];
    const bad = order.slice(1).filter((each, at) => compareVersions(order[at] ?? '', each) >= 0);
    // 1.0.0 has more numbers than 1.0a, which is what counts first.
    expect(bad).toEqual(['1.0a']);
  });

  it.skipIf(!existsSync(python))("is Portage's order, for any two versions", () => {
    const pairs = fc.sample(fc.tuple(version, version), 3000);
    expect(pairs.flat().filter((each) => parseGentoo(each) === undefined)).toEqual([]);
    const script = `import sys
from portage.versions import vercmp
for line in sys.stdin:
    order = vercmp(*line.split())
    print((order > 0) - (order < 0))`;
    const { stdout } = spawnSync(python, ['-c', script], {
      input: pairs.map((pair) => `${pair.join(' ')}\n`).join(''),
      encoding: 'utf8',
      env: { ...process.env, PORTAGE_OVERRIDE_EPREFIX: '' },
    });
    const theirs = stdout.trim().split('\n').map(Number);
    const wrong = pairs.filter(([one, other], at) => Math.sign(compareVersions(one, other)) !== theirs[at]);
    expect(theirs.length).toBe(pairs.length);
    expect(wrong).toEqual([]);
  });
});

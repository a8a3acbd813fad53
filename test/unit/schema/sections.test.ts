import { describe, expect, test } from 'vitest';

import { networkTypeNames } from '../../../src/networks/names.ts';
import { isSectionKind, keyLabel, keySpec, sectionSpec, sections } from '../../../src/schema/index.ts';
import { sectionKinds } from '../../../src/schema/kinds.ts';
import { sectionNameProblem } from '../../../src/schema/section-names.ts';
import { parseValue } from '../../../src/schema/values/index.ts';
import { parseSource } from '../../../src/source/parse.ts';

const declared = sections.flatMap((section) =>
  section.keys.map((key) => ({ section, key, label: `${section.kind}.${keyLabel(key)}` })),
);

test('every kind has its section, in the order of the manual', () => {
  expect(sections.map(({ kind }) => kind)).toEqual(sectionKinds);
  expect(sectionKinds.map((kind) => sectionSpec(kind).kind)).toEqual(sectionKinds);
  expect([isSectionKind('container'), isSectionKind('site'), isSectionKind('__proto__')]).toEqual([true, false, false]);
});

test('no key is declared twice in a section', () => {
  expect(new Set(declared.map(({ label }) => label)).size).toBe(declared.length);
});

describe.each(declared)('$label', ({ section, key }) => {
  test('its documentation is whole', () => {
    expect(key.summary).toMatch(/^[A-Z].*\.$/u);
    expect(key.details ?? 'X.').toMatch(/\.$/u);
    expect(key.since).toMatch(/^\d+\.\d+\.\d+$/u);
    expect(
      key.required === true || key.default !== undefined || key.defaultDoc !== undefined || key.prefix === true,
    ).toBe(true);
    expect(key.references === undefined).toBe(!key.type.startsWith('reference'));
    expect((key.choices ?? []).length > 0).toBe(key.type === 'choice');
    expect(key.prefix === true).toBe(key.suffix !== undefined);
  });

  test('its default is a value', () => {
    expect(key.default === undefined ? {} : parseValue(key.type, key, key.default)).not.toHaveProperty('problem');
  });

  test('its example is a line of a description', () => {
    const { problems, sections: found } = parseSource([
      { path: 'host.ini', text: `${section.example}\n${key.example}\n` },
    ]);
    expect(problems).toEqual([]);
    const [entry] = [...(found[0]?.entries.values() ?? [])];
    expect(entry && keySpec(section.kind, entry.key)).toBe(key);
    expect(parseValue(key.type, key, entry?.value ?? '')).toHaveProperty('ok');
  });
});

test('a key with a dot is found by its prefix, one without is not', () => {
  expect(keySpec('container', 'sysctl.net.core.somaxconn')?.name).toBe('sysctl');
  expect(keySpec('container', 'raw.nofile')?.prefix).toBe(true);
  expect(keySpec('container', 'raw')?.prefix).toBeUndefined();
  expect(keySpec('container', 'sysctl')).toBeUndefined();
  expect(keySpec('container', 'memory.max')).toBeUndefined();
  expect(keySpec('network', 'memory')).toBeUndefined();
});

function names(kind: 'container' | 'profile'): Set<string> {
  return new Set(sectionSpec(kind).keys.map((key) => keyLabel(key)));
}

test('a profile has what a container has, but for what is one alone has', () => {
  const own = ['id', 'use', 'ipv4', 'ipv6', 'mac', 'rootfs', 'needs'];
  expect([...names('container')].filter((name) => !names('profile').has(name)).toSorted()).toEqual(own.toSorted());
  expect([...names('profile')].filter((name) => !names('container').has(name))).toEqual([]);
});

test('the types of network are those that are built', () => {
  expect(keySpec('network', 'type')?.choices).toBe(networkTypeNames);
});

describe('names of sections', () => {
  test.each([
    ['container', 'web1'],
    ['container', 'A-b-9'],
    ['container', 'x'.repeat(63)],
    ['network', 'default'],
    ['nic', 'web1:eth1'],
    ['nic', 'web1:wlan0.7'],
  ] as const)('[%s %s] is one', (kind, name) => {
    expect(sectionNameProblem(sectionSpec(kind), name)).toBeUndefined();
  });

  test.each([
    ['container', '1web'],
    ['container', 'web_1'],
    ['container', 'web/1'],
    ['container', 'web1.sh'],
    ['container', '../web'],
    ['container', 'web\n1'],
    ['container', 'wéb'],
    ['container', 'x'.repeat(64)],
    ['container', 'default'],
    ['container', 'boot'],
    ['container', 'sysinit'],
    ['container', 'shutdown'],
    ['container', 'nonetwork'],
    ['nic', 'web1'],
    ['nic', 'web1:'],
    ['nic', 'web1:eth1:2'],
    ['nic', 'web1:interface-too-long'],
    ['nic', 'web1:eth/1'],
  ] as const)('[%s %s] is none', (kind, name) => {
    expect(sectionNameProblem(sectionSpec(kind), name)?.hint).not.toBe('');
    expect(sectionNameProblem(sectionSpec(kind), name)).toBeDefined();
  });
});

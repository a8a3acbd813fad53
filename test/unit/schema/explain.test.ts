import { expect, test } from 'vitest';

import { explain, explainKey, explanationText } from '../../../src/schema/explain.ts';
import { keyLabel, sections } from '../../../src/schema/index.ts';

test('a key of several sections is told once where they declare it alike', () => {
  expect(explainKey('memory').map((found) => found.sections)).toEqual([['profile', 'container']]);
  expect(explainKey('ipv4').map((found) => found.sections)).toEqual([['host'], ['network'], ['container', 'nic']]);
});

test('a key of one section', () => {
  expect(explainKey('container.memory')).toEqual([
    {
      sections: ['container'],
      key: 'memory',
      type: 'a size in bytes, with K, M, G or T (1024)',
      summary: 'The memory it may use; beyond that the kernel ends its processes.',
      range: '1M or more',
      default: 'no limit',
      example: 'memory = 512M',
      since: '0.1.0',
    },
  ]);
});

test.each([
  'sysctl',
  'sysctl.NAME',
  'sysctl.net.core.somaxconn',
  'container.sysctl',
  'container.sysctl.net.core.somaxconn',
])('%s is the prefix', (query) => {
  expect(explainKey(query).map(({ key }) => key)).toEqual(['sysctl.NAME']);
});

test('every key has an answer, by its name and by its section', () => {
  for (const section of sections) {
    for (const key of section.keys) {
      expect(explainKey(keyLabel(key)).some(({ summary }) => summary === key.summary)).toBe(true);
      expect(explainKey(`${section.kind}.${key.name}`).some(({ summary }) => summary === key.summary)).toBe(true);
    }
  }
});

test('a section lists its keys, with or without brackets', () => {
  expect(explain('nic')).toEqual(explain('[nic]'));
  const text = explanationText(explain('nic'));
  expect(text.split('\n')[0]).toBe('[nic web1:eth1]: one more interface of a container');
  expect(text).toContain('  network  The network that the interface is in.');
});

test('without a query the sections are listed', () => {
  expect(
    explanationText(explain(undefined))
      .split('\n')
      .map((line) => line.trim().split(' ')[0]),
  ).toEqual(['[host]', '[network]', '[profile]', '[container]', '[nic]', '[expect]']);
});

test('text for a person', () => {
  expect(explanationText(explain('container.stop-timeout'))).toBe(
    [
      'stop-timeout',
      '  How long it may take to halt by itself; then it is killed.',
      '',
      '  in       [container]',
      '  takes    a time, with s, m or h; seconds without',
      '  range    1s to 24h',
      '  default  60s',
      '  example  stop-timeout = 5m',
      '  since    rc-lxc 0.1.0',
    ].join('\n'),
  );
});

test.each([
  ['memroy', 'memory'],
  ['container.memroy', 'memory'],
  ['contaner', 'container'],
])('%s is unknown, and %s near', (query, near) => {
  expect(explain(query)).toEqual({ kind: 'unknown', nearest: near });
});

test.each(['', 'constructor', '__proto__', 'xyzxyzxyz'])('%j is unknown', (query) => {
  expect(explain(query).kind).toBe('unknown');
  expect(explanationText(explain(query))).toBe('');
});

import { describe, expect, it } from 'vitest';

import metadata from '../../../package.json' with { type: 'json' };
import { factsOf } from '../../../src/commands/docs/program.ts';
import type { Facts } from '../../../src/docs/facts.ts';
import { makeFacts } from '../../../src/docs/facts.ts';
import { makePages } from '../../../src/docs/index.ts';
import { markdownForm } from '../../../src/docs/markdown/index.ts';
import { readMeasured } from '../../../src/docs/measured.ts';
import type { FormRecord } from '../../../src/docs/measured.ts';
import { staleFacts } from '../../../src/docs/stale.ts';

const facts = await factsOf(metadata);
const { measured } = facts;

const recordOf = (label: string): FormRecord => {
  const record = Object.values(measured.types)
    .flatMap((forms) => Object.entries(forms))
    .find(([name]) => name === label);
  if (record === undefined) throw new Error(`nothing was measured of ${label}`);
  return record[1];
};

/** Facts in which this was measured of `bridge nat`; undefined: nothing. */
function having(record: Partial<FormRecord> | undefined): Facts {
  const { 'bridge nat': own, ...others } = measured.types['bridge'] ?? {};
  if (own === undefined) throw new Error('nothing was measured of bridge nat');
  const bridge = record === undefined ? others : { ...others, 'bridge nat': { ...own, ...record } };
  return makeFacts(facts, { ...facts, measured: { ...measured, types: { ...measured.types, bridge } } });
}

/** The row of a form in the table of the page. */
function rowOf(label: string, shown: Facts): string | undefined {
  const page = markdownForm.files(makePages(shown)).find(({ path }) => path === 'networking.md');
  return page?.content.split('\n').find((line) => line.startsWith(`| \`${label}\``) && !line.includes(' / '));
}

/** What `staleFacts` says of that form alone. */
const staleOf = (shown: Facts): readonly string[] =>
  staleFacts(shown).filter((line) => line.startsWith('network bridge nat:'));

describe('a form that was measured', () => {
  it('is shown as it was seen', () => {
    const { reach, attacks } = recordOf('bridge nat');
    expect(rowOf('bridge nat', having(reach === undefined ? {} : { reach }))).toMatch(
      /^\| `bridge nat` \| yes \| both \| out \| - \| 0 of \d+ \|$/u,
    );
    expect(Object.keys(attacks?.checked ?? {}).length).toBeGreaterThan(10);
  });

  it('is said to be of an earlier form once its type promises or writes something else', () => {
    const shown = having({ fingerprint: '0'.repeat(64) });
    expect(rowOf('bridge nat', shown)).toContain('`bridge nat` (measured with an earlier form of this type)');
    expect(staleOf(shown)).toEqual(['network bridge nat: measured with an earlier form of this type']);
  });

  it('is said not to be where there is no record', () => {
    const shown = having(undefined);
    expect(rowOf('bridge nat', shown)).toBe('| `bridge nat` (not measured) | - | - | - | - | - |');
    expect(staleOf(shown)).toEqual(['network bridge nat: not measured']);
  });

  it('is held against what its type promises of reach', () => {
    const { reach } = recordOf('bridge nat');
    const shown = having({ reach: { ...reach, ipv6: { ...reach.ipv6, fromOutside: true, toHost: false } } });
    expect(rowOf('bridge nat', shown)).toMatch(/\| both\/in \| out\/both \|/u);
    expect(staleOf(shown)).toEqual([
      'network bridge nat: reach ipv6 toHost: promised yes, measured no',
      'network bridge nat: reach ipv6 fromOutside: promised no, measured yes',
    ]);
  });

  it('is held against what its type holds of attacks', () => {
    const { attacks } = recordOf('bridge nat');
    if (attacks === undefined) throw new Error('no attacks');
    const checked = { ...attacks.checked, 'foreign MAC': { frames: 2, reached: ['container', 'outside'] as const } };
    const shown = having({ attacks: { ...attacks, checked } });
    expect(rowOf('bridge nat', shown)).toMatch(/\| 1 of \d+ \|$/u);
    expect(staleOf(shown)).toEqual([
      'network bridge nat: attack foreign MAC: promised to be held, reached container, outside',
    ]);
  });

  it('is held against what its type promises of the card', () => {
    const { 'bridge ports': own, ...others } = measured.types['bridge'] ?? {};
    if (own === undefined) throw new Error('nothing was measured of bridge ports');
    const bridge = { ...others, 'bridge ports': { ...own, promiscuous: { plain: true, asked: true } } };
    const shown = makeFacts(facts, { ...facts, measured: { ...measured, types: { ...measured.types, bridge } } });
    expect(rowOf('bridge ports', shown)).toMatch(/\| all \|/u);
    expect(staleFacts(shown)).toEqual(
      expect.arrayContaining([
        'network bridge ports: promiscuous: promised no, measured yes',
        'network bridge ports: promiscuous once asked for: promised no, measured yes',
      ]),
    );
  });

  it('is one of the forms that there are', () => {
    const types = { ...measured.types, bridge: { ...measured.types['bridge'], 'bridge fly': recordOf('bridge nat') } };
    expect(staleFacts(makeFacts(facts, { ...facts, measured: { ...measured, types } }))).toContain(
      'network bridge fly: measured, but no form of a type',
    );
  });
});

describe('the file of what was measured', () => {
  const good = { machine: measured.machine, types: { bridge: { bridge: recordOf('bridge nat') } } };
  const withRecord = (more: object): unknown => ({
    ...good,
    types: { bridge: { bridge: { ...recordOf('bridge nat'), ...more } } },
  });

  it('is taken as it is where nothing is wrong with it', () => {
    expect(readMeasured(good)).toBe(good);
  });

  it.each([
    [[], 'the top: no object'],
    [{ ...good, machine: { third: {} } }, 'machine.third: none of own, virtual'],
    [{ ...good, machine: { own: { virtual: false, date: '' } } }, 'machine.own.date: no text'],
    [{ ...good, machine: { own: {} } }, 'machine.own.virtual: neither true nor false'],
    [withRecord({ fingerprint: 'abc' }), 'types.bridge.bridge.fingerprint: not a SHA-256 in hexadecimal'],
    [withRecord({ kernel: 'third' }), 'types.bridge.bridge.kernel: none of own, virtual'],
    [withRecord({ reach: { ipv4: {} } }), 'types.bridge.bridge.reach.ipv6: no object'],
    [
      withRecord({ reach: { ipv4: { up: true }, ipv6: {} } }),
      'types.bridge.bridge.reach.ipv4.up: none of containers, ',
    ],
    [
      withRecord({ reach: { ipv4: { toHost: 1 }, ipv6: {} } }),
      'types.bridge.bridge.reach.ipv4.toHost: neither true nor',
    ],
    [withRecord({ promiscuous: { plain: 'no' } }), 'types.bridge.bridge.promiscuous.plain: neither true nor false'],
    [withRecord({ attacks: { checked: {} } }), 'types.bridge.bridge.attacks.unchecked: no object'],
    [withRecord({ attacks: { checked: { a: { frames: -1 } }, unchecked: {} } }), 'attacks.checked.a.frames: no count'],
    [
      withRecord({ attacks: { checked: { a: { frames: 1, reached: ['moon'] } }, unchecked: {} } }),
      'attacks.checked.a.reached: none of container, host, outside',
    ],
  ])('is refused, by name, where something is: %#', (parsed, message) => {
    expect(() => readMeasured(parsed)).toThrow(`docs/measurements/networks.json: `);
    expect(() => readMeasured(parsed)).toThrow(message);
  });
});

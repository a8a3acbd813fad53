import { describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { factsOf } from '../../src/commands/docs/program.ts';
import type { Facts } from '../../src/docs/facts.ts';
import { makeFacts } from '../../src/docs/facts.ts';
import { makePages } from '../../src/docs/index.ts';
import { markdownForm } from '../../src/docs/markdown/index.ts';
import { staleFacts } from '../../src/docs/stale.ts';
import { explainSpec } from '../../src/schema/explain.ts';
import { turnedPromises } from '../support/turned-promises.ts';

const facts = await factsOf(metadata);

/** All pages in one text. */
function textOf(changed: Partial<Facts>): string {
  const files = markdownForm.files(makePages({ ...facts, ...changed }));
  return files.map(({ content }) => content).join('\n');
}

/** Facts that no page shows, by name, and why. */
const unshown: Readonly<Record<string, string>> = {};

/** Values that stand on a page by themselves, and why no fact is meant. */
const spoken: Readonly<Record<string, string>> = {
  'none-shares-the-host': 'What a command printed; the test of the commands that pages show finds it changed.',
  'privileged-container': 'What a command printed; the test of the commands that pages show finds it changed.',
};

/** What of `names` is in the text as a whole word: not as a part of another name. */
function mentioned(names: readonly string[], text: string): readonly string[] {
  return names.filter((name) => {
    const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
    return new RegExp(`(?<![\\w.-])${escaped}(?![\\w-]|\\.\\w)`, 'u').test(text);
  });
}

describe('a fact that is changed in its source', () => {
  it('changes its page: the default of every key', () => {
    const defaults = facts.sections.flatMap(({ kind, spec }) =>
      spec.keys.flatMap((key) => (key.default === undefined ? [] : [`${kind}.${key.name}`])),
    );
    const text = textOf({
      sections: facts.sections.map((section) => ({
        ...section,
        keys: section.spec.keys.map((key) =>
          explainSpec(
            key.default === undefined ? key : { ...key, default: `changed-${section.kind}.${key.name}` },
            section.kind,
          ),
        ),
      })),
    });
    expect(defaults.length).toBeGreaterThan(20);
    expect(defaults.filter((name) => !text.includes(`changed-${name}`.replaceAll('_', String.raw`\_`)))).toEqual([]);
  });

  it('changes its pages: every option of the kernel, wherever it is named', () => {
    const renamed = (name: string): string => name.replace('CONFIG_', 'CONFIG_CHANGED_');
    const kernel = facts.kernel.map((entry) => ({ ...entry, option: renamed(entry.option) }));
    const text = textOf({
      kernel,
      types: facts.types.map((type) => ({
        ...type,
        kernel: type.kernel.map((entry) => ({ ...entry, option: renamed(entry.option) })),
      })),
    });
    const names = [...new Set(facts.kernel.map(({ option }) => option))];
    expect(mentioned(names.map(renamed), text)).toEqual(names.filter((name) => !(name in unshown)).map(renamed));
    expect(mentioned(names, text).filter((name) => !(name in spoken))).toEqual([]);
  });

  it('changes its page: every key of LXC that went, and what took its place', () => {
    const old = [...facts.legacyKeys.keys()];
    const legacyKeys = new Map(
      [...facts.legacyKeys.values()].map((now, at) => [`changed.key${at}`, now && `changed.now${at}`]),
    );
    const text = textOf({
      legacyKeys,
      legacyPrefixes: facts.legacyPrefixes.map((_, at) => [`changed.old${at}`, `changed.prefix${at}`] as const),
      cgroup2Names: new Map([...facts.cgroup2Names].map((_, at) => [`changed.one${at}`, `changed.two${at}`])),
    });
    const wanted = [
      ...[...legacyKeys].flat().filter((name) => name !== ''),
      ...facts.legacyPrefixes.flatMap((_, at) => [`changed.old${at}`, `changed.prefix${at}`]),
      ...[...facts.cgroup2Names].flatMap((_, at) => [`changed.one${at}`, `changed.two${at}`]),
    ];
    expect(wanted.filter((name) => !text.includes(name))).toEqual([]);
    expect(mentioned(old, text).filter((name) => !(name in spoken))).toEqual([]);
  });

  it('changes its page: the code of every mistake, and how bad it is', () => {
    const text = textOf({ problems: facts.problems.map((each) => ({ ...each, code: `changed-${each.code}` })) });
    const codes = facts.problems.map(({ code }) => code);
    expect(codes.filter((code) => !text.includes(`changed-${code}`))).toEqual([]);
    expect(mentioned(codes, text).filter((code) => !(code in spoken))).toEqual([]);
    const worse = textOf({
      problems: facts.problems.map((each) => ({ ...each, severity: each.severity === 'error' ? 'warning' : 'error' })),
    });
    const lineOf = (all: string, code: string): string | undefined =>
      all.split('\n').find((line) => line.startsWith(`| \`${code}\``));
    const before = textOf({});
    expect(codes.filter((code) => lineOf(worse, code) === lineOf(before, code))).toEqual([]);
  });
});

describe('a promise of a network type that is changed', () => {
  it.each(turnedPromises)('makes the check fail, and the page say so: %s', (_name, change) => {
    for (const { name, type, forms } of facts.types) {
      expect(
        forms.filter(({ measured }) => measured.state !== 'current'),
        name,
      ).toEqual([]);
      const { types } = makeFacts(facts, facts, [{ ...type, ...change(type) }]);
      const [changed] = types;
      const stale = staleFacts({ types, measured: { ...facts.measured, types: {} } });
      for (const { label, measured } of changed?.forms ?? []) {
        expect(stale, name).toContain(`network ${label}: measured with an earlier form of this type`);
        expect(measured.state, label).toBe('earlier');
      }
    }
  });
});

describe('what is not shown or stands by itself', () => {
  it('has a reason, and is still so', () => {
    const text = textOf({});
    const names = Object.keys({ ...unshown, ...spoken });
    for (const reason of Object.values({ ...unshown, ...spoken })) expect(reason).toMatch(/^[A-Z].*\.$/u);
    expect(mentioned(Object.keys(unshown), text)).toEqual([]);
    expect(names.filter((name) => name in spoken)).toEqual(mentioned(Object.keys(spoken), text));
  });
});

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { generated, targets } from '../../build/templates.ts';
import { hostChecks } from '../../src/commands/doctor/index.ts';
import { kernelOptions } from '../../src/kernel/catalogue.ts';
import { networkTypes } from '../../src/networks/index.ts';
import { networkTypeNames } from '../../src/networks/names.ts';
import { outputKinds } from '../../src/outputs/index.ts';
import { rules } from '../../src/resolve/rules/index.ts';
import { sections } from '../../src/schema/index.ts';
import { sourceProblems } from '../../src/source/codes.ts';
import { valueProblems } from '../../src/schema/values/index.ts';

const root = join(import.meta.dirname, '../..');
const cases = join(root, 'test/cases');
const caseNames = readdirSync(cases, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const read = (...parts: readonly string[]): string => readFileSync(join(...parts), 'utf8');

/** What people read: long enough to say something, a sentence. */
const sentence = /^.{20,}[.:]$/su;

/** Every path in every expected tree. */
const expectedPaths = caseNames.flatMap((name) => {
  const listing = join(cases, name, 'expected/TREE');
  if (!existsSync(listing)) return [];
  return read(listing)
    .split('\n')
    .flatMap((line) => /^(?:\d+|link|lines) +(\/\S.*?)(?:  \(| -> |$)/u.exec(line)?.[1] ?? []);
});

/** `/etc/conf.d/lxc.NAME` → whatever has names for the words in capitals. */
function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const open = escaped.replace(/^LXC-PATH/u, '/.+').replaceAll(/[A-Z]{4,}/gu, '[^/]+');
  return new RegExp(`^${open}$`, 'u');
}

describe('rules', () => {
  it('has one code each, no code of the source or of single values', () => {
    const codes = [...rules.map(({ code }) => code), ...Object.keys(sourceProblems), ...Object.keys(valueProblems)];
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(rules.map((rule) => [rule.code, rule] as const))(
    '%s is told in a sentence, and has a case that fails and one that does not',
    (code, rule) => {
      expect(code).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u);
      expect(rule.summary).toMatch(sentence);
      expect(read(cases, code, 'stderr.txt')).toContain(`${rule.severity}[${code}]`);
      expect(existsSync(join(cases, code, 'fix.ini'))).toBe(true);
    },
  );

  it('registers every file', () => {
    const files = readdirSync(join(root, 'src/resolve/rules')).map((file) => basename(file, '.ts'));
    const ofTypes = new Set(networkTypes.flatMap((type) => type.rules.map(({ code }) => code)));
    const shared = new Set(['addresses', 'index', 'types']);
    expect(files.filter((file) => !shared.has(file)).toSorted()).toEqual(
      rules
        .map(({ code }) => code)
        .filter((code) => !ofTypes.has(code))
        .toSorted(),
    );
  });
});

describe('network types', () => {
  it('are those that the schema names, in files of their own', () => {
    expect(networkTypes.map(({ name }) => name)).toEqual(networkTypeNames);
    for (const { name } of networkTypes) expect(existsSync(join(root, `src/networks/${name}.ts`))).toBe(true);
  });

  it.each(networkTypes.map((type) => [type.name, type] as const))(
    '%s is described, knows its keys, and has a case',
    (name, type) => {
      expect(type.summary).toMatch(sentence);
      expect(type.paragraph).toMatch(sentence);
      expect(type.kernelOptions.length).toBeGreaterThan(0);
      for (const option of type.kernelOptions) expect(option.name).toMatch(/^CONFIG_[A-Z0-9_]+$/u);
      const known = sections.find(({ kind }) => kind === 'network')?.keys.map((key) => key.name) ?? [];
      expect(type.keys.filter((key) => !known.includes(key))).toEqual([]);
      expect(new Set(type.keys).size).toBe(type.keys.length);
      expect(caseNames.some((test) => read(cases, test, 'input.ini').includes(`type = ${name}`))).toBe(true);
    },
  );

  it('takes every key of [network] in some type', () => {
    const taken = new Set(['type', ...networkTypes.flatMap((type) => type.keys)]);
    const network = sections.find(({ kind }) => kind === 'network');
    expect(network?.keys.map((key) => key.name).filter((key) => !taken.has(key))).toEqual([]);
  });
});

describe('kernel options', () => {
  const options = kernelOptions();

  it.each(options.map((entry) => [entry.feature, entry.option, entry] as const))(
    '%s: %s is described',
    (_, __, entry) => {
      expect(entry.option).toMatch(/^CONFIG_[A-Z0-9_]+$/u);
      expect(entry.feature).toMatch(/^[a-z][a-z0-9-]*(?::[a-z0-9/-]+)?$/u);
      expect(entry.why).toMatch(/^[^A-Z].{15,}[^.]$/u);
      expect(entry.module ?? 'none').toMatch(/^[a-z0-9_]+$/u);
      if (entry.required) expect(entry.optional).toBeUndefined();
    },
  );

  it('stand once for each feature, and agree on the module', () => {
    const titles = options.map(({ feature, option }) => `${feature} ${option}`);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { option, module } of options)
      expect(new Set(options.filter((other) => other.option === option).map((other) => other.module)), option).toEqual(
        new Set([module]),
      );
  });

  it('hold every option of every network type', () => {
    const held = new Set(options.map(({ feature, option }) => `${feature} ${option}`));
    for (const type of networkTypes)
      for (const { name } of type.kernelOptions) expect(held.has(`network:${type.name} ${name}`)).toBe(true);
  });
});

describe('what the doctor looks at', () => {
  it('has a name of its own, a sentence, and a file', () => {
    expect(new Set(hostChecks.map(({ name }) => name)).size).toBe(hostChecks.length);
    const files = readdirSync(join(root, 'src/commands/doctor')).map((file) => basename(file, '.ts'));
    const shared = new Set(['index', 'text', 'types']);
    expect(files.filter((file) => !shared.has(file)).toSorted()).toEqual(hostChecks.map(({ name }) => name).toSorted());
    for (const { summary } of hostChecks) expect(summary).toMatch(sentence);
  });
});

describe('output kinds', () => {
  it.each(outputKinds.map((kind) => [kind.name, kind] as const))(
    '%s is described, and every path of it is in some expected tree',
    (_, kind) => {
      expect(kind.summary).toMatch(sentence);
      for (const path of kind.paths)
        expect(
          expectedPaths.filter((found) => patternOf(path).test(found)),
          path,
        ).not.toEqual([]);
    },
  );

  it('writes nothing that no kind names', () => {
    const patterns = outputKinds.flatMap((kind) => kind.paths.map((path) => patternOf(path)));
    expect(expectedPaths.filter((path) => !patterns.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it('renders from the templates as they stand', () => {
    for (const target of targets) expect(read(target.path), 'run: node build/templates.ts').toBe(generated(target));
  });
});

describe('the schema', () => {
  const inputs = caseNames.map((name) => read(cases, name, 'input.ini')).join('\n');
  const keys = sections.flatMap((section) => section.keys.map((key) => [section.kind, key.name, key] as const));

  it.each(keys)('[%s] %s stands in a case', (kind, name, key) => {
    const inSection = String.raw`^\[${kind}\b[^\]]*\](?:\n(?!\[).*)*?\n${name}${key.prefix === true ? String.raw`\.` : ' ='}`;
    expect(inputs).toMatch(new RegExp(inSection, 'mu'));
  });
});

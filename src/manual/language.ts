import { kernelOptions } from '../kernel/catalogue.ts';
import { networkTypes } from '../networks/index.ts';
import type { NetworkType } from '../networks/types.ts';
import { knownProblems } from '../resolve/problems.ts';
import { keyLabel, sections } from '../schema/index.ts';
import { explainSpec } from '../schema/explain.ts';
import { peerForms } from '../schema/peers.ts';
import type { KeySpec, SectionSpec } from '../schema/types.ts';
import { manPage } from './roff.ts';
import type { Edition } from './types.ts';

const page = manPage('man/rc-lxc.ini.5');

/** rc-lxc.ini(5): every section and key, from the schema. `example`: a whole description. */
export function languagePage(edition: Edition, example: string): string {
  return page({
    ...edition,
    sections: sections.map((section) => described(section)),
    types: networkTypes.map((type) => describedType(type)),
    peers: peerForms.map(({ form, meaning }) => ({ form, meaning: `${capital(meaning)}.` })),
    problems: problems(),
    example: withoutComments(example),
  });
}

function described(section: SectionSpec): object {
  const { kind, summary, details, keys } = section;
  const whole = wholeOf(section);
  return {
    kind,
    heading: heading(section),
    summary: `${capital(summary)}.`,
    details: details ?? '',
    keys: whole === undefined ? keys.map((key) => describedKey(key, kind)) : [],
    others:
      whole === undefined
        ? ''
        : `Its keys, as in ${heading(whole)}: ${keys.map((key) => `\`${keyLabel(key)}\``).join(', ')}.`,
  };
}

/** Another section that has every key of this one, and more: there they are explained. */
function wholeOf({ keys }: SectionSpec): SectionSpec | undefined {
  return sections.find((other) => other.keys.length > keys.length && keys.every((key) => other.keys.includes(key)));
}

const heading = ({ kind, example }: SectionSpec): string =>
  example.replace(/ [^\]]+\]$/u, ` ${kind === 'nic' ? 'CONTAINER:INTERFACE' : 'NAME'}]`);

function describedKey(key: KeySpec, kind: string): object {
  const found = explainSpec(key, kind);
  return {
    name: found.key,
    summary: found.summary,
    details: found.details ?? '',
    facts: [
      `Takes ${found.choices === undefined ? found.type : `one of ${found.choices.map((word) => `\`${word}\``).join(', ')}`}${found.range === undefined ? '' : ` (${found.range})`}.`,
      key.required === true ? 'It must be given.' : `Default: ${found.default}.`,
    ].join(' '),
    example: found.example,
  };
}

function describedType(type: NetworkType): object {
  const needs = new Set(
    kernelOptions().flatMap(({ feature, option }) => (feature === `network:${type.name}` ? [option] : [])),
  );
  return {
    name: type.name,
    summary: type.summary,
    paragraph: type.paragraph,
    facts: [
      type.keys.length === 0 ? 'It takes no keys.' : `Keys: ${type.keys.map((key) => `\`${key}\``).join(', ')}.`,
      ...(type.required.length === 0 ? [] : [`Needed: ${type.required.map((key) => `\`${key}\``).join(', ')}.`]),
      ...(type.modes === undefined ? [] : [`Modes: ${type.modes.map((mode) => `\`${mode}\``).join(', ')}.`]),
      `Kernel: ${[...needs].join(', ')}.`,
    ].join(' '),
  };
}

/** Every mistake that can be told, by its code. */
function problems(): readonly object[] {
  return knownProblems().map(({ code, summary, severity }) => ({
    code,
    summary: severity === 'error' ? summary : `${summary} (A warning.)`,
  }));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A comment is for who has the file before them; here the pages themselves explain. */
function withoutComments(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith(';'))
    .map((line) => line.replace(/\s+;.*$/u, ''))
    .join('\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()
    .split('\n');
}

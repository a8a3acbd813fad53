import { formatDuration } from '../base/duration.ts';
import { nearest } from '../base/nearest.ts';
import { formatSize } from '../base/size.ts';
import { keyLabel, keySpec, sections } from './index.ts';
import type { KeySpec, SectionSpec, ValueType } from './types.ts';

export { explanationText } from './explain-text.ts';

/** One key as the manual and `rc-lxc explain` show it; everything is text. */
export interface Explanation {
  readonly sections: readonly string[];
  readonly key: string;
  readonly type: string;
  readonly summary: string;
  readonly details?: string;
  readonly choices?: readonly string[];
  readonly range?: string;
  readonly default: string;
  readonly example: string;
  readonly since: string;
}

export interface SectionExplanation {
  readonly section: string;
  readonly summary: string;
  readonly details?: string;
  readonly example: string;
  readonly keys: readonly { readonly key: string; readonly summary: string }[];
}

/** The answer of `rc-lxc explain`. */
export type Explained =
  | { readonly kind: 'sections'; readonly sections: readonly { readonly section: string; readonly summary: string }[] }
  | { readonly kind: 'section'; readonly section: SectionExplanation }
  | { readonly kind: 'keys'; readonly keys: readonly Explanation[] }
  | { readonly kind: 'unknown'; readonly nearest?: string };

/** What a type takes, for a person. */
const typeNames: Readonly<Record<ValueType, string>> = {
  text: 'text',
  'yes-no': 'yes or no',
  integer: 'a whole number',
  number: 'a number, with a dot before a fraction',
  size: 'a size in bytes, with K, M, G or T (1024)',
  duration: 'a time, with s, m or h; seconds without',
  choice: 'one of several words',
  name: 'a name',
  domain: 'a DNS domain',
  reference: 'the name of a section',
  'reference-list': 'names of sections, separated by commas',
  interface: 'an interface of the host',
  'interface-list': 'interfaces, separated by commas',
  'ipv4-address': 'an IPv4 address',
  'ipv6-address': 'an IPv6 address',
  'ipv4-address-list': 'IPv4 addresses, separated by commas',
  'ipv6-address-list': 'IPv6 addresses, separated by commas',
  'address-list': 'IPv4 and IPv6 addresses, separated by commas',
  'ipv4-prefix': 'an IPv4 address with the length of its prefix',
  'ipv6-prefix': 'an IPv6 address with the length of its prefix',
  mac: 'a hardware address',
  path: 'an absolute path',
  signal: 'the name of a signal',
  version: 'a version',
  ready: 'running, tcp:PORT or exec:COMMAND',
  command: 'a command with its arguments',
  list: 'words, separated by commas',
  'capability-list': 'capabilities with + or - before them, separated by commas',
  'device-list': 'devices (PATH ACCESS), separated by commas',
  'mount-list': 'mounts (SOURCE TARGET ro), separated by commas',
  'lxc-line': 'a line of an LXC config',
  peer: 'a peer, and a port with its protocol',
  'peer-list': 'peers with a port and its protocol, separated by commas; or none',
};

function typeOf(key: KeySpec): string {
  const base =
    key.references === undefined
      ? typeNames[key.type]
      : typeNames[key.type].replace('sections', `${key.references}s`).replace('a section', `a ${key.references}`);
  const unit = key.unit === undefined ? '' : `: ${key.unit}`;
  const keywords = key.keywords === undefined ? '' : `, or ${key.keywords.join(', ')}`;
  return base + unit + keywords;
}

const formats: Partial<Record<ValueType, (number: number) => string>> = { size: formatSize, duration: formatDuration };

/** `1M or more`, `1 to 10000`; undefined for a key without bounds. */
function rangeOf(key: KeySpec): string | undefined {
  const format = formats[key.type] ?? String;
  if (key.min === undefined) return key.max === undefined ? undefined : `${format(key.max)} or less`;
  return key.max === undefined ? `${format(key.min)} or more` : `${format(key.min)} to ${format(key.max)}`;
}

function defaultOf(key: KeySpec): string {
  if (key.required === true) return 'none: it must be given';
  return key.default ?? key.defaultDoc ?? 'none';
}

/** One key of a kind of section, as the manual shows it. */
export function explainSpec(key: KeySpec, kind: string): Explanation {
  return explanationOf(key, [kind]);
}

/** One key, of one or more sections that declare it alike. */
function explanationOf(key: KeySpec, kinds: readonly string[]): Explanation {
  const range = rangeOf(key);
  const details = [key.details, key.suffix === undefined ? undefined : `NAME is ${key.suffix.doc}.`].filter(
    (part) => part !== undefined,
  );
  return {
    sections: kinds,
    key: keyLabel(key),
    type: typeOf(key),
    summary: key.summary,
    ...(details.length === 0 ? {} : { details: details.join(' ') }),
    ...(key.choices === undefined ? {} : { choices: key.choices }),
    ...(range === undefined ? {} : { range }),
    default: defaultOf(key),
    example: key.example,
    since: key.since,
  };
}

function explainSection(section: SectionSpec): SectionExplanation {
  return {
    section: section.kind,
    summary: section.summary,
    ...(section.details === undefined ? {} : { details: section.details }),
    example: section.example,
    keys: section.keys.map((key) => ({ key: keyLabel(key), summary: key.summary })),
  };
}

/** The keys that `query` means: `memory`, `container.memory`, `sysctl.NAME`, `sysctl.net.core.somaxconn`. */
export function explainKey(query: string): Explanation[] {
  const [first = '', ...rest] = query.split('.');
  const section = sections.find(({ kind }) => kind === first);
  const inSection = section === undefined || rest.length === 0 ? [] : declared(rest.join('.'), [section]);
  return inSection.length > 0 ? inSection : declared(query, sections);
}

/** Every declaration of the key in these sections, equal ones as one. */
function declared(query: string, among: readonly SectionSpec[]): Explanation[] {
  const found = new Map<KeySpec, string[]>();
  for (const { kind, keys } of among) {
    const exact = keys.filter((key) => key.name === query || keyLabel(key) === query);
    const prefixed = keySpec(kind, query);
    const matches = exact.length > 0 || prefixed === undefined ? exact : [prefixed];
    for (const key of matches) found.set(key, [...(found.get(key) ?? []), kind]);
  }
  return [...found].map(([key, kinds]) => explanationOf(key, kinds));
}

/** What is asked for: a section, a key, or without a query the list of sections. */
export function explain(query: string | undefined): Explained {
  if (query === undefined)
    return { kind: 'sections', sections: sections.map(({ kind, summary }) => ({ section: kind, summary })) };
  const wanted = query.replaceAll(/^\[|\]$/gu, '');
  const section = sections.find(({ kind }) => kind === wanted);
  if (section !== undefined) return { kind: 'section', section: explainSection(section) };
  const keys = explainKey(wanted);
  if (keys.length > 0) return { kind: 'keys', keys };
  const near = nearest(wanted.replace(/^[a-z]+\./u, ''), [
    ...sections.map(({ kind }) => kind),
    ...sections.flatMap((each) => each.keys.map(({ name }) => name)),
  ]);
  return near === undefined ? { kind: 'unknown' } : { kind: 'unknown', nearest: near };
}

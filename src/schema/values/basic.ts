import { formatDuration, parseDuration } from '../../base/duration.ts';
import { didYouMean } from '../../base/nearest.ts';
import { formatSize, parseSize } from '../../base/size.ts';
import type { KeySpec } from '../types.ts';
import type { Parsed, Parser, ValueProblem } from './types.ts';
import { refuse } from './types.ts';

export const text: Parser<string> = (value) => ({ ok: value });

export const yesNo: Parser<boolean> = (value) => {
  if (value === 'yes') return { ok: true };
  if (value === 'no') return { ok: false };
  const meant = /^(?:y|true|on|1|enabled?)$/iu.test(value) ? 'yes' : 'no';
  const known = meant === 'yes' || /^(?:n|false|off|0|none|disabled?|no|yes)$/iu.test(value);
  const hint = known ? `write ${/^yes$/iu.test(value) ? 'yes' : meant}` : 'write yes or no';
  return refuse('not-yes-or-no', value, `"${value}" is neither yes nor no`, hint);
};

/** The bounds of the key, in the words of its type. */
function bounded(value: string, number: number, spec: KeySpec, format: (number: number) => string): Parsed<number> {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = spec;
  if (number < min) return refuse('out-of-range', value, `${value} is too small`, `the smallest is ${format(min)}`);
  if (number > max) return refuse('out-of-range', value, `${value} is too large`, `the largest is ${format(max)}`);
  return { ok: number };
}

export const integer: Parser<number> = (value, spec) => {
  if (/^0\d+$/u.test(value))
    return refuse('not-a-number', value, `"${value}" starts with a zero`, `write ${Number(value)}`);
  if (!/^-?\d+$/u.test(value)) {
    return refuse('not-a-number', value, `"${value}" is no whole number`, 'write it in decimal digits alone');
  }
  return bounded(value, Number(value), spec, String);
};

export const decimal: Parser<number> = (value, spec) => {
  if (/^(?:0|[1-9]\d*)(?:\.\d{1,3})?$/u.test(value)) return bounded(value, Number(value), spec, String);
  const hint = /^\d+,\d+$/u.test(value)
    ? `write ${value.replace(',', '.')}`
    : 'write digits, with a dot before a fraction: 0.5';
  return refuse('not-a-number', value, `"${value}" is no number`, hint);
};

export const size: Parser<number> = (value, spec) => {
  const bytes = parseSize(value);
  if (bytes !== undefined) return bounded(value, bytes, spec, formatSize);
  const meant = /^(\d+(?:\.\d+)?)\s*([KMGT])(?:i?B)?$/iu.exec(value);
  const hint = meant === null ? 'write a number and K, M, G or T: 512M' : `write ${meant[1]}${meant[2]?.toUpperCase()}`;
  return refuse('not-a-size', value, `"${value}" is no size`, hint);
};

export const duration: Parser<number> = (value, spec) => {
  const seconds = parseDuration(value);
  if (seconds !== undefined) return bounded(value, seconds, spec, formatDuration);
  return refuse('not-a-duration', value, `"${value}" is no time`, 'write a number and s, m or h: 30s, 1h30m');
};

export const choice: Parser<string> = (value, spec) => {
  const choices = spec.choices ?? [];
  if (choices.includes(value)) return { ok: value };
  const hint = [didYouMean(value, choices), `it takes: ${choices.join(', ')}`]
    .filter((part) => part !== undefined)
    .join(' ');
  return refuse('unknown-choice', value, `${spec.name} cannot be "${value}"`, hint);
};

/** Control characters but the tab, and line ends of other alphabets. */
const control = /[^\P{Cc}\t]|[\p{Cs}\u{2028}\u{2029}]/u;

/** What every type refuses: nothing at all, and characters that no target could hold. */
export function unfit(value: string, type: string): ValueProblem | undefined {
  if (value === '' && type !== 'text') {
    return refuse('empty-value', value, 'the value is missing', 'give one, or remove the line for the default').problem;
  }
  if (!control.test(value)) return undefined;
  const message = 'the value holds a line break or another control character';
  return refuse('control-character', value, message, 'nothing that is written could hold it: remove it').problem;
}

import { parsePrefix } from '../base/ip.ts';
import { isSignal } from '../base/signals.ts';

/**
 * What a value must be instead; undefined when nothing is wrong with it that can be told without LXC. An empty value
 * clears the setting nearly everywhere, so it passes unless said otherwise.
 */
export type ValueCheck = (value: string) => string | undefined;

export const any: ValueCheck = () => undefined;

/** Only an empty value is taken. */
export const empty: ValueCheck = (value) =>
  value === '' ? undefined : 'it takes no value: an empty one clears what was set';

/** An empty value makes LXC refuse the whole config. */
export const filled: ValueCheck = (value) => (value === '' ? 'LXC refuses an empty value here' : undefined);

export const onOff: ValueCheck = (value) => (/^(?:|0*[01])$/u.test(value) ? undefined : 'it takes 0 or 1');

/** LXC reads integers in C's notation, so that 010 is 8. */
export const number: ValueCheck = (value) => {
  if (!/^(?:|-?\d+|0x[0-9a-f]+)$/iu.test(value)) return 'it takes a number';
  return /^-?0\d/u.test(value) ? 'LXC reads a number that starts with 0 as octal' : undefined;
};

export const vlan: ValueCheck = (value) =>
  number(value) ?? (Number(value) > 65_535 ? 'the largest is 65535' : undefined);

export function words(...known: readonly string[]): ValueCheck {
  return (value) => (value === '' || known.includes(value) ? undefined : `it takes: ${known.join(', ')}`);
}

/** Several words separated by blanks, in any case. */
export function wordList(...known: readonly string[]): ValueCheck {
  return (value) => {
    const given = value.toLowerCase().split(/\s+/u);
    return value === '' || given.every((word) => known.includes(word))
      ? undefined
      : `it takes, separated by blanks: ${known.join(', ')}`;
  };
}

/** One word in any case, or its number. */
export function wordOrNumber(known: readonly string[]): ValueCheck {
  return (value) => {
    const fits =
      value === '' || known.includes(value.toLowerCase()) || (/^\d+$/u.test(value) && Number(value) < known.length);
    return fits ? undefined : `it takes: ${known.join(', ')}`;
  };
}

export const signal: ValueCheck = (value) => {
  const known = value === '' || /^\d+$/u.test(value) || isSignal(value.toUpperCase());
  return known ? undefined : 'it takes the name of a signal with its SIG: SIGPWR, SIGRTMIN+3';
};

/** Without the length LXC guesses one from the address, and guesses wrong. What follows a blank is a broadcast address. */
export function prefix(family: 4 | 6): ValueCheck {
  return (value) => {
    const known = value === '' || parsePrefix(value.split(/\s+/u)[0] ?? '')?.ip.family === family;
    return known ? undefined : `it takes an IPv${family} address with the length of its prefix`;
  };
}

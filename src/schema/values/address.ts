import type { IpFamily } from '../../base/ip.ts';
import { formatIp, parseIp, parsePrefix } from '../../base/ip.ts';
import type { AddressWithLength } from './shapes.ts';
import type { Parser } from './types.ts';
import { refuse } from './types.ts';

const examples: Readonly<Record<IpFamily, string>> = { 4: '10.0.3.11', 6: 'fd00:0:0:3::b' };

/** What is most likely wrong with a text that should be an address. */
function addressHint(value: string, families: readonly IpFamily[]): string {
  if (parsePrefix(value) !== undefined) return 'write the address alone, without the length of the prefix';
  const other = parseIp(value);
  if (other !== undefined) return `write an IPv${families[0]} address, like ${examples[families[0] ?? 4]}`;
  if (value.includes('%')) return 'write the address without the interface after %';
  if (/^\d+(?:\.\d+){3}$/u.test(value)) return 'its four numbers are 0 to 255, without leading zeros';
  return `write an address like ${families.map((family) => examples[family]).join(' or ')}`;
}

/** A parser for one address of the families given, or for a keyword of the key (`none`). */
export function address(...families: readonly IpFamily[]): Parser<string> {
  const kind = families.length === 1 ? `IPv${families[0]}` : 'IP';
  return (value, spec) => {
    if (spec.keywords?.includes(value) === true) return { ok: value };
    const ip = parseIp(value);
    if (ip !== undefined && families.includes(ip.family)) return { ok: formatIp(ip) };
    return refuse('bad-address', value, `"${value}" is no ${kind} address`, addressHint(value, families));
  };
}

/** A parser for an address with the length of its prefix. */
export function prefix(family: IpFamily): Parser<AddressWithLength> {
  const example = `${examples[family]}/${family === 4 ? 24 : 64}`;
  return (value) => {
    const parsed = parsePrefix(value);
    if (parsed?.ip.family === family) return { ok: { address: formatIp(parsed.ip), length: parsed.length } };
    const alone = parseIp(value)?.family === family;
    const hint = alone
      ? `add the length of the prefix: ${value}/${family === 4 ? 24 : 64}`
      : `write it like ${example}`;
    return refuse('bad-prefix', value, `"${value}" is no IPv${family} address with the length of its prefix`, hint);
  };
}

export const mac: Parser<string> = (value) => {
  const lower = value.toLowerCase();
  if (!/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/u.test(lower)) {
    const digits = lower.replaceAll(/[-.:]/gu, '');
    const hint = /^[0-9a-f]{12}$/u.test(digits)
      ? `write ${digits.match(/../gu)?.join(':')}`
      : 'write six pairs of digits: 02:00:0a:00:03:0b';
    return refuse('bad-mac', value, `"${value}" is no hardware address`, hint);
  }
  if ((Number.parseInt(lower.slice(0, 2), 16) & 1) === 1) {
    return refuse(
      'bad-mac',
      value,
      `${value} is an address of a group`,
      'the second digit must be even: 02:00:0a:00:03:0b',
    );
  }
  return lower === '00:00:00:00:00:00' ? refuse('bad-mac', value, 'no interface can have this address') : { ok: lower };
};

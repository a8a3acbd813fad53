import { interfaceRule, isInterfaceName, isName, nameRule } from '../../base/names.ts';
import { isAbsolutePath, normalPath } from '../../base/paths.ts';
import { isSignal, signalNames } from '../../base/signals.ts';
import { nearest } from '../../base/nearest.ts';
import { parseVersion } from '../../base/version.ts';
import type { Parser } from './types.ts';
import { refuse } from './types.ts';

export const name: Parser<string> = (value) =>
  isName(value) ? { ok: value } : refuse('bad-name', value, `"${value}" is no name`, nameRule);

export const domain: Parser<string> = (value) => {
  const labels = value.split('.');
  const fits =
    value.length <= 253 && labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/u.test(label));
  return fits
    ? { ok: value }
    : refuse('bad-domain', value, `"${value}" is no DNS domain`, 'write it without a dot at the end: example.org');
};

export const interfaceName: Parser<string> = (value) =>
  isInterfaceName(value)
    ? { ok: value }
    : refuse('bad-interface', value, `"${value}" is no name of an interface`, interfaceRule);

export const path: Parser<string> = (value) => {
  if (!value.startsWith('/')) return refuse('bad-path', value, `"${value}" is no absolute path`, 'start it with /');
  if (!isAbsolutePath(value))
    return refuse('bad-path', value, `"${value}" leads upwards`, 'write the path without ".."');
  const normal = normalPath(value);
  return normal === '/'
    ? refuse('bad-path', value, 'this is the root of the host', 'name a directory in it')
    : { ok: normal };
};

export const signal: Parser<string> = (value) => {
  if (isSignal(value)) return { ok: value };
  const upper = value.toUpperCase();
  const meant = [upper, `SIG${upper}`].find((candidate) => isSignal(candidate)) ?? nearest(value, signalNames);
  const hint = meant === undefined ? 'write a name as in signal(7): SIGPWR, SIGRTMIN+3' : `write ${meant}`;
  return refuse('bad-signal', value, `"${value}" is no signal`, hint);
};

export const version: Parser<string> = (value) => {
  const parsed = parseVersion(value);
  return parsed === undefined
    ? refuse('bad-version', value, `"${value}" is no version`, 'write it like 7.0 or 5.0.2')
    : { ok: parsed };
};

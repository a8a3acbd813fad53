import { nearest } from '../../base/nearest.ts';
import { capabilityNames } from '../capabilities.ts';
import { path } from './names.ts';
import type { Capability, Device, LxcLine, Mount, ReadyWhen } from './shapes.ts';
import type { Parser } from './types.ts';
import { refuse } from './types.ts';

const readyForms = 'it takes: running, tcp:PORT, exec:COMMAND';

export const ready: Parser<ReadyWhen> = (value) => {
  if (value === 'running') return { ok: { kind: 'running' } };
  const [, kind, rest = ''] = /^(tcp|exec):(.*)$/u.exec(value) ?? [];
  if (kind === 'exec' && rest.trim() !== '') return { ok: { kind, command: rest.trim() } };
  if (kind !== 'tcp') return refuse('bad-ready', value, `"${value}" is no condition for being ready`, readyForms);
  const port = /^[1-9]\d*$/u.test(rest) ? Number(rest) : 0;
  if (port >= 1 && port <= 65_535) return { ok: { kind, port } };
  return refuse('bad-ready', value, `"${rest}" is no TCP port`, 'a port is a number from 1 to 65535: tcp:80');
};

export const device: Parser<Device> = (value) => {
  const [node = '', access = 'rw', ...rest] = value.split(/\s+/u);
  const parsed = path(node, { name: '', type: 'path', summary: '', example: '', since: '' });
  if ('problem' in parsed || !parsed.ok.startsWith('/dev/') || rest.length > 0) {
    return refuse(
      'bad-device',
      value,
      `"${value}" is no device`,
      'write its path below /dev and what may be done: /dev/fuse rw',
    );
  }
  const letters = ['r', 'w', 'm'].filter((letter) => access.includes(letter)).join('');
  if (letters.length === access.length) return { ok: { path: parsed.ok, access: letters } };
  return refuse(
    'bad-device',
    value,
    `"${access}" is not what may be done with a device`,
    'r reads, w writes, m makes the node: rw',
  );
};

/** `\040` and the like in a path, as fstab has it; undefined for a backslash that starts none, and for controls. */
function unescaped(text: string): string | undefined {
  if (/\\(?![01][0-7]{2})/u.test(text)) return undefined;
  const plain = text.replaceAll(/\\([01][0-7]{2})/gu, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 8)),
  );
  return /\p{Cc}/u.test(plain) ? undefined : plain;
}

export const mount: Parser<Mount> = (value, spec) => {
  const form = 'write SOURCE TARGET, and ro where it may only read: /srv/www /srv/www ro';
  const [source, target, access = 'rw', ...rest] = value.split(/\s+/u);
  if (source === undefined || target === undefined || rest.length > 0) {
    return refuse('bad-mount', value, `"${value}" is no mount`, `${form}; a blank in a path is written \\040`);
  }
  if (access !== 'ro' && access !== 'rw') return refuse('bad-mount', value, `"${access}" is neither ro nor rw`, form);
  const paths: string[] = [];
  for (const word of [source, target]) {
    const plain = unescaped(word);
    if (plain === undefined)
      return refuse('bad-mount', value, `"${word}" has a backslash that means nothing`, 'a backslash is written \\134');
    const parsed = path(plain, spec);
    if ('problem' in parsed) return refuse('bad-mount', value, parsed.problem.message, parsed.problem.hint);
    paths.push(parsed.ok);
  }
  return { ok: { source: paths[0] ?? '', target: paths[1] ?? '', readOnly: access === 'ro' } };
};

export const capability: Parser<Capability> = (value) => {
  const [, sign, written = ''] = /^([+-])(.*)$/u.exec(value) ?? [];
  const lower = (written === '' ? value : written).toLowerCase().replace(/^cap_/u, '').replaceAll('-', '_');
  if (sign !== undefined && capabilityNames.includes(written)) return { ok: { name: written, keep: sign === '+' } };
  const known = capabilityNames.includes(lower) ? lower : nearest(lower, capabilityNames);
  const hint =
    known === undefined
      ? 'names are as in capabilities(7), in lower case without CAP_: -net_raw'
      : `write ${sign ?? '-'}${known}`;
  return refuse('bad-capability', value, `"${value}" is no capability with + or - before it`, hint);
};

export const lxcLine: Parser<LxcLine> = (value) => {
  const [, key, rest = ''] = /^(lxc(?:\.[A-Za-z0-9_-]+)+)\s*=\s*(.*)$/u.exec(value) ?? [];
  if (key !== undefined) return { ok: { key, value: rest.trim() } };
  return refuse(
    'bad-lxc-line',
    value,
    `"${value}" is no line of an LXC config`,
    'write it like lxc.prlimit.nofile = 4096',
  );
};

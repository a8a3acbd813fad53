import { formatPrefix, networkOf, parseIp, parsePrefix } from '../../base/ip.ts';
import { isName } from '../../base/names.ts';
import { listOf } from './list.ts';
import type { Peer } from './shapes.ts';
import { refuse } from './types.ts';
import type { Parsed, Parser } from './types.ts';

const forms = 'write PEER, PEER:PORT/tcp, PEER:PORT/udp or PEER:icmp: any:80/tcp, host:53/udp, [2001:db8::]/32:22/tcp';

type Who = Pick<Peer, 'name' | 'prefix'>;
type Service = Pick<Peer, 'protocol' | 'ports'>;

/** An address or a prefix, canonical; undefined for a text that is none. */
function prefixOf(text: string): string | undefined {
  const ip = parseIp(text);
  const prefix = ip === undefined ? parsePrefix(text) : { ip, length: ip.family === 4 ? 32 : 128 };
  return prefix && formatPrefix(networkOf(prefix));
}

function who(text: string): Who | undefined {
  const prefix = prefixOf(text.replace(/^\[([^\]]*)\]/u, '$1'));
  if (prefix !== undefined) return { prefix };
  return isName(text) ? { name: text } : undefined;
}

function service(text: string | undefined): Service | undefined {
  if (text === undefined) return {};
  if (text === 'icmp') return { protocol: 'icmp' };
  const [, from = '', to = from, protocol] = /^([1-9]\d*)(?:-([1-9]\d*))?\/(tcp|udp)$/u.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if ((protocol !== 'tcp' && protocol !== 'udp') || first > last || last > 65_535) return undefined;
  return { protocol, ports: { first, last } };
}

/** `PEER[:SERVICE]`; an IPv6 address stands in brackets, since it has colons itself. */
export const peer: Parser<Peer> = (value) => {
  const [, written = '', after] = /^(\[[^\]]*\](?:\/\d+)?|[^:]*)(?::(.*))?$/u.exec(value) ?? [];
  const whom = who(written);
  if (whom === undefined) return bad(value, `"${written === '' ? value : written}" is nobody`);
  const what = service(after);
  if (what === undefined) return bad(value, `"${after}" is no port with its protocol`);
  return { ok: { text: value, ...whom, ...what } };
};

function bad(value: string, message: string): Parsed<Peer> {
  const bare = prefixOf(value);
  const hint = bare?.includes(':') === true ? `write an IPv6 address in brackets: [${value}]` : forms;
  return refuse('bad-peer', value, message, hint);
}

const list = listOf(peer, ({ text }) => text);

/** `none` alone is the empty list. */
export const peerList: Parser<readonly Peer[]> = (value, spec) => (value === 'none' ? { ok: [] } : list(value, spec));

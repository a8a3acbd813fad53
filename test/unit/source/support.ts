import type { Problem } from '../../../src/base/errors.ts';
import { parseSource } from '../../../src/source/parse.ts';
import type { ParsedConfig } from '../../../src/source/types.ts';

/** Reads texts as host.ini and the files of host.ini.d. */
export function parse(...texts: readonly string[]): ParsedConfig {
  return parseSource(
    texts.map((text, index) => ({ path: index === 0 ? 'host.ini' : `host.ini.d/${index}.ini`, text })),
  );
}

/** Sections as plain data, without places. */
export function plain({ sections }: ParsedConfig): unknown[] {
  return sections.map(({ kind, name, entries }) => [
    kind,
    name,
    [...entries.values()].map(({ key, value }) => [key, value]),
  ]);
}

/** `CODE LINE:COLUMN "part of the line that is underlined"`. */
function shown({ code, where }: Problem): string {
  const { line = 0, column = 0, length = 1, text = '' } = where ?? {};
  return `${code} ${line}:${column} ${text.slice(column - 1, column - 1 + length)}`;
}

export function problemsOf(...texts: readonly string[]): string[] {
  return parse(...texts).problems.map((found) => shown(found));
}

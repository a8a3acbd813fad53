import type { Explained, Explanation, SectionExplanation } from './explain.ts';

/** Two columns: a name and what it is. */
function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

function keyText(found: Explanation): string {
  const facts: (readonly [string, string])[] = [
    ['in', found.sections.map((section) => `[${section}]`).join(', ')],
    ['takes', found.choices?.join(', ') ?? found.type],
    ...(found.range === undefined ? [] : [['range', found.range] as const]),
    ['default', found.default],
    ['example', found.example],
    ['since', `rc-lxc ${found.since}`],
  ];
  const details = found.details === undefined ? [] : [found.details];
  return [found.key, `  ${found.summary}`, ...details.map((line) => `  ${line}`), '', ...table(facts)].join('\n');
}

function sectionText(found: SectionExplanation): string {
  const details = found.details === undefined ? [] : [`  ${found.details}`];
  const heading = `${found.example}: ${found.summary}`;
  return [heading, ...details, '', ...table(found.keys.map(({ key, summary }) => [key, summary] as const))].join('\n');
}

/** The answer of `rc-lxc explain` as text, without a newline at the end; '' for what is unknown. */
export function explanationText(found: Explained): string {
  if (found.kind === 'keys') return found.keys.map((key) => keyText(key)).join('\n\n');
  if (found.kind === 'section') return sectionText(found.section);
  if (found.kind === 'unknown') return '';
  return table(found.sections.map(({ section, summary }) => [`[${section}]`, summary] as const)).join('\n');
}

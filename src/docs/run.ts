import type { Code, Nodes } from 'mdast';

import { PageError, parsePage } from './dialect.ts';
import type { Facts } from './facts.ts';
import { pages } from './pages.ts';
import type { RecordedCommand, Transcripts } from './recorded.ts';
import { renderTemplate } from './render.ts';
import type { Box, PageEntry } from './types.ts';

/** What was recorded of a command of an example's session; each call goes on from the last command that was found. */
type Replay = (example: string, command: string) => RecordedCommand | undefined;

/** What the session of an example on a page is recorded as. */
function sessionName(page: string, example: string): string {
  return `${page}: ${example}`;
}

/**
 * All ```` ```run example=NAME ```` of one example on one page are one session on one host: the same command may print
 * something else the next time.
 */
export function replay(page: string, { sessions }: Transcripts): Replay {
  const reached = new Map<string, number>();
  return (example, command) => {
    const all = sessions[sessionName(page, example)]?.commands ?? [];
    const at = all.findIndex((each, place) => place >= (reached.get(example) ?? 0) && each.command === command);
    if (at !== -1) reached.set(example, at + 1);
    return all[at];
  };
}

/**
 * A box for each command of a fence, with what it printed.
 * @throws PageError for an example that there is not, and for a command of which nothing is recorded.
 */
export function runBoxes(page: string, node: Code, facts: Facts, next: Replay): Box[] {
  const { example, commands } = runFence(page, node);
  if (!facts.examples.has(example)) throw new PageError(page, node, `there is no example ${example}`);
  return commands.map((command) => {
    const found = next(example, command);
    if (found === undefined)
      throw new PageError(page, node, `nothing is recorded of '${command}' in example ${example}: run make measure`);
    const box: Box = { type: 'box', kind: 'root', commands: [command], text: found.output, from: { example } };
    if (node.position !== undefined) box.position = node.position;
    return box;
  });
}

function runFence(page: string, node: Code): { readonly example: string; readonly commands: readonly string[] } {
  const example = /^example=(?<name>[\w-]+)$/u.exec(node.meta?.trim() ?? '')?.groups?.['name'];
  if (example === undefined)
    throw new PageError(page, node, 'a fence of commands needs its example: ```run example=NAME');
  const commands = node.value.split('\n');
  if (commands.some((command) => command.trim() === ''))
    throw new PageError(page, node, 'a fence of commands has one a line, and no empty line');
  return { example, commands };
}

/** What one page runs of one example, on one host: the commands in the order in which the page shows them. */
export interface PageSession {
  readonly name: string;
  readonly example: string;
  readonly commands: readonly string[];
}

/** Every session of the pages. Needs no recorded output. */
export function sessionsOf(facts: Facts, entries: readonly PageEntry[] = pages): readonly PageSession[] {
  return entries.flatMap(({ name: page, template }) => {
    const byExample = new Map<string, string[]>();
    for (const node of fences(parsePage(page, renderTemplate(template, facts)))) {
      const { example, commands } = runFence(page, node);
      byExample.set(example, [...(byExample.get(example) ?? []), ...commands]);
    }
    return [...byExample].map(([example, commands]) => ({ name: sessionName(page, example), example, commands }));
  });
}

function fences(node: Nodes): readonly Code[] {
  if (node.type === 'code') return node.lang === 'run' ? [node] : [];
  return 'children' in node ? node.children.flatMap((child) => fences(child)) : [];
}

/** Sessions that are not recorded as the pages have them now: other commands, another order, or no page's. */
export function unrecordedSessions(facts: Facts, entries?: readonly PageEntry[]): readonly string[] {
  const wanted = new Map(sessionsOf(facts, entries).map(({ name, commands }) => [name, commands.join('\n')]));
  const { sessions } = facts.transcripts;
  const recorded = (name: string): string => (sessions[name]?.commands ?? []).map(({ command }) => command).join('\n');
  return [...new Set([...wanted.keys(), ...Object.keys(sessions)])].filter(
    (name) => recorded(name) !== (wanted.get(name) ?? ''),
  );
}

import { stripVTControlCharacters } from 'node:util';

import type { RecordedCommand } from '../../src/docs/recorded.ts';

/** What differs from one run to the next, and what stands in its place; in this order. */
const volatile: readonly (readonly [found: RegExp, instead: string])[] = [
  [/(?<=@if)\d+/gu, 'N'],
  [/^\d+(?=: [\w@.-]+: <)/gmu, 'N'],
  // Of an interface's other end, in another namespace.
  [/(?<=link-netnsid )\d+/gu, 'N'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?/gu, 'DATE'],
  [/\d{4}-\d\d-\d\d/gu, 'DATE'],
  [/(?:\d+ day\(s\) )?\b\d\d:\d\d:\d\d\b/gu, 'HH:MM:SS'],
  [/(?<=\bPID:?\s+)\d+/giu, 'N'],
  [/\b\d+(?:\.\d+)?(?:\/\d+(?:\.\d+)?)*(?= (?:ms|seconds)\b)/gu, 'N'],
  [/\b\d+(?:\.\d+)?(?= ?(?:[KMG]i?B|bytes used)\b)/gu, 'N'],
  // Memory and uptime in the table of `rc-lxc status`.
  [/\d+(?:\.\d+)?[KMG] +\d+[smhd][\dsmhd]* +/gu, 'N  N  '],
];

/** OpenRC's own, where the control groups of a throw-away host are not to its liking; a host's are what they should be. */
const ofLab = /^\/lib\/rc\/sh\/openrc-run\.sh: (?:line )?\d+: printf: .*\n/gmu;

/** What a command printed, without what a terminal alone shows and what the lab alone causes: with a line end unless it is empty. */
export function plainOutput(output: string): string {
  const lines = stripVTControlCharacters(output).replaceAll('\r', '').replace(ofLab, '');
  const text = lines.replace(/[ \t]+$/gmu, '').trimEnd();
  return text === '' ? '' : `${text}\n`;
}

/**
 * The same text for every run of a command: times, process numbers, indices of interfaces, memory in use, drawn addresses
 * and the `kernel` release become words. Two runs print the same when their stable forms are equal.
 */
export function stableOutput(output: string, kernel: string): string {
  let text = plainOutput(output);
  if (kernel !== '') text = text.replaceAll(kernel, 'KERNEL');
  for (const [found, instead] of volatile) text = text.replaceAll(found, instead);
  return text;
}

/** A session on a kernel of that release, as it is compared with another run of it. */
export function stableSession(commands: readonly RecordedCommand[], kernel: string): readonly RecordedCommand[] {
  return commands.map((each) => ({ ...each, output: stableOutput(each.output, kernel) }));
}

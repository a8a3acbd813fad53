import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';

import type { Admonition, AdmonitionKind, Box, InfoBox } from '../types.ts';

/** What a box is called that has no title. */
const captions: Readonly<Record<Box['kind'], string>> = {
  file: 'File',
  root: 'As root',
  user: 'As a user',
  kernel: 'Options of the kernel',
  code: 'Excerpt',
};

/**
 * A figure with its name. A line that is too long is scrolled to, with the keyboard too. Prompts come from the style sheet:
 * who copies the commands copies nothing else.
 * @throws Error for a text with a carriage return, which HTML would show as a line end.
 */
export function boxElement({ kind, title, commands = [], text }: Box): Element {
  if ([...commands, text].some((each) => each.includes('\r')))
    throw new Error(`HTML shows no carriage return: ${title ?? commands[0]}`);
  const caption = kind === 'file' && title !== undefined ? h('code', title) : (title ?? captions[kind]);
  const inside = commands.length > 0 ? commandLines(commands, text) : [h('code', text)];
  return h('figure', { class: ['box', kind] }, [h('figcaption', [caption]), h('pre', { tabIndex: 0 }, inside)]);
}

/** Commands, and what the last one prints below it, as on a terminal. */
function commandLines(commands: readonly string[], output: string): ElementContent[] {
  const lines = commands.flatMap((command): ElementContent[] => [h('kbd', command), { type: 'text', value: '\n' }]);
  return output === '' ? lines : [...lines, h('samp', output)];
}

const labels: Readonly<Record<AdmonitionKind, string>> = {
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
};

export function admonitionElement({ kind }: Admonition, children: ElementContent[]): Element {
  const label = labels[kind];
  return h('div', { class: ['remark', kind], role: 'note', ariaLabel: label }, [
    h('p', { class: 'label', ariaHidden: 'true' }, label),
    ...children,
  ]);
}

export function infoBoxElement({ homepage, package: name }: InfoBox): Element {
  return h('dl', { class: 'infobox' }, [
    h('div', [h('dt', 'Homepage'), h('dd', [h('a', { href: homepage }, homepage.replace(/^https?:\/\//u, ''))])]),
    h('div', [h('dt', 'Package'), h('dd', [h('code', name)])]),
  ]);
}

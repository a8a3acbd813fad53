import { quoteWikiArgument, quoteWikiBox, quoteWikiPre } from '../../base/quote/index.ts';
import type { Box } from '../types.ts';

const templates: Readonly<Record<Box['kind'], string>> = {
  file: 'FileBox',
  code: 'CodeBox',
  kernel: 'KernelBox',
  root: 'RootCmd',
  user: 'Cmd',
};

/** How many commands one box takes; more are in boxes of their own. */
const mostCommands = 10;

/** No box has `lang=`: with it the wiki would escape twice what it shows. */
export function boxText(box: Box): string {
  return box.kind === 'root' || box.kind === 'user' ? commandBoxes(box) : textBox(box);
}

function textBox({ kind, title, text }: Box): string {
  const name = title === undefined ? '' : `|${kind === 'file' ? 'filename' : 'title'}=${quoteWikiArgument(title)}`;
  return `{{${templates[kind]}${name}|1=\n${quoteWikiBox(text)}}}`;
}

function commandBoxes({ kind, commands = [], text }: Box): string {
  const boxes: string[] = [];
  for (let at = 0; at < commands.length; at += mostCommands) {
    const lines = commands.slice(at, at + mostCommands).map((command) => `|${quoteWikiArgument(command)}`);
    const isLast = at + mostCommands >= commands.length;
    const output = isLast && text !== '' ? `|output=${quoteWikiPre(text)}` : '';
    boxes.push(`{{${templates[kind]}${lines.join('')}${output}}}`);
  }
  return boxes.join('\n');
}

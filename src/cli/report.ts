import type { Problem } from '../base/errors.ts';
import { formatProblems, problemsToJson } from '../base/report.ts';
import type { CommandResult } from '../commands/types.ts';
import type { Terminal } from './terminal.ts';

/** The result on stdout; notes go to stderr, so that a pipe gets the result alone. */
export function printResult(terminal: Terminal, result: CommandResult, json: boolean): void {
  if (json) {
    terminal.out(`${JSON.stringify(result.json, undefined, 2)}\n`);
    return;
  }
  if (result.notes !== undefined && result.notes !== '') terminal.error(ended(result.notes));
  if (result.text !== '') terminal.out(ended(result.text));
}

/** What is wrong, on stderr; with --json as an object on stdout too, so that a program need not parse prose. */
export function printProblems(terminal: Terminal, problems: readonly Problem[], json: boolean): void {
  if (json) terminal.out(`${JSON.stringify({ problems: problemsToJson(problems) }, undefined, 2)}\n`);
  else terminal.error(ended(formatProblems(problems, { colour: terminal.colour })));
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

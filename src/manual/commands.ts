import { exitStatuses, firstSteps, purpose } from '../commands/common.ts';
import { hostChecks } from '../commands/doctor/index.ts';
import { commands } from '../commands/index.ts';
import type { Command } from '../commands/types.ts';
import { outputKinds } from '../outputs/index.ts';
import { manPage } from './roff.ts';
import type { Edition } from './types.ts';
import { argumentsOf, optionOf, sharedOptions } from './usage.ts';
import type { Option } from './usage.ts';

const page = manPage('man/rc-lxc.8');

/** rc-lxc(8): every command, from the registry that the program itself has. */
export function commandsPage(edition: Edition): string {
  return page({
    ...edition,
    purpose,
    commands: commands.map((command) => described(command)),
    options: sharedOptions.map((option) => entry(option)),
    checks: hostChecks.map(({ name, summary }) => ({ name, summary })),
    statuses: exitStatuses.map(([status, meaning]) => ({ status: String(status), meaning: sentence(meaning) })),
    files: outputKinds.map(({ paths, summary }) => ({ paths: paths.join(', '), summary })),
    firstSteps,
  });
}

function described(command: Command): object {
  const own = command.options.map((option) => optionOf(option));
  return {
    name: command.name,
    synopsis: synopsis(command, own),
    summary: sentence(command.summary),
    description: command.description,
    arguments: argumentsOf(command).map(({ name, summary }) => ({ tag: `<${name}>`, summary: sentence(summary) })),
    options: own.map((option) => entry(option)),
    examples: command.examples.map(([line, what]) => ({ line, purpose: sentence(what) })),
  };
}

/** Columns of a terminal, less the margin of the manual. */
const widest = 72;

/** As one types it; what stands in brackets may be left out. Options that do not fit on the line are told of below it. */
function synopsis(command: Command, options: readonly Option[]): string {
  const words = options.map(({ short, long, value, isRequired }) => {
    const word = `${short ?? long}${value === undefined ? '' : ` <${value}>`}`;
    return isRequired ? word : `[${word}]`;
  });
  const last = argumentsOf(command).map(({ name, isRequired }) => (isRequired ? `<${name}>` : `[<${name}>]`));
  const whole = [`rc-lxc ${command.name}`, ...words, ...last].join(' ');
  return whole.length <= widest ? whole : [`rc-lxc ${command.name}`, '[<options>]', ...last].join(' ');
}

function entry({ short, long, value, summary }: Option): { readonly tag: string; readonly summary: string } {
  const flags = short === undefined ? long : `${short}, ${long}`;
  return { tag: value === undefined ? flags : `${flags} <${value}>`, summary: sentence(summary) };
}

/** Help has no dots at the ends of its lines; a manual has. */
function sentence(text: string): string {
  const first = text.startsWith('`') ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.:!?]$/u.test(first) ? first : `${first}.`;
}

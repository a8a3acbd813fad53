import { quoteSh } from '../base/quote/index.ts';
import { ebuildActions } from '../commands/ebuild.ts';
import { docsActions, docsFormats, docsPages } from '../commands/docs.ts';
import { commands } from '../commands/index.ts';
import type { Command, Completed } from '../commands/types.ts';
import { packages } from '../ebuild/packages.ts';
import { textRenderer } from '../outputs/render.ts';
import { sections } from '../schema/index.ts';
import { templates } from './templates.generated.ts';
import { argumentsOf, optionOf, sharedOptions } from './usage.ts';
import type { Option } from './usage.ts';

const rendered = (name: 'completion/bash' | 'completion/zsh') => textRenderer({ name, text: templates[name] }, quoteSh);

const bash = rendered('completion/bash');
const zsh = rendered('completion/zsh');

/** Words that are the same for everybody, by what they complete. */
const choices: readonly { readonly name: Completed; readonly words: readonly string[] }[] = [
  { name: 'action', words: ebuildActions },
  { name: 'package', words: packages.map(({ name }) => name) },
  { name: 'docs-action', words: docsActions },
  { name: 'docs-format', words: docsFormats },
  { name: 'docs-page', words: docsPages },
];

interface Described {
  readonly name: string;
  readonly summary: string;
}

/** Both are data for the few lines of shell that the templates hold: words, and by which function a value is completed. */
export function bashCompletion(): string {
  return bash({
    commands: [...commands.map(({ name }) => name), 'help'].join(' '),
    help: commands.map(({ name }) => name).join(' '),
    own: commands.map((command) => ({
      name: command.name,
      words: optionsOf(command)
        .flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]))
        .join(' '),
      values: optionsOf(command).flatMap(({ short, long, completes }) =>
        completes === undefined
          ? []
          : [short, long].flatMap((word) => (word === undefined ? [] : [{ word, completes }])),
      ),
      argument: command.arguments[0]?.completes ?? 'nothing',
    })),
    keys: keyWords().join(' '),
    dotted: dottedWords().join(' '),
    choices,
  });
}

export function zshCompletion(): string {
  const list = commands.map(({ name, summary }): Described => ({ name, summary }));
  return zsh({
    commands: [...list, { name: 'help', summary: 'print the help of a command' }].map((each) => item(each)),
    help: list.map((each) => item(each)),
    own: commands.map((command) => ({
      name: command.name,
      specs: [
        ...optionsOf(command).flatMap((option) => optionSpecs(option)),
        ...argumentsOf(command).map(
          ({ name, isRequired, completes }) => `${isRequired ? ':' : '::'}${name}:${action(completes)}`,
        ),
      ],
    })),
    keys: keyWords(),
    dotted: dottedWords(),
    choices,
  });
}

function optionsOf(command: Command): readonly Option[] {
  return [...command.options.map((option) => optionOf(option)), ...sharedOptions];
}

/** `NAME:SUMMARY`, as _describe of zsh takes it. */
const item = ({ name, summary }: Described): string => `${name.replaceAll(':', String.raw`\:`)}:${summary}`;

/** As _arguments of zsh takes it; each form excludes both. `+` takes a value beside it or next, `=` also after an equals sign. */
function optionSpecs({ short, long, value, summary, completes }: Option): readonly string[] {
  const excluded = short === undefined ? '' : `(${short} ${long})`;
  const said = `[${summary.replaceAll(/[\\:[\]]/gu, String.raw`\$&`)}]`;
  const given = value === undefined ? '' : `:${value}:${action(completes ?? 'nothing')}`;
  return [
    ...(short === undefined ? [] : [`${excluded}${short}${value === undefined ? '' : '+'}${said}${given}`]),
    `${excluded}${long}${value === undefined ? '' : '='}${said}${given}`,
  ];
}

/** A blank alone: nothing is offered, and the message says what belongs there. */
const action = (completes: Completed): string => (completes === 'nothing' ? ' ' : `_rc_lxc_${completes}`);

/** Sections, and keys each once. */
function keyWords(): readonly string[] {
  const keys = sections.flatMap((section) => section.keys.map(({ name }) => name));
  return [...new Set([...sections.map(({ kind }) => kind), ...keys])];
}

function dottedWords(): readonly string[] {
  return [...new Set(sections.flatMap(({ kind, keys }) => keys.map(({ name }) => `${kind}.${name}`)))];
}

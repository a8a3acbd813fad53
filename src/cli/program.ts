import { Command as Program, CommanderError } from 'commander';

import { UserError } from '../base/errors.ts';
import { commands } from '../commands/index.ts';
import type { Command, CommandResult, Context, OptionValues } from '../commands/types.ts';
import { commonOptions, exitStatuses, firstSteps, purpose } from '../commands/common.ts';
import { printProblems, printResult } from './report.ts';
import type { Terminal } from './terminal.ts';

/** What every command understands, beside its own options. */
export interface GlobalOptions {
  readonly config?: string;
  readonly root: string;
  readonly json?: boolean;
}

export interface Environment {
  readonly version: string;
  readonly terminal: Terminal;
  /** Makes what the command works on, from the global options; called once, before the command. */
  context(options: GlobalOptions): Context;
}

/** commander has it apart from other options. */
const helpFlags = '-h, --help';

/** sysexits.h: EX_USAGE. */
const usageError = 64;

/**
 * Runs one command line (without the program's own name) and gives the exit status:
 * 0 done, 1 refused, 2 changes (`plan --exit-code`), 64 usage. Anything unexpected is thrown.
 */
export async function runProgram(argv: readonly string[], environment: Environment): Promise<number> {
  let status = 0;
  const program = makeProgram(environment);
  for (const command of commands) {
    addCommand(program, command, environment, (exitCode) => {
      status = exitCode;
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : usageError;
  }
  return status;
}

function makeProgram({ version, terminal }: Environment): Program {
  return new Program('rc-lxc')
    .description(purpose)
    .version(version, '-V, --version', 'print the version and exit')
    .helpOption(helpFlags, 'print help and exit')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.error(text),
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
      getOutHasColors: () => terminal.colour,
      getErrHasColors: () => terminal.colour,
    })
    .addHelpText(
      'after',
      `
The description is /etc/rc-lxc/host.ini, and the *.ini files of host.ini.d
beside it.

Exit status:
${exitStatuses.map(([status, meaning]) => `  ${String(status).padEnd(2)}  ${meaning}`).join('\n')}

A first container:
${firstSteps.map((line) => `  ${line}`).join('\n')}`,
    );
}

function addCommand(
  program: Program,
  command: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  const sub = program.command(command.name).summary(command.summary).description(command.description);
  for (const argument of command.arguments) sub.argument(argument.name, argument.summary);
  for (const { flags, summary, required, default: usual } of [...command.options, ...commonOptions]) {
    if (flags === helpFlags) sub.helpOption(flags, summary);
    else if (required === true) sub.requiredOption(flags, summary, usual);
    else sub.option(flags, summary, usual);
  }
  sub.addHelpText('after', examplesText(command)).action(async (...received: unknown[]) => {
    const args = received.slice(0, -2).flatMap((value) => (typeof value === 'string' ? [value] : []));
    finish(await runCommand(command, args, sub.opts<OptionValues & GlobalOptions>(), environment));
  });
}

function examplesText(command: Command): string {
  if (command.examples.length === 0) return '';
  return `\nExamples:\n${command.examples.map(([line, what]) => `  ${line}\n      ${what}`).join('\n')}`;
}

async function runCommand(
  command: Command,
  args: readonly string[],
  options: OptionValues & GlobalOptions,
  environment: Environment,
): Promise<number> {
  const { terminal } = environment;
  let context: Context | undefined;
  try {
    context = environment.context(options);
    const result: CommandResult = await command.run(context, args, options);
    context.progress.done();
    printResult(terminal, result, options.json === true);
    return result.exitCode;
  } catch (error) {
    context?.progress.done();
    if (!(error instanceof UserError)) throw error;
    printProblems(terminal, error.problems, options.json === true);
    return 1;
  }
}

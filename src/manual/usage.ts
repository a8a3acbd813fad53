import { commonOptions } from '../commands/common.ts';
import type { Command, Completed, OptionSpec } from '../commands/types.ts';

/** An option taken apart: `-n, --network <network>`. */
export interface Option {
  readonly short?: string;
  readonly long: string;
  /** The name of its value; absent where it takes none. */
  readonly value?: string;
  /** What can be its value. */
  readonly completes?: Completed;
  readonly isRequired: boolean;
  /** Without a dot at its end. */
  readonly summary: string;
}

const form = /^(?:(?<short>-\w), )?(?<long>--[a-z][a-z-]*)(?: [<[](?<value>[a-z]+)[>\]])?$/u;

/** @throws Error for flags of another form: help would take what the manual cannot tell. */
export function optionOf({ flags, summary, required, default: usual, completes }: OptionSpec): Option {
  const parts = form.exec(flags)?.groups;
  if (parts?.['long'] === undefined) throw new Error(`not an option: ${flags}`);
  const { short, long, value } = parts;
  return {
    long,
    ...(short === undefined ? {} : { short }),
    ...(value === undefined ? {} : { value, completes: completes ?? 'nothing' }),
    isRequired: required ?? false,
    summary: usual === undefined ? summary : `${summary} (default: ${usual})`,
  };
}

export const sharedOptions: readonly Option[] = commonOptions.map((option) => optionOf(option));

/** An argument taken apart: `<name>`, `[key]`. */
export interface Argument {
  readonly name: string;
  readonly completes: Completed;
  readonly isRequired: boolean;
  readonly summary: string;
}

export function argumentsOf(command: Command): readonly Argument[] {
  return command.arguments.map(({ name, summary, completes }) => ({
    completes,
    name: name.replaceAll(/^[<[]|[>\]]$/gu, ''),
    isRequired: name.startsWith('<'),
    summary,
  }));
}

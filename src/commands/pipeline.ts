import { UserError, hasErrors, problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import { formatProblems } from '../base/report.ts';
import { desiredTree } from '../outputs/index.ts';
import { fingerprint } from '../plan/plan.ts';
import type { HostModel } from '../resolve/model.ts';
import { resolve } from '../resolve/resolve.ts';
import { parseSource } from '../source/parse.ts';
import type { ParsedConfig, SourceFile } from '../source/types.ts';
import type { DesiredTree } from '../tree/types.ts';
import type { Context } from './types.ts';

/** A description of this many characters, some thousand containers, takes its time. */
const large = 64 * 1024;
const many = 1000;

/** A description without mistakes, and what is worth saying of it all the same. */
export interface Loaded {
  readonly model: HostModel;
  readonly warnings: readonly Problem[];
}

/** Reads, parses and resolves the description. Every mistake is in the one UserError that is thrown. */
export async function loadModel(context: Context): Promise<Loaded> {
  const sources = context.files.readSources(context.source);
  return resolveSources(sources, context);
}

/** As `loadModel`, of texts at hand: what `new` is about to write is checked before it is written. */
export async function resolveSources(sources: readonly SourceFile[], context: Context): Promise<Loaded> {
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (size > large) context.progress.step('reading the description', 'computing');
  const parsed = parseSource(sources);
  refuseEmpty(parsed, sources);
  const { model, problems } = resolve(parsed, await context.facts());
  if (model === undefined || hasErrors(problems)) throw new UserError(problems);
  return { model, warnings: problems };
}

/**
 * What the description comes to in spite of its mistakes, and those: for looking, not for writing anything. A network whose
 * type cannot do what is declared is such a mistake.
 * @throws UserError when it cannot be made out at all.
 */
export async function loadSketch(
  context: Context,
  sources: readonly SourceFile[] = context.files.readSources(context.source),
): Promise<{ readonly sketch: HostModel; readonly problems: readonly Problem[] }> {
  const parsed = parseSource(sources);
  if (hasErrors(parsed.problems)) throw new UserError(parsed.problems);
  return resolve(parsed, await context.facts());
}

/** A file that was cut off, or never filled, is no order to remove everything. */
function refuseEmpty({ sections, problems }: ParsedConfig, [main]: readonly SourceFile[]): void {
  if (sections.length > 0 || problems.length > 0) return;
  throw new UserError(
    problem('empty-description', `${main?.path ?? ''}: there is nothing in it`, {
      hint: 'a host without containers has a section [host] all the same',
    }),
  );
}

/** The model and all that follows from it. */
export async function loadTree(
  context: Context,
  sources: readonly SourceFile[] = context.files.readSources(context.source),
): Promise<Loaded & { readonly tree: DesiredTree }> {
  const loaded = await resolveSources(sources, context);
  const { containers } = loaded.model;
  if (containers.length > many) context.progress.step(`rendering ${containers.length} containers`, 'computing');
  return { ...loaded, tree: desiredTree(loaded.model) };
}

/** All that a tree follows from: the same input gives the same tree. */
export async function inputOf(sources: readonly SourceFile[], context: Context): Promise<unknown> {
  return [context.version, await context.facts(), sources];
}

/** SHA-256 of the description's texts, in hexadecimal digits: tells of which one something was said. */
export function fingerprintOf(sources: readonly SourceFile[]): string {
  return fingerprint(JSON.stringify(sources.map(({ text }) => text)));
}

/** Warnings as the notes of a result. */
export function warningNotes(warnings: readonly Problem[], context: Context): string {
  return warnings.length === 0 ? '' : formatProblems(warnings, { colour: context.colour });
}

/** `3 containers`, `1 network`: a number with its noun. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

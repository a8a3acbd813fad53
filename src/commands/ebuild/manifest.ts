import type { CommandResult, Context, OptionValues } from '../types.ts';
import { distDirectory, manifestsFor } from './manifests.ts';
import { compare, loadOverlay } from './state.ts';
import { doneText, writeOverlay } from './write.ts';

/** Writes the Manifests anew from the files at hand, and whatever else is out of date. */
export async function manifest(context: Context, options: OptionValues): Promise<CommandResult> {
  const overlay = loadOverlay(context, options);
  const edited = compare(context, overlay).filter(({ state }) => state === 'edited');
  const manifests = await manifestsFor(context, overlay, overlay.versions, edited, {
    directory: distDirectory(context, options),
    replace: options['replace'] === true,
  });
  const done = writeOverlay(context, overlay, { versions: overlay.versions, manifests });
  const json = { written: done.written, removed: done.removed, edited: done.edited.map(({ path }) => path) };
  return { exitCode: 0, text: doneText(done), json };
}

/** Writes what is generated and out of date; Manifests stay as they are. */
export function update(context: Context, options: OptionValues): CommandResult {
  const overlay = loadOverlay(context, options);
  const done = writeOverlay(context, overlay, { versions: overlay.versions, manifests: new Map() });
  const json = { written: done.written, removed: done.removed, edited: done.edited.map(({ path }) => path) };
  return { exitCode: 0, text: doneText(done), json };
}

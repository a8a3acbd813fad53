import { unifiedDiff } from '../../base/unified-diff.ts';
import { formatManifest } from '../../ebuild/manifest.ts';
import type { Manifest } from '../../ebuild/manifest.ts';
import { formatRecord, isWrittenOnce, manifestPath, overlayFiles, recordPath } from '../../ebuild/overlay.ts';
import type { Versions } from '../../ebuild/overlay.ts';
import { fingerprint } from '../../plan/plan.ts';
import type { Context } from '../types.ts';
import { compare } from './state.ts';
import type { Finding, Overlay } from './state.ts';

/** What is to become of an overlay. */
export interface Wanted {
  readonly versions: Versions;
  readonly manifests: ReadonlyMap<string, Manifest>;
}

/** What was done: paths below the top, in order. */
export interface Done {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly edited: readonly Finding[];
}

/**
 * Brings an overlay to what is wanted. Every new text lies beside its target before the first one is put in place, so
 * that a full disk changes nothing. What a person has edited stays.
 */
export function writeOverlay(context: Context, overlay: Overlay, wanted: Wanted): Done {
  const findings = compare(context, overlay, wanted.versions);
  const edited = findings.filter(({ state }) => state === 'edited');
  const kept = new Set(edited.map(({ path }) => path));
  const files = new Map(findings.filter(({ path }) => !kept.has(path)).map(({ path, wanted: text }) => [path, text]));
  const removed = leaving(context, overlay, wanted);
  for (const [name, manifest] of wanted.manifests) {
    const path = manifestPath(name);
    const text = formatManifest(manifest);
    if (text === '' && context.host.look(`${overlay.top}/${path}`).kind !== 'absent') removed.push(path);
    else if (text !== (context.host.readText(`${overlay.top}/${path}`) ?? '')) files.set(path, text);
  }
  const record = recordOf(overlay, wanted, files, kept);
  if (record !== context.host.readText(`${overlay.top}/${recordPath}`)) files.set(recordPath, record);
  putInPlace(context, overlay.top, files);
  for (const path of removed) context.host.remove(`${overlay.top}/${path}`);
  return { written: [...files.keys()].filter((path) => path !== recordPath), removed, edited };
}

/** Files that are as they were generated, and no longer wanted. */
function leaving(context: Context, overlay: Overlay, { versions }: Wanted): string[] {
  const stay = overlayFiles(versions);
  return [...overlayFiles(overlay.versions).keys(), ...overlay.record.keys()].filter((path, at, all) => {
    if (stay.has(path) || all.indexOf(path) !== at) return false;
    const now = context.host.readText(`${overlay.top}/${path}`);
    return now !== undefined && fingerprint(now) === overlay.record.get(path);
  });
}

/**
 * A file that stays as it is keeps the sum of what it was generated as: one that was edited, taken back to that, is ours
 * again.
 */
function recordOf(
  overlay: Overlay,
  { versions }: Wanted,
  files: ReadonlyMap<string, string>,
  kept: ReadonlySet<string>,
): string {
  const sums = [...overlayFiles(versions)].flatMap(([path, text]) => {
    const recorded = overlay.record.get(path);
    const isFixed = isWrittenOnce(path) && !files.has(path) && recorded !== undefined;
    const sum = kept.has(path) || isFixed ? recorded : fingerprint(text);
    return sum === undefined ? [] : [[path, sum] as const];
  });
  return formatRecord(new Map(sums));
}

function putInPlace(context: Context, top: string, files: ReadonlyMap<string, string>): void {
  const staged: string[] = [];
  const beside = (path: string): string => `${top}/${path}.rc-lxc-new`;
  try {
    for (const [path, text] of files) {
      context.host.makeDirectory(`${top}/${path}`.replace(/\/[^/]+$/u, ''));
      staged.push(beside(path));
      context.host.write(beside(path), text, 0o644);
    }
  } catch (error) {
    for (const path of staged) context.host.remove(path);
    throw error;
  }
  for (const path of files.keys()) context.host.rename(beside(path), `${top}/${path}`);
}

/** A finding for a person: for a file that was edited, how it differs from what is generated. */
export function findingText({ path, state, now, wanted }: Finding): string {
  if (state === 'missing') return `missing   ${path}`;
  const heading = state === 'edited' ? `edited    ${path}: kept as it is` : `outdated  ${path}`;
  const patch = unifiedDiff([path, path], [now, wanted], { notes: ['(as it is)', '(generated)'], context: 2 });
  return `${heading}\n${patch.trimEnd()}`;
}

/** What was done, for a person. */
export function doneText({ written, removed, edited }: Done): string {
  const lines = [
    ...written.map((path) => `written   ${path}`),
    ...removed.map((path) => `removed   ${path}`),
    ...edited.map((finding) => findingText(finding)),
  ];
  return lines.length === 0 ? 'nothing to change' : lines.join('\n');
}

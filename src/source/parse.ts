import { unsafe as decode } from 'ini';

import type { Problem } from '../base/errors.ts';
import { SectionReader } from './sections.ts';
import { scan } from './scan.ts';
import type { ParsedConfig, SourceFile } from './types.ts';

/**
 * Reads a description that may lie in several files. Never throws for what is in the text: every mistake is in
 * `problems`, in the order of files and lines, and what could be read is in `sections`.
 * Values are as `ini` reads them: "…" as in JSON, `\;` and `\#` without quotes; '…' holds its text as it stands.
 * The scan has cut the lines, since `ini` nests dotted sections, keeps the last of what stands twice and takes a header
 * with a comment behind it for a key.
 */
export function parseSource(files: readonly SourceFile[]): ParsedConfig {
  const reader = new SectionReader(decode);
  const problems: Problem[] = [];
  for (const file of files) {
    const { found, problems: scanned } = scan(file);
    const read = reader.readFile(file.path, found);
    problems.push(...[...scanned, ...read].toSorted(byPlace));
  }
  return { files: files.map((file) => file.path), sections: reader.sections, problems };
}

function byPlace(one: Problem, other: Problem): number {
  const [first, second] = [one.where, other.where];
  return (first?.line ?? 0) - (second?.line ?? 0) || (first?.column ?? 0) - (second?.column ?? 0);
}

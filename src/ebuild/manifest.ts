import { UserError, problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';

/** A file that is fetched, by size in bytes and hashes in lower-case hexadecimal digits (GLEP 74). */
export interface Sums {
  readonly size: number;
  readonly blake2b: string;
  readonly sha512: string;
}

/** By name. A repository with thin Manifests lists nothing else. */
export type Manifest = ReadonlyMap<string, Sums>;

const line = /^DIST (?<name>[^\s/]+) (?<size>\d+) BLAKE2B (?<blake2b>[0-9a-f]{128}) SHA512 (?<sha512>[0-9a-f]{128})$/u;

/** @throws UserError with every line that is no entry, or stands twice. */
export function parseManifest(text: string, file: string): Manifest {
  const problems: Problem[] = [];
  const entries = new Map<string, Sums>();
  for (const [at, each] of text.split('\n').entries()) {
    if (each === '') continue;
    const found = line.exec(each)?.groups;
    const where = { file, line: at + 1, text: each };
    const hint =
      'take the file out of version control again, or remove it and run rc-lxc ebuild manifest with the distfiles at hand';
    if (found === undefined) {
      problems.push(problem('manifest-corrupt', 'this is no entry of a thin Manifest', { where, hint }));
      continue;
    }
    const { name = '', size = '', blake2b = '', sha512 = '' } = found;
    if (entries.has(name)) problems.push(problem('manifest-corrupt', `${name} stands twice`, { where, hint }));
    entries.set(name, { size: Number(size), blake2b, sha512 });
  }
  if (text !== '' && !text.endsWith('\n'))
    problems.push(problem('manifest-corrupt', `${file}: its last line is cut off`, { hint: 'restore the file' }));
  if (problems.length > 0) throw new UserError(problems);
  return entries;
}

/** As Portage writes it (`portage.manifest`): sorted by name, in code points. Empty when there is no entry. */
export function formatManifest(manifest: Manifest): string {
  return [...manifest]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { size, blake2b, sha512 }]) => `DIST ${name} ${size} BLAKE2B ${blake2b} SHA512 ${sha512}\n`)
    .join('');
}

export function sameSums(one: Sums, other: Sums): boolean {
  return one.size === other.size && one.blake2b === other.blake2b && one.sha512 === other.sha512;
}

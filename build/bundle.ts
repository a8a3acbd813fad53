/** What is bundled, how, and which packages of others are in it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { rolldown } from 'rolldown';
import type { OutputChunk, RolldownBuild } from 'rolldown';

const root = join(import.meta.dirname, '..');

/** Its form: every command is a chunk of its own, so that `rc-lxc --version` does not load what `apply` needs. */
export const form = {
  format: 'esm',
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name]-[hash].mjs',
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
} as const;

export async function makeBundle(): Promise<RolldownBuild> {
  return rolldown({
    cwd: root,
    input: { main: 'src/main.ts' },
    platform: 'node',
    // Modules are named in the output by their paths below here, wherever node_modules may be linked to.
    resolve: { symlinks: false },
    transform: { target: 'node20' },
  });
}

/** A package that is in the bundle, by its package.json; `licence` is an SPDX expression. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly folder: string;
}

/** The packages that the chunks hold code of, by name and version. */
export function packagesIn(output: readonly { readonly type: string }[]): readonly BundledPackage[] {
  const chunks = output.filter((each): each is OutputChunk => each.type === 'chunk');
  const folders = chunks.flatMap(({ moduleIds }) => moduleIds.flatMap((id) => packageFolder(id)));
  const packages = [...new Set(folders)].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly version: string;
      readonly license?: string;
    };
    if (license === undefined) throw new Error(`${folder}: a package without a licence cannot be bundled`);
    return { name, version, licence: license, folder };
  });
  const key = ({ name, version }: BundledPackage): string => `${name} ${version}`;
  return packages.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** The folder of the innermost package that a module belongs to; none for our own sources and for the runtime. */
function packageFolder(id: string): readonly string[] {
  const found = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(id.replaceAll('\0', ''));
  return found === null ? [] : [found[0]];
}

/** The text of a package's licence, which must go along with its code. */
export function licenceText({ folder }: BundledPackage): string {
  const file = readdirSync(folder).find((each) => /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/iu.test(each));
  if (file === undefined) throw new Error(`${folder}: no text of its licence`);
  return readFileSync(join(folder, file), 'utf8');
}

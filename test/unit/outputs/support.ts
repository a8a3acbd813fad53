import { desiredTree } from '../../../src/outputs/index.ts';
import type { HostFacts } from '../../../src/resolve/model.ts';
import type { DesiredTree } from '../../../src/tree/types.ts';
import { modelOf } from '../resolve/support.ts';

export function treeOf(text: string, known?: HostFacts): DesiredTree {
  return desiredTree(modelOf(text, known));
}

/** The content of a file of the tree. */
export function contentOf(tree: DesiredTree, path: string): string {
  const file = tree.files.find((candidate) => candidate.path === path);
  if (file?.kind !== 'file') throw new Error(`no file ${path}`);
  return file.content;
}

/** `key = value` lines of an LXC config. */
export function lxcLines(config: string): readonly (readonly [key: string, value: string])[] {
  return config
    .split('\n')
    .flatMap((line) => (/^(lxc\.\S+) = (.*)$/u.exec(line) ?? []).slice(1))
    .reduce<[string, string][]>((lines, word, index, words) => {
      if (index % 2 === 0) lines.push([word, words[index + 1] ?? '']);
      return lines;
    }, []);
}

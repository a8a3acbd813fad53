import { UserError, problem } from '../../../src/base/errors.ts';
import { realHost } from '../../../src/host/real.ts';
import type { Host, Output } from '../../../src/host/types.ts';
import type { Found } from '../../../src/plan/types.ts';

/** A machine in memory, to look at only. */
export interface Machine {
  /** Content by path; `-> TARGET` is a link. What leads to a file is a directory, and so is a path with nothing in it that ends in `/`. */
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** What programs print on stdout, by their command line. One that is not here is not installed. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly live?: boolean;
  readonly isRoot?: boolean;
}

const link = /^-> (.+)$/u;

export function machine({ files, programs = {}, live = true, isRoot = true }: Machine): Host {
  const paths = Object.keys(files);
  const at = (path: string): string | Buffer | undefined => files[path];
  return {
    ...realHost('/'),
    live,
    isRoot,
    look: (path): Found => {
      const found = at(path);
      if (found === undefined) return { kind: paths.some((each) => each.startsWith(`${path}/`)) ? 'other' : 'absent' };
      if (typeof found !== 'string')
        return { kind: 'file', content: found.toString('latin1'), mode: 0o644, encoding: 'latin1' };
      const target = link.exec(found)?.[1];
      return target === undefined ? { kind: 'file', content: found, mode: 0o644 } : { kind: 'link', target };
    },
    readText: (path) => {
      const found = at(path);
      // As a real one does, where a file stands on the way.
      if (path.split('/').some((_, length, parts) => length > 1 && at(parts.slice(0, length).join('/')) !== undefined))
        throw new UserError(problem('in-the-way', path, { hint: '' }));
      const target = typeof found === 'string' ? link.exec(found)?.[1] : undefined;
      return target === undefined ? found?.toString() : at(target)?.toString();
    },
    list: (directory) =>
      [
        ...new Set(
          paths.flatMap((path) =>
            path.startsWith(`${directory}/`) ? (path.slice(directory.length + 1).split('/')[0] ?? []) : [],
          ),
        ),
      ].toSorted(),
    isDirectory: (path) => paths.some((each) => each.startsWith(`${path}/`)),
    run: async (argv): Promise<Output | undefined> => {
      const stdout = programs[argv.join(' ')];
      return stdout === undefined ? undefined : { stdout, stderr: '', exitCode: 0 };
    },
  };
}

import { UserError, problem } from '../../../src/base/errors.ts';
import type { Host } from '../../../src/host/types.ts';

export interface Failing {
  readonly host: Host;
  /** How many changing calls were made. */
  calls(): number;
}

/**
 * A host whose changing calls fail from number `from` to number `to`, as a full or read-only disk makes them fail: a
 * call that fails has changed nothing, except that `write` leaves half a file.
 */
export function failing(real: Host, from: number, to: number): Failing {
  let calls = 0;
  const fails = (): boolean => {
    calls += 1;
    return calls >= from && calls <= to;
  };
  const refusal = (path: string) =>
    new UserError(problem('disk-full', `${path}: there is no room left`, { hint: 'make room' }));
  const guard =
    <Args extends readonly unknown[], Result>(call: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (fails()) throw refusal(String(args[0]));
      return call(...args);
    };
  const host: Host = {
    ...real,
    write(path, content, mode, encoding) {
      if (!fails()) return real.write(path, content, mode, encoding);
      real.write(path, content.slice(0, content.length / 2), mode, encoding);
      throw refusal(path);
    },
    symlink: guard(real.symlink),
    link: guard(real.link),
    chmod: guard(real.chmod),
    rename: guard(real.rename),
    remove: guard(real.remove),
    makeDirectory: guard(real.makeDirectory),
    removeEmptyDirectory: guard(real.removeEmptyDirectory),
    removeTree: guard(real.removeTree),
    sync: async (paths) => {
      if (fails()) throw refusal(String(paths[0]));
      await real.sync(paths);
    },
  };
  return { host, calls: () => calls };
}

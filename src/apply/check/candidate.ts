import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import type { DesiredRegular } from '../../tree/types.ts';
import { stateDirectory } from '../manifest.ts';

/** A staged file, to be read by the program that it is for. */
export interface Candidate {
  /** Where it will be. */
  readonly path: string;
  /** Where it is. */
  readonly staged: string;
  readonly desired: DesiredRegular;
}

/** What is laid out for the readers; it is gone when they have read it. */
export const checkDirectory = `${stateDirectory}/check`;

export function refusal(file: Candidate, reader: string, said: string): Problem {
  return problem('refused-by-reader', `${reader} does not accept ${file.path}: ${said.trim()}`, {
    where: file.desired.origin,
    hint: 'nothing was changed; look at what this section adds with raw lines, else report it: rc-lxc should have found it',
  });
}

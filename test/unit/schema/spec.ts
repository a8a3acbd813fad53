import { isSectionKind, keySpec } from '../../../src/schema/index.ts';
import type { KeySpec } from '../../../src/schema/types.ts';

/** The declaration of `container.memory`; one that is missing is a mistake of the test. */
export function specOf(place: string): KeySpec {
  const [kind = '', ...key] = place.split('.');
  const spec = isSectionKind(kind) ? keySpec(kind, key.join('.')) : undefined;
  if (spec === undefined) throw new Error(`no key ${place}`);
  return spec;
}

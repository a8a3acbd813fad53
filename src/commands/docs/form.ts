import { UserError, problem } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';
import { forms } from '../../docs/forms.ts';
import type { Form } from '../../docs/types.ts';
import type { OptionValues } from '../types.ts';

/** @throws UserError when there is none of that name. */
export function formOf({ format }: OptionValues): Form {
  const found = forms.find(({ name }) => name === format);
  if (found !== undefined) return found;
  const names = forms.map(({ name }) => name);
  const close = nearest(String(format), names);
  const hint = close === undefined ? `take one of ${names.join(', ')}` : `did you mean ${close}?`;
  throw new UserError(problem('unknown-format', `there is no form ${String(format)} of the pages`, { hint }));
}

import { UserError, hasErrors } from '../../../../src/base/errors.ts';
import { describe } from '../../../../src/resolve/description.ts';
import type { PlaceOf } from '../../../../src/lab/prove/promise.ts';
import type { HostModel } from '../../../../src/resolve/model.ts';
import { resolve } from '../../../../src/resolve/resolve.ts';
import { parseSource } from '../../../../src/source/parse.ts';

const parse = (source: string) => parseSource([{ path: 'host.ini', text: source }]);

/** The model of a description for an usual machine. Throws for a mistake in it. */
export function modelOf(source: string): HostModel {
  const { model, problems } = resolve(parse(source), { installedLxc: '7.0.0', netifrc: false });
  if (model === undefined || hasErrors(problems)) throw new UserError(problems);
  return model;
}

export function placesOf(source: string): PlaceOf {
  return describe(parse(source)).place;
}

import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

import { parse } from 'ini';

import { UserError, problem } from '../base/errors.ts';
import { codeOf } from './failures.ts';

/** A name, as `Editor@rc-lxc`, and the password of a bot. */
export interface Account {
  readonly name: string;
  readonly password: string;
}

const form = "two lines, 'user = NAME@BOT' and 'password = PASSWORD', of Special:BotPasswords on the wiki";

/**
 * From a file that nobody else may read, else from RC_LXC_WIKI_USER and RC_LXC_WIKI_PASSWORD of the environment.
 * @throws UserError that never has the password.
 */
export function readAccount(file: string | undefined, environment: NodeJS.ProcessEnv): Account {
  if (file !== undefined) return fromFile(resolve(file));
  const [name = '', password = ''] = [environment['RC_LXC_WIKI_USER'], environment['RC_LXC_WIKI_PASSWORD']];
  if (name !== '' && password !== '') return { name, password };
  throw new UserError(
    problem('no-credentials', 'nothing says who writes to the wiki', {
      hint: `--credentials FILE (${form}), or RC_LXC_WIKI_USER and RC_LXC_WIKI_PASSWORD in the environment`,
    }),
  );
}

function fromFile(path: string): Account {
  let mode: number, text: string;
  try {
    [mode, text] = [statSync(path).mode, readFileSync(path, 'utf8')];
  } catch (error) {
    const message = `${path}: it cannot be read (${codeOf(error)})`;
    throw new UserError(problem('unreadable', message, { hint: `it has ${form}` }));
  }
  if ((mode & 0o077) !== 0)
    throw new UserError(
      problem('open-credentials', `${path}: others may read the password`, { hint: `chmod 600 ${path}` }),
    );
  const { user, password } = parse(text) as Readonly<Record<string, unknown>>;
  if (typeof user === 'string' && typeof password === 'string' && user !== '' && password !== '')
    return { name: user, password };
  throw new UserError(problem('bad-credentials', `${path}: no name and password`, { hint: `it has ${form}` }));
}

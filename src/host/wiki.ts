import { createHash } from 'node:crypto';

import { UserError, problem } from '../base/errors.ts';
import type { Edit, Revision, Saved, Upload, Wiki } from '../wiki/types.ts';
import type { Account } from './wiki-account.ts';
import { WikiCalls, WikiRefusal } from './wiki-call.ts';
import type { Answer, Parameters } from './wiki-call.ts';

/** Seconds that copies of the wiki's database may be behind: then it asks to wait. */
const maxlag = '5';

/**
 * A wiki by its address. `account` is asked for when something is to be written.
 * @throws UserError for an address that is none, or to which a password must not be sent.
 */
export function openWiki(named: string, account: () => Account): Wiki {
  const url = checked(named);
  return new MediaWiki(named, url, account);
}

function checked(named: string): URL {
  const refuse = (why: string, hint: string) => new UserError(problem('bad-wiki', `--wiki ${named}: ${why}`, { hint }));
  const url = URL.canParse(named) ? new URL(named) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw refuse('it is no address of a wiki', 'as https://wiki.example.org');
  if (url.username !== '' || url.password !== '')
    throw refuse('it has a name or a password in it', 'put them into a file, and name that with --credentials');
  return url;
}

class MediaWiki implements Wiki {
  readonly #named: string;
  readonly #url: URL;
  readonly #account: () => Account;
  readonly #calls: WikiCalls;
  #session: Promise<{ readonly user: string; readonly token: string }> | undefined;

  constructor(named: string, url: URL, account: () => Account) {
    this.#named = named;
    this.#url = url;
    this.#account = account;
    this.#calls = new WikiCalls(named);
  }

  async page(title: string): Promise<Revision | undefined> {
    return (await this.history(title, 1))[0];
  }

  async history(title: string, most: number): Promise<readonly Revision[]> {
    const { query } = (await this.#call({
      action: 'query',
      prop: 'revisions',
      rvprop: 'ids|timestamp|user|comment|content',
      rvslots: 'main',
      rvlimit: String(most),
      titles: title,
    })) as unknown as { readonly query: { readonly pages: readonly { readonly revisions?: readonly Raw[] }[] } };
    return (query.pages[0]?.revisions ?? []).map(({ revid, timestamp, user = '', comment = '', slots }) => ({
      id: revid,
      timestamp,
      user,
      comment,
      content: slots.main.content ?? '',
    }));
  }

  async upload(name: string): Promise<Upload | undefined> {
    const { query } = (await this.#call({
      action: 'query',
      prop: 'imageinfo',
      iiprop: 'sha1|user|timestamp',
      titles: `File:${name}`,
    })) as unknown as { readonly query: { readonly pages: readonly { readonly imageinfo?: readonly Upload[] }[] } };
    const found = query.pages[0]?.imageinfo?.[0];
    return found === undefined ? undefined : { sha1: found.sha1, user: found.user, timestamp: found.timestamp };
  }

  async login(): Promise<string> {
    return (await this.#logged()).user;
  }

  async edit({ title, text, summary, base }: Edit): Promise<Saved> {
    const { user, token } = await this.#logged();
    try {
      const { edit } = (await this.#calls.call({
        action: 'edit',
        title,
        text,
        summary,
        md5: createHash('md5').update(text).digest('hex'),
        // Measured: with the time of the base in its place, an edit in the same second or of the same account is lost.
        ...(base === undefined ? { createonly: '1' } : { baserevid: String(base), nocreate: '1' }),
        bot: '1',
        assertuser: user,
        maxlag,
        token,
      })) as unknown as { readonly edit: Edited };
      if (edit.result !== 'Success') throw this.#refused(new WikiRefusal(edit.result, JSON.stringify(edit)));
      if (edit.nochange === true) return 'unchanged';
      return base !== undefined && edit.oldrevid !== base ? 'merged' : 'saved';
    } catch (error) {
      if (error instanceof WikiRefusal && ['editconflict', 'articleexists', 'missingtitle'].includes(error.code))
        return 'conflict';
      throw this.#refused(error);
    }
  }

  async send(name: string, content: string, comment: string): Promise<void> {
    const { user, token } = await this.#logged();
    const { upload } = (await this.#call({
      action: 'upload',
      filename: name,
      file: new Blob([content], { type: 'image/svg+xml' }),
      comment,
      text: comment,
      ignorewarnings: '1',
      assertuser: user,
      maxlag,
      token,
    })) as unknown as { readonly upload: { readonly result: string } };
    if (upload.result !== 'Success') throw this.#refused(new WikiRefusal(upload.result, JSON.stringify(upload)));
  }

  #logged(): Promise<{ readonly user: string; readonly token: string }> {
    this.#session ??= this.#logIn();
    return this.#session;
  }

  async #logIn(): Promise<{ readonly user: string; readonly token: string }> {
    if (this.#url.protocol === 'http:' && !/^(?:127(?:\.\d+){3}|localhost|\[::1\])$/u.test(this.#url.hostname))
      throw new UserError(
        problem('open-wiki', `${this.#named}: a password would cross the network unencrypted`, {
          hint: 'name the wiki with https://',
        }),
      );
    const { name, password } = this.#account();
    const { login } = (await this.#call({
      action: 'login',
      lgname: name,
      lgpassword: password,
      lgtoken: await this.#token('login'),
    })) as unknown as { readonly login: { readonly result: string; readonly lgusername?: string } };
    if (login.result !== 'Success' || login.lgusername === undefined)
      throw new UserError(
        problem('login-refused', `${this.#named}: the login of ${name} is refused`, {
          hint: 'the name and password of a bot, of Special:BotPasswords on the wiki, with the rights to edit, create and upload',
        }),
      );
    return { user: login.lgusername, token: await this.#token('csrf') };
  }

  async #token(type: 'login' | 'csrf'): Promise<string> {
    const { query } = (await this.#call({ action: 'query', meta: 'tokens', type })) as unknown as {
      readonly query: { readonly tokens: Readonly<Record<string, string>> };
    };
    return query.tokens[`${type}token`] ?? '';
  }

  async #call(parameters: Parameters): Promise<Answer> {
    try {
      return await this.#calls.call(parameters);
    } catch (error) {
      throw this.#refused(error);
    }
  }

  #refused(error: unknown): unknown {
    if (!(error instanceof WikiRefusal)) return error;
    return new UserError(
      problem('wiki-refuses', `${this.#named}: ${error.message} (${error.code})`, { hint: hints[error.code] }),
    );
  }
}

interface Raw {
  readonly revid: number;
  readonly timestamp: string;
  readonly user?: string;
  readonly comment?: string;
  readonly slots: { readonly main: { readonly content?: string } };
}

interface Edited {
  readonly result: string;
  readonly oldrevid?: number;
  readonly nochange?: boolean;
}

const hints: Readonly<Record<string, string>> = {
  permissiondenied: 'give the bot the right for it at Special:BotPasswords',
  protectedpage: 'ask who protected the page, or an administrator of the wiki',
  maxlag: 'the wiki is busy: try again later',
  ratelimited: 'the wiki takes so many edits a minute and no more: try again later',
  readonly: 'the wiki takes no edits now: try again later',
  readapidenied: 'the wiki is not open to everybody: it cannot be read without a login',
};

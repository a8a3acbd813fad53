import { UserError, problem } from '../base/errors.ts';

/** What the interface for programs answers with: https://www.mediawiki.org/wiki/API:Main_page, formatversion 2. */
export type Answer = Readonly<Record<string, unknown>>;

export type Parameters = Readonly<Record<string, string | Blob>>;

/** The wiki's own code for why it refuses, as `editconflict`. */
export class WikiRefusal extends Error {
  readonly code: string;

  constructor(code: string, info: string) {
    super(info);
    this.name = 'WikiRefusal';
    this.code = code;
  }
}

/** Milliseconds. */
const longestCall = 60_000;
/** How often a call that the wiki puts off is made, and seconds between when it does not say. */
const tries = 4;
const usualWait = 5;

/** Calls one wiki with the cookies that it gave. */
export class WikiCalls {
  readonly #named: string;
  readonly #cookies = new Map<string, string>();
  #api: string | undefined;

  /** `named`: the address of a wiki, of its `api.php`, or of the folder that has it. */
  constructor(named: string) {
    this.#named = named;
  }

  /** Where the interface is: found at the first call. */
  async api(): Promise<string> {
    this.#api ??= await this.#find();
    return this.#api;
  }

  /** @throws WikiRefusal for what the wiki itself says no to; UserError when it cannot be reached. */
  async call(parameters: Parameters): Promise<Answer> {
    const api = await this.api();
    for (let attempt = 1; ; attempt += 1) {
      const { answer, wait } = await this.#post(api, parameters);
      const refusal = refusalOf(answer);
      if (refusal === undefined) return answer;
      if (!isPutOff(refusal.code) || attempt === tries) throw refusal;
      await new Promise((done) => setTimeout(done, wait * 1000));
    }
  }

  async #find(): Promise<string> {
    const base = new URL(this.#named).href.replace(/\/+$/u, '');
    const places = base.endsWith('/api.php') ? [base] : ['api.php', 'w/api.php'].map((path) => `${base}/${path}`);
    for (const place of places) {
      const isOne = await this.#post(place, { action: 'query', meta: 'siteinfo' }).then(
        ({ answer }) => 'query' in answer || 'error' in answer,
        (error: unknown) => {
          if (error instanceof UserError && error.problems[0]?.code === 'not-a-wiki') return false;
          throw error;
        },
      );
      if (isOne) return place;
    }
    throw this.#refused('not-a-wiki', 'there is no api.php of a MediaWiki', `looked at ${places.join(' and ')}`);
  }

  async #post(api: string, parameters: Parameters): Promise<{ readonly answer: Answer; readonly wait: number }> {
    const all = { format: 'json', formatversion: '2', ...parameters };
    const hasFile = Object.values(all).some((value) => typeof value !== 'string');
    const body = hasFile ? new FormData() : new URLSearchParams();
    for (const [name, value] of Object.entries(all))
      if (body instanceof FormData) body.append(name, value);
      else body.append(name, value);
    const answer = await this.#answered(api, body);
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/u.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) this.#cookies.set(name, value);
    }
    const text = await answer.text().catch((error: unknown) => {
      throw this.#unreached(error);
    });
    const wait = Number(answer.headers.get('retry-after')) || usualWait;
    const json = parsed(text);
    if (json !== undefined) return { answer: json, wait: Math.min(wait, 60) };
    const status = answer.ok ? 'what it answers is no JSON' : `it answers ${answer.status}`;
    throw this.#refused('not-a-wiki', `${api}: ${status}`, 'name the wiki, or its api.php');
  }

  async #answered(api: string, body: FormData | URLSearchParams): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    try {
      return await fetch(api, {
        method: 'POST',
        body,
        // What is sent to one wiki is not for another: the address it moved to is to be named.
        redirect: 'error',
        headers: { 'user-agent': 'rc-lxc (documentation of LXC under OpenRC)', ...(cookie === '' ? {} : { cookie }) },
        signal: AbortSignal.timeout(longestCall),
      });
    } catch (error) {
      throw this.#unreached(error);
    }
  }

  #unreached(error: unknown): UserError {
    const { cause } = error as { readonly cause?: unknown };
    const why = cause instanceof Error ? cause.message : String(error);
    return this.#refused(
      'wiki-unreachable',
      `it cannot be reached (${why})`,
      'check the address; one that leads to another is not followed',
    );
  }

  #refused(code: string, message: string, hint: string): UserError {
    return new UserError(problem(code, `${this.#named}: ${message}`, { hint }));
  }
}

function isPutOff(code: string): boolean {
  return code === 'maxlag' || code === 'ratelimited' || code === 'readonly';
}

function refusalOf(answer: Answer): WikiRefusal | undefined {
  const error = answer['error'] as { readonly code?: string; readonly info?: string } | undefined;
  return error === undefined ? undefined : new WikiRefusal(error.code ?? 'unknown', error.info ?? '');
}

function parsed(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Answer) : undefined;
  } catch {
    return undefined;
  }
}

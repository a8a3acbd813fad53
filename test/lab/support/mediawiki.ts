import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As build/wiki-packages.sh has it. */
const installed = '/var/cache/rc-lxc/mediawiki';

/** Why there can be no MediaWiki here; undefined where there can. */
export const wikiRefusal: string | undefined = refusal();

function refusal(): string | undefined {
  if (!existsSync(join(installed, 'extensions/ParserFunctions/extension.json')))
    return 'there is no MediaWiki: make system-wiki';
  const { status, stdout } = spawnSync('php', ['-m'], { encoding: 'utf8' });
  if (status !== 0) return 'there is no PHP: make system-wiki';
  const lacks = ['pdo_sqlite', 'mbstring', 'xml', 'intl'].find((name) => !stdout.includes(name));
  return lacks === undefined ? undefined : `PHP has no ${lacks}: make system-wiki`;
}

/** Who may edit: a name and a password for `action=login`. */
interface WikiAccount {
  readonly name: string;
  readonly password: string;
}

/** What `action=parse` makes of a text. */
interface ParsedPage {
  readonly html: string;
  readonly warnings: readonly string[];
  /** Templates that it uses, and whether they are there. */
  readonly templates: readonly { readonly title: string; readonly exists: boolean }[];
}

/** A MediaWiki that is this test's own, on the loopback interface, with its files in a folder that goes with it. */
export interface TestWiki {
  /** `http://127.0.0.1:40123`: pages are at `/index.php?title=`, the interface for programs at `/api.php`. */
  readonly base: string;
  readonly api: string;
  readonly folder: string;
  /** A bot password of an administrator: it may edit, create and upload. */
  readonly bot: WikiAccount;
  /** The user that the bot's edits are of. */
  readonly botUser: string;
  /** Somebody else, with an ordinary password of a login by hand; `editAs` edits in this one's name. */
  readonly person: string;
  /** Without logging in; POST, so that a page of any size fits. */
  call(parameters: Readonly<Record<string, string>>): Promise<Record<string, unknown>>;
  parse(title: string, wikitext: string): Promise<ParsedPage>;
  /** Saves a page in the name of `user`, as an edit by hand would (maintenance/edit.php). */
  editAs(user: string, title: string, wikitext: string): void;
  /** The text of a page as it is saved; undefined when there is none. */
  textOf(title: string): Promise<string | undefined>;
  stop(): void;
}

/** What a test wiki has beside what the installer writes. */
const settings = `
$wgEnableUploads = true;
$wgFileExtensions[] = 'svg';
$wgSVGConverter = 'rsvg';
$wgUseImageMagick = false;
$wgUploadDirectory = getenv( 'RC_LXC_WIKI' ) . '/top/images';
$wgUploadPath = '/images';
$wgCacheDirectory = getenv( 'RC_LXC_WIKI' ) . '/cache';
$wgMainCacheType = CACHE_ACCEL;
$wgRateLimits = [];
$wgJobRunRate = 0;
$wgPingback = false;
$wgShowExceptionDetails = true;
$wgPasswordAttemptThrottle = [];
`;

const administrator = 'Admin';
const person = 'Editor';
// Of a wiki that nobody but this test reaches; in the form that MediaWiki gives passwords of bots: 32 of 0-9 and a-w.
const password = '0of0a0throwawa0wiki0of0a0test0000';

/** A few seconds. @throws Error with what PHP said. */
export async function startMediawiki(): Promise<TestWiki> {
  if (wikiRefusal !== undefined) throw new Error(wikiRefusal);
  const folder = mkdtempSync(join(tmpdir(), 'rc-lxc-wiki-'));
  let server: ChildProcess | undefined;
  const stop = (): void => {
    server?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const base = `http://127.0.0.1:${await freePort()}`;
    install(folder, base);
    server = serve(folder, base);
    await answering(base, server);
    return wiki(folder, base, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

function environment(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, RC_LXC_WIKI: folder, MW_CONFIG_FILE: join(folder, 'LocalSettings.php') };
}

function php(folder: string, args: readonly string[], input = ''): void {
  const { status, stdout, stderr } = spawnSync('php', args, { encoding: 'utf8', input, env: environment(folder) });
  if (status !== 0) throw new Error(`php ${args.join(' ')}: ${stdout}${stderr}`);
}

const maintenance = (name: string): string => join(installed, 'maintenance', `${name}.php`);

function install(folder: string, base: string): void {
  const top = join(folder, 'top');
  for (const directory of ['top', 'top/images', 'data', 'cache']) mkdirSync(join(folder, directory));
  for (const entry of ['index.php', 'api.php', 'load.php', 'thumb.php', 'rest.php', 'resources', 'skins', 'extensions'])
    symlinkSync(join(installed, entry), join(top, entry));
  // Its settings are not there yet, and it must not look for them.
  const options = {
    dbtype: 'sqlite',
    dbpath: join(folder, 'data'),
    dbname: 'wiki',
    server: base,
    scriptpath: '',
    confpath: folder,
    lang: 'en',
    extensions: 'ParserFunctions,Cite,SyntaxHighlight_GeSHi',
    skins: 'Vector',
    pass: password,
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const { status, stdout, stderr } = spawnSync('php', [maintenance('install'), ...args, 'Test wiki', administrator], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`MediaWiki's installer: ${stdout}${stderr}`);
  appendFileSync(join(folder, 'LocalSettings.php'), settings);
  const grants = 'basic,highvolume,editpage,createeditmovepage,uploadfile,uploadeditmovefile';
  php(folder, [maintenance('createBotPassword'), '--appid', 'rc-lxc', '--grants', grants, administrator, password]);
  php(folder, [maintenance('createAndPromote'), person, password]);
  importTemplates(folder);
}

function importTemplates(folder: string): void {
  const templates = join(import.meta.dirname, 'wiki-templates');
  const files = readdirSync(templates).filter((name) => name.endsWith('.wiki'));
  const copies = join(folder, 'templates');
  mkdirSync(copies);
  for (const name of files) symlinkSync(join(templates, name), join(copies, name.slice(0, -'.wiki'.length)));
  php(folder, [
    maintenance('importTextFiles'),
    '--prefix=Template:',
    `--user=${administrator}`,
    ...readdirSync(copies).map((name) => join(copies, name)),
  ]);
}

/** It goes when the test goes, however that ends. */
function serve(folder: string, base: string): ChildProcess {
  const address = new URL(base).host;
  return spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'php', '-d', 'opcache.enable_cli=1', '-S', address, '-t', join(folder, 'top')],
    {
      env: environment(folder),
      stdio: 'ignore',
    },
  );
}

async function answering(base: string, server: ChildProcess): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end && server.exitCode === null) {
    const answer = await fetch(`${base}/api.php?action=query&format=json`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('MediaWiki does not answer');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function wiki(folder: string, base: string, stop: () => void): TestWiki {
  const api = `${base}/api.php`;
  const call: TestWiki['call'] = async (parameters) => {
    const body = new URLSearchParams({ format: 'json', formatversion: '2', ...parameters });
    const answer = (await (await fetch(api, { method: 'POST', body })).json()) as Record<string, unknown>;
    if ('error' in answer) throw new Error(JSON.stringify(answer['error']));
    return answer;
  };
  return {
    base,
    api,
    folder,
    bot: { name: `${administrator}@rc-lxc`, password },
    botUser: administrator,
    person,
    call,
    parse: async (title, text) =>
      parsed(
        await call({
          action: 'parse',
          title,
          text,
          contentmodel: 'wikitext',
          pst: '1',
          prop: 'text|parsewarnings|templates',
          disablelimitreport: '1',
          disableeditsection: '1',
        }),
      ),
    editAs: (user, title, text) => php(folder, [maintenance('edit'), '--user', user, title], text),
    textOf: async (title) => {
      const { query } = (await call({
        action: 'query',
        prop: 'revisions',
        rvprop: 'content',
        rvslots: 'main',
        titles: title,
      })) as {
        readonly query: {
          readonly pages: readonly {
            readonly revisions?: readonly { readonly slots: { readonly main: { readonly content: string } } }[];
          }[];
        };
      };
      return query.pages[0]?.revisions?.[0]?.slots.main.content;
    },
    stop,
  };
}

function parsed(answer: Record<string, unknown>): ParsedPage {
  const { parse } = answer as {
    readonly parse: {
      readonly text: string;
      readonly parsewarnings: readonly string[];
      readonly templates: readonly { readonly title: string; readonly exists: boolean }[];
    };
  };
  return {
    html: parse.text,
    warnings: parse.parsewarnings,
    templates: parse.templates.map(({ title, exists }) => ({ title, exists })),
  };
}

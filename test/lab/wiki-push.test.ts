import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { factsOf } from '../../src/commands/docs/program.ts';
import { makePages } from '../../src/docs/index.ts';
import { beginMark, endMark, wikitextOf } from '../../src/docs/mediawiki/index.ts';
import { docsTemplates } from '../../src/docs/render.ts';
import { openWiki } from '../../src/host/wiki.ts';
import { stateOf, textBetween, withText } from '../../src/wiki/block.ts';
import { startMediawiki, wikiRefusal } from './support/mediawiki.ts';
import type { TestWiki } from './support/mediawiki.ts';

if (wikiRefusal !== undefined) process.stderr.write(`skipped: writing to a real MediaWiki: ${wikiRefusal}\n`);

const program = resolve(import.meta.dirname, '../../bin/rc-lxc');
const title = 'LXC/OpenRC';

describe.skipIf(wikiRefusal !== undefined)('rc-lxc docs on a real MediaWiki', { timeout: 60_000 }, async () => {
  let wiki: TestWiki;
  let folder: string;
  const facts = await factsOf(metadata);
  const made = makePages(facts);
  const page = made.find(({ entry }) => entry.name === title);
  if (page === undefined) throw new Error(`no page ${title}`);
  const rendered = wikitextOf(page);

  beforeAll(async () => {
    wiki = await startMediawiki();
    folder = mkdtempSync(join(tmpdir(), 'rc-lxc-push-'));
  });
  afterAll(() => {
    wiki?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Ran {
    readonly out: string;
    readonly exitCode: number | null;
  }

  /** `env`: what of the account is in the environment; the bot's without. */
  const run = (
    argv: readonly string[],
    env: NodeJS.ProcessEnv = { RC_LXC_WIKI_USER: wiki.bot.name, RC_LXC_WIKI_PASSWORD: wiki.bot.password },
  ): Ran => {
    const { stdout, stderr, status } = spawnSync(program, ['docs', ...argv, '--wiki', wiki.base], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...env },
    });
    expect(`${stdout}${stderr}`).not.toContain(wiki.bot.password);
    return { out: `${stdout}${stderr}`, exitCode: status };
  };
  const push = (...more: readonly string[]): Ran => run(['push', '--page', title, ...more]);
  const textOf = async (): Promise<string> => (await wiki.textOf(title)) ?? '';
  const revisions = async (name = title): Promise<number> => {
    const answer = (await wiki.call({ action: 'query', prop: 'revisions', rvlimit: '50', titles: name })) as {
      readonly query: { readonly pages: readonly { readonly revisions?: readonly unknown[] }[] };
    };
    return answer.query.pages[0]?.revisions?.length ?? 0;
  };

  it('makes no page that nobody asked for', async () => {
    const { out, exitCode } = push();
    expect(out).toContain('--create');
    expect(exitCode).toBe(1);
    expect(await revisions()).toBe(0);
  });

  it('shows what it would write, and writes nothing, without a login', async () => {
    const { out, exitCode } = run(['push', '--page', title, '--create', '--dry-run'], {});
    expect(out).toContain('to be created  LXC/OpenRC');
    expect(out).toContain(`+${rendered.split('\n')[0] ?? ''}`);
    expect(exitCode).toBe(0);
    expect(await revisions()).toBe(0);
  });

  it('makes the page between marks, and the second time leaves it as it is', async () => {
    expect(push('--create').out).toContain('created    LXC/OpenRC');
    expect(textBetween(title, await textOf())).toBe(rendered);
    expect(run(['drift', '--page', title], {})).toMatchObject({ exitCode: 0 });
    const again = push();
    expect(again).toMatchObject({ out: expect.stringContaining('unchanged  LXC/OpenRC'), exitCode: 0 });
    expect(again.out).not.toMatch(/^(?:created|written)/mu);
    expect(await revisions()).toBe(1);
  });

  it('keeps what stands around the marks, and replaces what was written before', async () => {
    const older = withText(
      title,
      `Before.\n${beginMark(title)}\n${endMark(title)}\nAfter ~ [[Category:X]]`,
      'Older.\n',
    );
    wiki.editAs(wiki.botUser, title, older);
    const drifted = run(['drift', '--page', title], {});
    expect(drifted.out).toContain('outdated  LXC/OpenRC');
    expect(drifted.exitCode).toBe(2);
    expect(push('--dry-run').out).toContain('-Older.');
    expect(push()).toMatchObject({ out: expect.stringContaining('written    LXC/OpenRC'), exitCode: 0 });
    const now = await textOf();
    expect(now.startsWith(`Before.\n${beginMark(title)}\n`)).toBe(true);
    expect(now.endsWith(`${endMark(title)}\nAfter ~ [[Category:X]]`)).toBe(true);
    expect(textBetween(title, now)).toBe(rendered);
  });

  it('takes an edit around the marks for no drift', async () => {
    wiki.editAs(wiki.person, title, (await textOf()).replace('Before.', 'Before, by a person.'));
    expect(run(['drift', '--page', title], {}).exitCode).toBe(0);
    expect(push().out).toContain('unchanged  LXC/OpenRC\n');
    expect(await textOf()).toContain('Before, by a person.');
  });

  it('never writes over what a person edited, and says who that was', async () => {
    const before = await textOf();
    const edited = before.replace(rendered, `${rendered.trimEnd()} One more sentence.\n`);
    expect(edited).not.toBe(before);
    wiki.editAs(wiki.person, title, edited);
    const drifted = run(['drift', '--page', title], {});
    expect(drifted).toMatchObject({ exitCode: 2, out: expect.stringContaining('edited    LXC/OpenRC: by Editor, 20') });
    const pushed = push();
    expect(pushed).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('refused    LXC/OpenRC: edited by Editor'),
    });
    expect(await textOf()).toBe(edited);
    // Once that is taken over, what is between the marks is deleted, and ours has its place again.
    const start = before.slice(0, before.indexOf(beginMark(title)));
    wiki.editAs(wiki.person, title, `${start}${beginMark(title)}\n${endMark(title)}\nAfter`);
    expect(push().exitCode).toBe(0);
    expect(textBetween(title, await textOf())).toBe(rendered);
  });

  it('gives a person’s edit as a patch of the template, with which nothing differs any more', async () => {
    const before = await textOf();
    const paragraph = /^[^\n{|=*#<][^\n]+$/mu.exec(rendered)?.[0] ?? '';
    expect(paragraph.length).toBeGreaterThan(40);
    wiki.editAs(wiki.person, title, before.replace(paragraph, `${paragraph} It ''does''.`));
    const { stdout, stderr, status } = spawnSync(program, ['docs', 'pull', '--wiki', wiki.base], { encoding: 'utf8' });
    expect(stderr).toContain('LXC/OpenRC: edited by Editor');
    expect(status).toBe(0);
    const checkout = join(folder, 'checkout');
    cpSync(resolve(import.meta.dirname, '../../templates/docs'), join(checkout, 'templates/docs'), { recursive: true });
    const patch = spawnSync('git', ['apply', '-p1', '-'], { cwd: checkout, input: stdout, encoding: 'utf8' });
    expect(patch).toMatchObject({ status: 0, stderr: '' });
    const template = readFileSync(join(checkout, 'templates/docs/openrc.md.ejs'), 'utf8');
    expect(template).toContain('It *does*.');
    const again = makePages(facts, undefined, new Map([...docsTemplates, ['docs/openrc', template]]));
    const now = wikitextOf(again.find(({ entry }) => entry.name === title) ?? page);
    expect(stateOf(title, await textOf(), now)).toEqual({ state: 'adopted' });
    wiki.editAs(wiki.person, title, before);
  });

  it('takes a person’s text that is what is rendered for no drift, and notes it', async () => {
    const before = await textOf();
    wiki.editAs(wiki.person, title, before.replace(/(?<=rc-lxc:written )[0-9a-f]{8}/u, '00000000'));
    expect(run(['drift', '--page', title], {}).exitCode).toBe(0);
    expect(push('--dry-run').out).toContain('to be written  LXC/OpenRC: the note');
    expect(push()).toMatchObject({ exitCode: 0, out: expect.stringContaining('written    LXC/OpenRC') });
    expect(await textOf()).toBe(before);
  });

  it('says what of an edit is no patch', async () => {
    const before = await textOf();
    wiki.editAs(wiki.person, title, before.replace(/took \S+ to \S+ of what it took/u, 'took none of what it took'));
    expect(run(['pull', '--page', title], {})).toMatchObject({ exitCode: 1, out: expect.stringContaining('left: ') });
    wiki.editAs(wiki.person, title, before);
  });

  it.each([
    ['the end is missing', (text: string) => text.replace(endMark(title), '')],
    ['one is there twice', (text: string) => `${text}\n${beginMark(title)}\n${endMark(title)}`],
    ['there are none', () => 'A page of somebody’s.'],
  ])('refuses marks of which %s', async (_, change) => {
    const good = await textOf();
    const broken = change(good);
    wiki.editAs(wiki.person, title, broken);
    expect(push()).toMatchObject({ exitCode: 1, out: expect.stringContaining('marks') });
    expect(await textOf()).toBe(broken);
    wiki.editAs(wiki.person, title, good);
  });

  it('loses no edit that comes between reading and writing', async () => {
    const account = { name: wiki.bot.name, password: wiki.bot.password };
    const client = openWiki(wiki.base, () => account);
    const read = await client.page(title);
    if (read === undefined) throw new Error('no page');
    // Even one of the same account in the same second.
    for (const user of [wiki.person, wiki.botUser]) {
      const meanwhile = `${user} was here. ${read.content}`;
      wiki.editAs(user, title, meanwhile);
      const text = withText(title, read.content.replace('Before', 'Later'), 'Ours.\n');
      expect(await client.edit({ title, text: `x${text}`, summary: 'late', base: read.id })).toBe('conflict');
      expect(await textOf()).toBe(meanwhile);
    }
    expect(await client.edit({ title, text: 'new', summary: 'late' })).toBe('conflict');
    wiki.editAs(wiki.person, title, read.content);
  });

  it('uploads drawings when they are not what is there, and no others', async () => {
    const name = 'LXC/Networking';
    expect(run(['push', '--page', name, '--create']).out).toContain('created    Rc-lxc_nat.svg');
    const again = run(['push', '--page', name]);
    expect(again).toMatchObject({ exitCode: 0, out: expect.stringContaining('unchanged  Rc-lxc_nat.svg') });
    expect(again.out).not.toMatch(/^(?:created|written)/mu);
    const client = openWiki(wiki.base, () => wiki.bot);
    await client.send('Rc-lxc_nat.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 'other');
    expect(run(['drift', '--page', name], {})).toMatchObject({
      exitCode: 2,
      out: expect.stringContaining('outdated  Rc-lxc_nat.svg: uploaded by Admin'),
    });
    expect(run(['push', '--page', name]).out).toContain('written    Rc-lxc_nat.svg');
    expect(run(['drift', '--page', name], {}).exitCode).toBe(0);
  });

  describe('credentials', () => {
    const file = (text: string, mode: number): string => {
      const path = join(folder, 'account');
      writeFileSync(path, text);
      chmodSync(path, mode);
      return path;
    };
    const text = (): string => `user = ${wiki.bot.name}\npassword = ${wiki.bot.password}\n`;

    it('come from a file that nobody else may read', () => {
      const good = file(text(), 0o600);
      expect(run(['push', '--page', title, '--credentials', good], {})).toMatchObject({ exitCode: 0 });
      const open = run(['push', '--page', title, '--credentials', file(text(), 0o640)], {});
      expect(open).toMatchObject({ exitCode: 1, out: expect.stringContaining('chmod 600') });
    });

    it('are named where there are none, or wrong ones', () => {
      expect(run(['push', '--page', title], {}).out).toContain('error[no-credentials]');
      const wrong = run(['push', '--page', title], {
        RC_LXC_WIKI_USER: 'Admin@rc-lxc',
        RC_LXC_WIKI_PASSWORD: 'secret77',
      });
      expect(wrong.out).toContain('error[login-refused]');
      expect(wrong.out).not.toContain('secret77');
    });
  });

  it('says what is no wiki', () => {
    const elsewhere = (address: string): string =>
      spawnSync(program, ['docs', 'drift', '--wiki', address], { encoding: 'utf8' }).stderr;
    expect(elsewhere('ftp://wiki.example')).toContain('error[bad-wiki]');
    expect(elsewhere('https://name:word@wiki.example')).toContain('error[bad-wiki]');
    expect(elsewhere(`${wiki.base}/images`)).toContain('error[not-a-wiki]');
    expect(elsewhere('http://127.0.0.1:9')).toContain('error[wiki-unreachable]');
  });

  it('sends no password in the clear', async () => {
    const client = openWiki('http://wiki.example.org', () => wiki.bot);
    await expect(client.login()).rejects.toThrow('unencrypted');
  });
});

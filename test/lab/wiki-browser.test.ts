import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { factsOf } from '../../src/commands/docs/program.ts';
import { drawingsOf } from '../../src/docs/drawings.ts';
import { makePages } from '../../src/docs/index.ts';
import { chromiumRefusal, startChromium, violations } from './support/chromium.ts';
import { startMediawiki, wikiRefusal } from './support/mediawiki.ts';
import type { TestWiki } from './support/mediawiki.ts';

const refusal = wikiRefusal ?? chromiumRefusal;
if (refusal !== undefined) process.stderr.write(`skipped: a real MediaWiki in a browser: ${refusal}\n`);

const program = resolve(import.meta.dirname, '../../bin/rc-lxc');
const pages = makePages(await factsOf(metadata));
const cases = pages.flatMap((page) => [360, 1280].map((width) => ({ page, name: page.entry.name, width })));

interface Picture {
  readonly alt: string;
  readonly width: number;
}

/** Every picture in the text: as wide as it came, 0 where it did not. */
const pictures = `[...document.querySelectorAll('#mw-content-text img')].map(({ alt, naturalWidth }) => ({ alt, width: naturalWidth }))`;

describe.skipIf(refusal !== undefined)('pages on a real MediaWiki, in a browser', () => {
  let wiki: TestWiki;
  let browser: Browser;

  beforeAll(async () => {
    wiki = await startMediawiki();
    const { status, stderr } = spawnSync(program, ['docs', 'push', '--create', '--wiki', wiki.base], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        RC_LXC_WIKI_USER: wiki.bot.name,
        RC_LXC_WIKI_PASSWORD: wiki.bot.password,
      },
    });
    if (status !== 0) throw new Error(stderr);
    browser = await startChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    wiki?.stop();
  });

  it.each(cases)(
    '$name is for everybody, with its drawings as pictures, $width pixels wide',
    async ({ page, name, width }) => {
      const context = await browser.newContext({ viewport: { width, height: 800 } });
      const shown = await context.newPage();
      await shown.goto(`${wiki.base}/index.php?title=${encodeURIComponent(name)}`);
      // The table of contents, and that links are not underlined, are the skin's.
      const ours = `{ include: ['#mw-content-text'], exclude: ['.toc'] }`;
      expect(await violations(shown, { context: ours, without: ['link-in-text-block'] })).toEqual([]);
      const drawn = await shown.evaluate<readonly Picture[]>(pictures);
      expect(drawn.map(({ alt }) => alt).toSorted()).toEqual(
        drawingsOf([page])
          .map(({ alt }) => alt)
          .toSorted(),
      );
      expect(drawn.filter((picture) => picture.width < 300)).toEqual([]);
      await context.close();
    },
    30_000,
  );
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { factsOf } from '../../src/commands/docs/program.ts';
import { drawingsOf } from '../../src/docs/drawings.ts';
import { hostPage } from '../../src/docs/host/index.ts';
import { htmlForm } from '../../src/docs/html/index.ts';
import { makePages } from '../../src/docs/index.ts';
import { modelOf } from '../unit/resolve/support.ts';
import { chromiumRefusal, show, startChromium, violations } from './support/chromium.ts';
import type { Look } from './support/chromium.ts';

if (chromiumRefusal !== undefined) process.stderr.write(`skipped: pages in a browser: ${chromiumRefusal}\n`);

const facts = await factsOf(metadata);
const pages = makePages(facts);
const folder = mkdtempSync(join(tmpdir(), 'rc-lxc-html-'));
const file = join(folder, 'index.html');
writeFileSync(file, htmlForm.files(pages)[0]?.content ?? '');

let browser: Browser;

beforeAll(async () => {
  if (chromiumRefusal === undefined) browser = await startChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Containers on three networks in turns, every fifth with a policy of its own. */
function descriptionOf(count: number): string {
  const networks = [
    'internal]\nipv4 = 10.0.0.1/20\nnat = yes',
    'edge]\ntype = routed\nipv4 = 203.0.112.0/22',
    'fast]\ntype = macvlan\nparent = eth1\nipv4 = 192.168.0.1/20',
  ];
  const containers = Array.from({ length: count }, (_, at) => {
    const network = ['internal', 'edge', 'fast'][at % 3] ?? '';
    const policy = at % 5 === 3 ? 'allow-in = any:80/tcp\n' : '';
    return `[container web${at}]\nid = ${at + 10}\nnetwork = ${network}\n${policy}`;
  });
  return ['[host]\nuplink = eth0', ...networks.map((each) => `[network ${each}`), ...containers].join('\n');
}

const looks: readonly Look[] = [360, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);

/** How far the page is wider than its window, in pixels. */
const overflow = async (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

describe.skipIf(chromiumRefusal !== undefined)('the pages in a browser', () => {
  it.each(looks)('are for everybody, fit and are silent, $width pixels wide and $scheme', async (look) => {
    const { page, complaints } = await show(browser, file, look);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    // With everything open that opens.
    await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`);
    await page.fill('#words', 'network');
    expect(await page.locator('#found a').count()).toBeGreaterThan(5);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([3, 30, 300].flatMap((count) => looks.map(({ width, scheme }) => ({ count, width, scheme }))))(
    'are for everybody where they are of a host with $count containers, $width pixels wide and $scheme',
    async ({ count, ...look }) => {
      const page = hostPage({ model: modelOf(descriptionOf(count)), facts, description: 'abc' });
      const own = join(folder, `host-${count}.html`);
      writeFileSync(own, htmlForm.files([page])[0]?.content ?? '');
      const { page: shown, complaints } = await show(browser, own, look);
      expect(await overflow(shown)).toBe(0);
      expect(await violations(shown)).toEqual([]);
      expect(complaints).toEqual([]);
      await shown.context().close();
    },
  );

  it('follow the colours that their reader has', async () => {
    const colours = [];
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await show(browser, file, { width: 1280, scheme });
      colours.push(
        await page.evaluate(
          `['body', 'figure.drawing svg .page'].map((each) => {
            const style = getComputedStyle(document.querySelector(each));
            return each === 'body' ? style.backgroundColor : style.fill;
          })`,
        ),
      );
      await page.context().close();
    }
    expect(colours).toEqual([
      ['rgb(255, 255, 255)', 'rgb(255, 255, 255)'],
      ['rgb(15, 20, 25)', 'rgb(15, 20, 25)'],
    ]);
  });

  it('are searched and walked through with the keyboard alone', async () => {
    const { page, complaints } = await show(browser, file, { width: 1280, scheme: 'light' });
    const focus = async (): Promise<string> => page.evaluate<string>('document.activeElement.textContent');
    await page.keyboard.press('Tab');
    expect(await focus()).toBe('Skip to the text');
    await page.keyboard.press('/');
    await page.keyboard.type('PROMISCUOUS bridge');
    expect(await page.locator('#count').textContent()).toMatch(/^\d+ sections$/u);
    expect(await page.locator('#found mark').first().textContent()).toMatch(/^(?:promiscuous|bridge)$/iu);
    await page.keyboard.press('ArrowDown');
    const first = page.locator('#found a').first();
    const [target, label] = [await first.getAttribute('href'), await first.textContent()];
    expect(await focus()).toBe(label);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe(target);
    expect(await page.locator('#found').isHidden()).toBe(true);
    // The heading is in sight, and the contents say where this is.
    const top = page.evaluate<number>(`document.getElementById(location.hash.slice(1)).getBoundingClientRect().top`);
    expect(await top).toBeGreaterThan(40);
    expect(await top).toBeLessThan(400);
    await expect.poll(async () => page.locator('nav [aria-current]').getAttribute('href')).toBe(target);
    expect(await page.locator('nav [aria-current]').isVisible()).toBe(true);
    await page.keyboard.press('/');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('nothingofthekind');
    expect(await page.locator('#found').textContent()).toBe('No section has all of these words.');
    await page.keyboard.press('Escape');
    expect(await page.locator('#found').isHidden()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('give who copies a box what it holds, and no prompt', async () => {
    const { page } = await show(browser, file, { width: 1280, scheme: 'light' });
    const [copied, shown] = await page.evaluate<readonly [string, string]>(`(() => {
      const box = document.querySelector('figure.root pre');
      getSelection().selectAllChildren(box);
      return [getSelection().toString().trim(), box.textContent.trim()];
    })()`);
    expect(copied).toBe(shown);
    expect(copied).not.toContain('#');
    await page.context().close();
  });

  it('are all there without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`file://${file}`);
    expect(await page.locator('article > h3:visible').count()).toBe(await page.locator('article > h3').count());
    expect(await page.locator('#search').isHidden()).toBe(true);
    await context.close();
  });

  it('are on paper without what only a screen is for, and with nothing cut off', async () => {
    const { page } = await show(browser, file, { width: 720, scheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const part of ['nav', 'header', '.anchor >> nth=0', '.skip'])
      expect(await page.locator(part).isHidden(), part).toBe(true);
    expect(await overflow(page)).toBe(0);
    const cut = await page.evaluate<string[]>(
      `[...document.querySelectorAll('pre')].filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent)`,
    );
    expect(cut).toEqual([]);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate(`getComputedStyle(document.querySelector('svg .page')).fill`)).toBe(
      'rgb(255, 255, 255)',
    );
    await page.context().close();
  });
});

describe.skipIf(chromiumRefusal !== undefined)('drawings in a browser', () => {
  it.each(drawingsOf(pages).map(({ name, svg }) => [name, svg]))(
    '%s holds its texts in their boxes',
    async (name, svg) => {
      const picture = join(folder, `${name}.svg`);
      writeFileSync(picture, svg);
      const { page, complaints } = await show(browser, picture, { width: 1280, scheme: 'light' });
      const { texts, outside } = await page.evaluate<{ texts: number; outside: readonly string[] }>(`(() => {
      const within = (one, other) => one.x >= other.x && one.y >= other.y &&
        one.x + one.width <= other.x + other.width && one.y + one.height <= other.y + other.height;
      const whole = document.documentElement.viewBox.baseVal;
      const texts = [...document.querySelectorAll('text')];
      const boxOf = (text) => text.parentElement.localName === 'g' && [...text.parentElement.querySelectorAll('rect')].at(-1);
      const outside = texts.filter((text) => !within(text.getBBox(), boxOf(text) ? boxOf(text).getBBox() : whole));
      return { texts: texts.length, outside: outside.map((text) => text.textContent) };
    })()`);
      expect(texts).toBeGreaterThan(3);
      expect(outside).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});

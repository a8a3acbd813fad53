import { existsSync } from 'node:fs';

import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const program = '/usr/bin/chromium';
/** Drawings are measured in it (src/drawing/text.ts). */
const font = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';

/** Why nothing can be looked at in a browser here; undefined where it can. */
export const chromiumRefusal: string | undefined = refusal();

function refusal(): string | undefined {
  if (!existsSync(program)) return 'there is no Chromium: make system-chromium';
  return existsSync(font) ? undefined : 'there is no DejaVu Sans: make system-chromium';
}

export async function startChromium(): Promise<Browser> {
  // Its own sandbox does not take root; what it shows here is ours.
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** What somebody has in the hand, or on the desk. */
export interface Look {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** A page as it is looked at, and all that went wrong or out while it was. */
interface Shown {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, and requests but the one for the file. */
  readonly complaints: readonly string[];
}

export async function show(browser: Browser, file: string, { width, scheme }: Look): Promise<Shown> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== `file://${file}` && !request.url().startsWith('data:')) complaints.push(request.url());
  });
  await page.goto(`file://${file}`);
  return { page, complaints };
}

/**
 * What axe finds against WCAG 2.2, A and AA, each with the elements that it finds it at.
 *
 * @param context what of the page is looked at, as axe takes it.
 * @param without rules that are not looked at.
 */
export async function violations(
  page: Page,
  { context = 'document', without = [] }: { readonly context?: string; readonly without?: readonly string[] } = {},
): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const tags = JSON.stringify(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  const rules = JSON.stringify(Object.fromEntries(without.map((rule) => [rule, { enabled: false }])));
  return page.evaluate<string[]>(
    `axe.run(${context}, { runOnly: ${tags}, rules: ${rules} }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html + ' ' + failureSummary)))`,
  );
}

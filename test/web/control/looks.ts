import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';

/** The devices that the page is made for. */
export const DEVICES: Readonly<Record<'desktop' | 'tablet' | 'phone', BrowserContextOptions>> = {
  desktop: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 1024, height: 768 }, hasTouch: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** One look at the page: where, and what is done there first. */
export type Look = {
  readonly name: string;
  /** The fragment of the address. */
  readonly hash: string;
  /** What shows that it is all there. */
  readonly ready: string;
  readonly before?: (page: Page) => Promise<void>;
};

/** Every view, and what lies over one. A view joins by a line here: it is then looked at in every size, theme and language. */
export const LOOKS: readonly Look[] = [
  { name: 'operate', hash: '#/operate', ready: '.monitor.is-program .picture:not(.is-empty)' },
  {
    name: 'camera-card',
    hash: '#/operate',
    ready: '.camera-card .camera-card-actions',
    before: (page) => page.locator('.camera-open').nth(4).click(),
  },
  {
    name: 'cell-source',
    hash: '#/operate',
    ready: '.cell-source .picture:not(.is-empty)',
    before: (page) => page.locator('.cell-target').first().click(),
  },
  {
    name: 'health',
    hash: '#/operate',
    ready: '.health-list',
    before: (page) => page.locator('.health summary').click(),
  },
  {
    name: 'settings',
    hash: '#/operate',
    ready: '.menu-themes',
    before: (page) => page.locator('.menu summary').click(),
  },
  { name: 'layouts', hash: '#/layouts', ready: '.shelf-card' },
  { name: 'layout-editor', hash: '#/layouts/four', ready: '.stage-cell .picture:not(.is-empty)' },
  { name: 'programme', hash: '#/programme', ready: '.tours-panel' },
  { name: 'tour-editor', hash: '#/programme/tour%3Awindows-tour', ready: '.making' },
  { name: 'rules-editor', hash: '#/programme/rules', ready: '.making' },
  { name: 'ticker', hash: '#/ticker', ready: '.ticker-panel' },
  { name: 'wall', hash: '#/wall', ready: '.outputs-panel' },
  { name: 'records', hash: '#/records', ready: '.audit-table' },
];

const FOLDER = fileURLToPath(new URL('../../../test-output/control-page/', import.meta.url));
const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Keeps a picture of the page in `test-output/control-page/`. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

/** What axe finds against WCAG 2.2, levels A and AA. */
export async function barriersOf(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy lets no foreign script in.
  await page.evaluate(await readFile(axeScript, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof Axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  });
}

/** How far the page is wider than what shows it. */
export function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { withPage } from './with-page.js';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Waits until the predicate holds: what the page sends arrives a moment after the press. */
async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 10_000 }).toBe(true);
}

const opened = withPage();

describe('everybody', () => {
  const sizes = [
    { name: 'desktop', options: {} },
    { name: 'touch tablet', options: { viewport: { width: 1024, height: 768 }, hasTouch: true } },
    { name: 'phone', options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  ];
  for (const { name, options } of sizes) {
    it(`finds no barrier of level A or AA and no sideways scrolling on a ${name}`, async () => {
      opened.server.hall.tiles[3] = {
        ...opened.server.hall.tiles[3]!,
        state: 'stale',
        reason: 'timeout',
        ageMs: 4_000,
      };
      await opened.reopen(options);
      await opened.page.locator('.monitor.is-program .picture:not(.is-empty)').waitFor();
      // Through the debugger: the page's own policy lets no foreign script in.
      await opened.page.evaluate(await readFile(axePath, 'utf8'));
      const violations = await opened.page.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof Axe };
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        const results = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
        return results.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
        );
      });
      expect(violations).toEqual([]);
      const overflow = await opened.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }

  it('reaches blackout in every view, and cut wherever the page is scrolled to', async () => {
    await opened.reopen({ viewport: { width: 1024, height: 600 }, hasTouch: true });
    await opened.page.locator('.cells-panel').scrollIntoViewIfNeeded();
    await opened.page.locator('.take.is-docked').waitFor();
    for (const view of ['操作', '字幕', '大屏']) {
      await opened.goTo(view);
      await opened.page.locator('.emergency-button.is-blackout').tap();
      await until(() => opened.server.hall.wall.blackout);
      await opened.page.locator('.emergency-button.is-blackout').tap();
      await until(() => !opened.server.hall.wall.blackout);
    }
  });

  it('keeps the view in the address: reload and back lead to where one was', async () => {
    await opened.goTo('大屏');
    await opened.page.reload();
    await opened.page.locator('.outputs-panel').waitFor();
    expect(await opened.page.getByRole('link', { name: '大屏', exact: true }).getAttribute('aria-current')).toBe(
      'page',
    );
    await opened.page.goBack();
    await opened.layoutButton('四分屏').waitFor();
  });

  it('asks for nothing outside of its host', async () => {
    const foreign: string[] = [];
    opened.page.on('request', (request) => {
      if (!request.url().startsWith(opened.server.address)) foreign.push(request.url());
    });
    await opened.page.reload();
    await opened.page.locator('.monitor.is-program .picture:not(.is-empty)').waitFor();
    expect(foreign).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { withPage } from './with-page.js';

/** Waits until the predicate holds: what the page sends arrives a moment after the press. */
async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 10_000 }).toBe(true);
}

const opened = withPage();

describe('everybody', () => {
  it('reaches blackout in every view, and cut wherever the page is scrolled to', async () => {
    await opened.reopen({ viewport: { width: 1024, height: 600 }, hasTouch: true });
    await opened.page.locator('.camera').last().scrollIntoViewIfNeeded();
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

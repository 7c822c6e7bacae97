import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src/core/closing.js';
import { en } from '../../src/web/control/i18n/en/index.js';
import { zhCn } from '../../src/web/control/i18n/zh-cn/index.js';
import { glasshall } from '../cli/command-line.js';
import { launchBrowser } from '../web/control/browser.js';
import { barriersOf, DEVICES, keepPicture, sidewaysPx } from '../web/control/looks.js';
import { startService, type ServiceProcess } from './service-process.js';

const LANGUAGES = { 'zh-CN': zhCn, en } as const;

/** An operator's whole work, on the page alone, with the real service, cameras and screen of the rehearsal behind it. */
describe('an operator', () => {
  const closing = new CloseStack();
  let service: ServiceProcess;
  let browser: Browser;
  let token: string;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'glasshall-journey-'));
    closing.defer(() => rm(folder, { recursive: true, force: true }));
    const added = await glasshall(['operator', 'add', '李', '--role', 'admin', '--state', folder]);
    token = /^gh_[0-9a-f]{64}$/m.exec(added.output)?.[0] ?? '';
    service = await startService(['--port', '0', '--obs-port', '0', '--screen-port', '0', '--state', folder]);
    closing.defer(() => void service.child.kill('SIGTERM'));
    browser = await launchBrowser();
    closing.defer(() => browser.close());
  }, 240_000);
  afterAll(() => closing.close());

  /** What the service itself says of the wall, whatever the page shows. */
  const wall = async (): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${service.url}/api/v1/wall`, { headers: { authorization: `Bearer ${token}` } });
    return (await answer.json()) as Record<string, unknown>;
  };
  const wallBecomes = (expected: object): Promise<void> =>
    expect.poll(wall, { timeout: 15_000 }).toMatchObject(expected);

  for (const [device, options] of Object.entries(DEVICES)) {
    for (const [language, texts] of Object.entries(LANGUAGES)) {
      it(`signs in, draws, fills, prepares, fades, undoes, blacks out, writes and tours: ${device}, ${language}`, async () => {
        const context = await browser.newContext(options);
        await context.addInitScript((chosen) => localStorage.setItem('glasshall.language', chosen), language);
        const page = await context.newPage();
        page.setDefaultTimeout(20_000);
        const findings: unknown[] = [];
        const look = async (name: string): Promise<void> => {
          await keepPicture(page, `journey-${name}-${device}-${language}`);
          const sideways = await sidewaysPx(page);
          // Every view of its own is looked at elsewhere; here, what lies over it.
          const barriers = name === 'drawn' || name === 'black' ? await barriersOf(page) : [];
          if (barriers.length > 0 || sideways > 0) findings.push({ name, barriers, sideways });
        };
        const press = (place: Locator): Promise<void> => (options.hasTouch === true ? place.tap() : place.click());
        const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
        const goTo = (view: keyof typeof texts.views.names): Promise<void> =>
          press(page.getByRole('navigation').getByRole('link', { name: texts.views.names[view], exact: true }));

        await page.goto(service.url);
        await page.getByLabel(texts.signIn.token).fill(token);
        await look('sign-in');
        await page.getByLabel(texts.signIn.token).press('Enter');
        await page.locator('.monitor.is-program .picture:not(.is-empty)').waitFor();

        const layout = device === 'phone' ? 'two-windows' : await draw(page, texts, press, `${device} ${language}`);
        if (device === 'phone') await press(page.locator('.layout-button', { hasText: '双窗口' }));
        else await look('drawn');
        await goTo('operate');
        await wallBecomes({ preview: layout });
        const before = (await wall())['program'];

        await press(page.locator('.cell-target').first());
        const dialog = page.getByRole('dialog');
        await dialog.locator('.picture:not(.is-empty)').first().waitFor();
        await look('filling');
        await press(dialog.getByRole('button', { name: '自助服务区' }));
        await expect.poll(async () => JSON.stringify((await wall())['layouts'])).toContain('self-service');

        await press(page.locator('.take-auto'));
        await wallBecomes({ program: layout });
        await page.locator('.take-auto[aria-busy="false"]').waitFor();
        await look('on-air');
        await press(page.locator('.take-undo'));
        await wallBecomes({ program: before, preview: layout });

        const blackout = page.locator('.emergency-button.is-blackout');
        await press(blackout);
        await wallBecomes({ blackout: true });
        await page.locator('.emergency-button.is-blackout[aria-pressed="true"]').waitFor();
        const reason = page.getByLabel(texts.take.interruption.reason);
        await reason.fill('消防演练');
        await reason.press('Enter');
        await wallBecomes({ blackout: true, blackoutReason: '消防演练' });
        await look('black');
        await press(blackout);
        await wallBecomes({ blackout: false });

        await goTo('ticker');
        const text = `${device} ${language} · {queue.waiting}`;
        await page.getByRole('textbox', { name: texts.ticker.text }).fill(text);
        await press(button(texts.ticker.apply));
        await page.getByText(texts.ticker.unchanged).waitFor();
        await wallBecomes({ tickerText: text });
        await look('ticker');

        await goTo('programme');
        const tour = page.getByRole('region', { name: '窗口巡览' });
        await press(tour.getByRole('button', { name: texts.programme.tours.start }));
        await wallBecomes({ automation: { mode: 'tour', tour: 'windows-tour' } });
        await tour.locator('.mark.is-program').first().waitFor();
        await look('tour');
        await goTo('operate');
        await press(page.locator('.layout-button', { hasText: '四画面' }));
        await press(page.locator('.take-cut'));
        await wallBecomes({ program: 'four', automation: { mode: 'manual' } });
        await context.close();
        expect(findings).toEqual([]);
      }, 120_000);
    }
  }

  for (const [device, language] of [
    ['tablet', 'zh-CN'],
    ['phone', 'en'],
  ] as const) {
    it(`says something urgent, dims the wall and tests it: ${device}, ${language}`, async () => {
      const texts = LANGUAGES[language];
      const context = await browser.newContext(DEVICES[device]);
      await context.addInitScript((chosen) => localStorage.setItem('glasshall.language', chosen), language);
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const look = (name: string): Promise<void> => keepPicture(page, `journey-${name}-${device}-${language}`);
      const goTo = (view: keyof typeof texts.views.names): Promise<void> =>
        page.getByRole('navigation').getByRole('link', { name: texts.views.names[view], exact: true }).tap();
      await page.goto(service.url);
      await page.getByLabel(texts.signIn.token).fill(token);
      await page.getByLabel(texts.signIn.token).press('Enter');
      await page.locator('.monitor.is-program .picture:not(.is-empty)').waitFor();

      await goTo('ticker');
      const urgent = page.getByRole('region', { name: texts.urgent.heading });
      await urgent.getByRole('textbox', { name: texts.urgent.text }).fill('请从西门离开');
      await urgent.getByRole('button', { name: texts.urgent.show }).tap();
      await wallBecomes({ urgentMessage: { text: '请从西门离开' } });
      const end = urgent.getByRole('button', { name: texts.urgent.stop });
      await end.waitFor();
      await look('urgent');
      await end.tap();
      await wallBecomes({ urgentMessage: null });

      await goTo('wall');
      const slider = page.getByRole('slider', { name: texts.brightness.slider });
      await slider.press('Home');
      await wallBecomes({ brightness: 0 });
      await page
        .getByRole('group', { name: texts.brightness.heading })
        .getByRole('button', { name: texts.brightness.automatic })
        .tap();
      await wallBecomes({ brightness: null });

      await page.locator('input[name="pattern"][value="grid"]').check();
      await page.getByRole('button', { name: texts.patterns.show, exact: true }).tap();
      const anyway = page.getByRole('button', { name: texts.patterns.confirmYes });
      const notice = page.locator('.pattern-notice');
      await anyway.or(notice).first().waitFor();
      // Asked only while the rehearsal's hall is open.
      if (await anyway.isVisible()) await anyway.tap();
      await wallBecomes({ testPattern: { pattern: 'grid' } });
      await look('pattern');
      await notice.getByRole('button', { name: texts.patterns.stop }).tap();
      await wallBecomes({ testPattern: null });
      await context.close();
    }, 90_000);
  }
});

/** Draws a layout of two cells and saves it into the configuration. @returns its id */
async function draw(
  page: Page,
  texts: typeof zhCn,
  press: (place: Locator) => Promise<void>,
  name: string,
): Promise<string> {
  const words = texts.editor;
  await press(page.getByRole('navigation').getByRole('link', { name: texts.views.names.layouts, exact: true }));
  await press(page.getByRole('button', { name: words.templates.two, exact: true }));
  for (const [cell, source] of [
    ['cell-1', 'waiting'],
    ['cell-2', 'tickets'],
  ] as const) {
    await press(page.locator(`.stage-cell[data-cell="${cell}"]`));
    await page.getByLabel(words.source).selectOption(source);
  }
  await page.locator('.stage-cell').first().press('Escape');
  await page.getByLabel(words.name, { exact: true }).fill(name);
  const id = await page.getByLabel(new RegExp(`^${words.id}\\s`)).inputValue();
  await press(page.getByRole('button', { name: words.save, exact: true }));
  await page.getByText(words.savedInUse).waitFor();
  await press(page.getByRole('button', { name: words.back }));
  const card = page.getByRole('article', { name });
  await press(card.getByRole('button', { name: words.prepare }));
  await card.locator('.mark.is-preview').waitFor();
  return id;
}

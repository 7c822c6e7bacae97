import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCertificate } from '../../../src/config/certificate.js';
import { controlOptions } from '../../../src/control/options.js';
import { openHall, operators, tokens } from '../../control/open-hall.js';
import { makeCertificate } from '../../control/self-signed.js';
import { buildPage, launchBrowser } from './browser.js';

let webRoot: string;
let browser: Browser;

beforeAll(async () => {
  [webRoot, browser] = await Promise.all([buildPage(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await rm(webRoot, { recursive: true });
});

it('works with the real control plane: token, pictures, preview, cut, ticker, blackout, sign-out', async () => {
  const hall = await openHall({ withOperators: true, webRoot });
  const page = await browser.newPage();
  await page.goto(hall.url);
  await page.getByLabel('操作令牌').fill(tokens.operator);
  await page.getByLabel('操作令牌').press('Enter');
  await page.locator('.take-cut:not(:disabled)').waitFor();

  for (const [place, colour] of [
    ['.monitor.is-program', [200, 30, 30]],
    ['.monitor.is-preview', [30, 160, 60]],
    ['.camera >> nth=0', [40, 60, 220]],
  ] as const) {
    await page.locator(`${place} >> .picture:not(.is-empty)`).waitFor();
    const pixel = await page.locator(`${place} >> canvas`).evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d');
      return Array.from(context?.getImageData(8, 8, 1, 1).data.slice(0, 3) ?? []);
    });
    colour.forEach((value, channel) => expect(Math.abs((pixel[channel] ?? 0) - value), place).toBeLessThan(12));
  }

  await page.keyboard.press('Space');
  await page.locator('.monitor.is-program').getByText('窗口').waitFor();
  await page.keyboard.press('Digit2');
  await page.locator('.monitor.is-preview').getByText('与播出相同').waitFor();
  await page.getByRole('link', { name: '字幕', exact: true }).click();
  await page.getByRole('textbox', { name: '字幕内容' }).fill('今日休息');
  await page.getByRole('button', { name: '应用' }).click();
  await page.getByText('与墙上一致').waitFor();
  await page.locator('h1').click();
  await page.keyboard.press('KeyB');
  await page.locator('.emergency-button.is-blackout[aria-pressed="true"]').waitFor();
  expect(hall.engine.commands).toEqual([
    { kind: 'take' },
    { kind: 'set-preview', layout: 'windows' },
    { kind: 'set-ticker', text: '今日休息' },
    { kind: 'set-blackout', on: true },
  ]);

  await page.locator('.menu summary').click();
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByLabel('操作令牌').waitFor();
  await page.close();
  await hall.close();
});

it('offends its own policy with nothing, on either page, over TLS as well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'glasshall-policy-'));
  const files = await makeCertificate(folder, 'hall');
  const control = controlOptions.parse({ operators, tls: files });
  const { context: tls } = await readCertificate(files);
  const hall = await openHall({ control, tls, webRoot });
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/policy|trusted/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (failure) => complaints.push(failure.message));
  const url = hall.url.replace('http:', 'https:');
  await page.goto(url);
  await page.getByLabel('操作令牌').fill(tokens.operator);
  await page.getByLabel('操作令牌').press('Enter');
  await page.locator('.monitor.is-program .picture:not(.is-empty)').waitFor();
  await page.locator('.camera .picture:not(.is-empty)').first().waitFor();
  await page.goto(`${url}/screen`);
  await page.locator('#stage canvas').first().waitFor();
  expect(complaints).toEqual([]);
  // What the policy is for: a script that somebody smuggled in does not run.
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.append('document.title = "smuggled"');
    document.body.append(script);
  });
  await expect.poll(() => complaints.length).toBeGreaterThan(0);
  expect(await page.title()).not.toBe('smuggled');
  await page.close();
  await hall.close();
  await rm(folder, { recursive: true });
});

it('notices that the real control plane has ended', async () => {
  const hall = await openHall({ webRoot });
  const page = await browser.newPage();
  await page.goto(hall.url);
  await page.locator('.take-cut:not(:disabled)').waitFor();
  await hall.close();
  await page.getByRole('alert').getByText('与服务的连接已断开', { exact: false }).first().waitFor();
  expect(await page.locator('.take-cut').isDisabled()).toBe(true);
  await page.close();
});

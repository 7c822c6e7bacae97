import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPage, launchBrowser } from './browser.js';
import { startFakeServer } from './fake-server.js';

let webRoot: string;
let browser: Browser;

beforeAll(async () => {
  [webRoot, browser] = await Promise.all([buildPage(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await rm(webRoot, { recursive: true });
});

it('asks for the token, refuses a wrong one, lets the right one in, keeps it nowhere, and lets the person out', async () => {
  const server = await startFakeServer(webRoot, 'a right long token');
  const page = await browser.newPage();
  await page.goto(server.address);
  const field = page.getByLabel('操作令牌');
  await field.fill('a wrong long token');
  await field.press('Enter');
  await page.getByRole('alert').getByText('令牌无效', { exact: false }).waitFor();
  await field.fill('a right long token');
  await field.press('Enter');
  await page.locator('.take-cut:not(:disabled)').waitFor();
  const stored = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
  );
  expect(stored).not.toContain('token');

  await page.reload();
  await page.locator('.take-cut:not(:disabled)').waitFor();
  await page.locator('.menu summary').click();
  await page.getByText('李 · 操作员').waitFor();
  await page.getByRole('button', { name: '退出' }).click();
  await field.waitFor();
  await page.close();
  await server.close();
});

it('says how long sign-in is locked after too many wrong tokens, and lets nobody try before', async () => {
  const server = await startFakeServer(webRoot, 'a right long token');
  const page = await browser.newPage();
  await page.goto(server.address);
  server.lockOut(8);
  await page.getByLabel('操作令牌').fill('a right long token');
  await page.getByLabel('操作令牌').press('Enter');
  await page.getByText('登录已暂时锁定', { exact: false }).waitFor();
  expect(await page.getByRole('button', { name: /后可再试/ }).isDisabled()).toBe(true);
  server.lockOut(null);
  await page.getByLabel('操作令牌').fill('a right long token');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.locator('.take-cut:not(:disabled)').waitFor();
  await page.close();
  await server.close();
});

it('signs in again by itself at a server that has forgotten its sessions', async () => {
  const server = await startFakeServer(webRoot, 'a right long token');
  const page = await browser.newPage();
  await page.goto(server.address);
  await page.getByLabel('操作令牌').fill('a right long token');
  await page.getByLabel('操作令牌').press('Enter');
  await page.locator('.take-cut:not(:disabled)').waitFor();
  server.forgetSessions();
  server.cutOff();
  await page.getByText('断开前：实时').first().waitFor();
  server.comeBack();
  await page.locator('.take-cut:not(:disabled)').waitFor({ timeout: 20_000 });
  await page.close();
  await server.close();
});

it('offers a guard the blackout and nothing else', async () => {
  const server = await startFakeServer(webRoot, 'a right long token', 'guard');
  const page = await browser.newPage();
  await page.goto(server.address);
  await page.getByLabel('操作令牌').fill('a right long token');
  await page.getByLabel('操作令牌').press('Enter');
  await page.locator('.emergency-button.is-blackout:not(:disabled)').waitFor();
  expect(await page.locator('.take-cut').isDisabled()).toBe(true);
  expect(await page.locator('.layout-button').first().isDisabled()).toBe(true);
  await page.keyboard.press('Space');
  await page.keyboard.press('Digit3');
  await page.keyboard.press('KeyB');
  await page.locator('.monitor-black').waitFor();
  expect(await page.locator('.emergency-button.is-blackout').isDisabled()).toBe(true);
  expect(server.received.map(({ type }) => type)).toEqual(['SetBlackout']);
  await page.close();
  await server.close();
});

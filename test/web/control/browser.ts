import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Builds the pages as they stand in the sources. @returns the folder with the built files */
export async function buildPage(): Promise<string> {
  const root = fileURLToPath(new URL('../../../src/web/', import.meta.url));
  const outDir = await mkdtemp(join(tmpdir(), 'glasshall-page-'));
  const input = { index: join(root, 'index.html'), screen: join(root, 'screen.html') };
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: { outDir, emptyOutDir: true, target: 'es2022', rolldownOptions: { input } },
  });
  return outDir;
}

/** The system's Chromium, without anything that would look for a network. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page of the desk's size at an address, to which somebody has signed in with a token. */
export async function openSignedIn(
  browser: Browser,
  address: string,
  token: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(address);
  await page.getByLabel('操作令牌').fill(token);
  await page.getByLabel('操作令牌').press('Enter');
  return page;
}

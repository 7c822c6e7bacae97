import { rm } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { buildPage, launchBrowser } from './browser.js';
import { startFakeServer, type FakeServer } from './fake-server.js';

/** The page before each test of a file, open on a fresh fake server, with the wall shown. */
export type OpenPage = {
  server: FakeServer;
  page: Page;
  /** Opens it anew, on another device. */
  reopen(options: BrowserContextOptions): Promise<Page>;
  /** Opens a view by its name in the navigation. */
  goTo(view: string): Promise<void>;
  layoutButton(name: string): Locator;
  previewName(): Locator;
  programName(): Locator;
  received(type: string): FakeServer['received'];
};

/** Registers the hooks. What is returned is filled before each test. */
export function withPage(): OpenPage {
  let webRoot: string;
  let browser: Browser;
  // Filled by the hooks below, before any test reads it.
  const opened = {
    goTo: async (view) => {
      await opened.page.getByRole('navigation').getByRole('link', { name: view, exact: true }).click();
      await opened.page.locator('main').waitFor();
    },
    layoutButton: (name) => opened.page.locator('.layout-button', { hasText: name }),
    previewName: () => opened.page.locator('.monitor.is-preview .monitor-layout'),
    programName: () => opened.page.locator('.monitor.is-program .monitor-layout'),
    received: (type) => opened.server.received.filter((request) => request.type === type),
    reopen: async (options) => {
      await opened.page.context().close();
      await open(options);
      return opened.page;
    },
  } as OpenPage;

  const open = async (options: BrowserContextOptions): Promise<void> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    opened.page = await context.newPage();
    await opened.page.goto(opened.server.address);
    await opened.layoutButton('四分屏').waitFor();
  };

  beforeAll(async () => {
    [webRoot, browser] = await Promise.all([buildPage(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await rm(webRoot, { recursive: true });
  });
  beforeEach(async () => {
    opened.server = await startFakeServer(webRoot);
    await open({});
  });
  afterEach(async () => {
    await opened.page.context().close();
    await opened.server.close();
  });
  return opened;
}

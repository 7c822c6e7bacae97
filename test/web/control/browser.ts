import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
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

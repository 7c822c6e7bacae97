import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPage } from './browser.js';

/** All that the control page loads, compressed. */
const LIMIT_BYTES = 300_000;

let webRoot: string;

beforeAll(async () => {
  webRoot = await buildPage();
});

afterAll(async () => {
  await rm(webRoot, { recursive: true });
});

it('comes with less than 300 kB in all, compressed', async () => {
  const page = await readFile(join(webRoot, 'index.html'), 'utf8');
  const files = (await readdir(join(webRoot, 'assets'))).filter((name) => !name.startsWith('screen-'));
  // What the page names itself is among them: nothing is loaded that is not counted.
  expect([...page.matchAll(/assets\/([\w.-]+)/g)].filter(([, name]) => !files.includes(name ?? ''))).toEqual([]);
  const parts = await Promise.all(files.map((name) => readFile(join(webRoot, 'assets', name))));
  const bytes = [Buffer.from(page), ...parts].reduce((sum, part) => sum + gzipSync(part).length, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(LIMIT_BYTES);
});

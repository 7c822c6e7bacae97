import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPage, launchBrowser } from './browser.js';
import { startFakeServer, type FakeServer } from './fake-server.js';
import { barriersOf, DEVICES, keepPicture, LOOKS, sidewaysPx } from './looks.js';

let webRoot: string;
let browser: Browser;
let server: FakeServer;

/** Some of everything that can be seen: a camera that is away, an output that is not reached, counts that are old. */
function addTrouble({ hall }: FakeServer): void {
  const away = { state: 'retrying', reason: 'refused', attempt: 3, ageMs: 34_000 } as const;
  hall.tiles[2] = { ...hall.tiles[2]!, ...away, nextTryAtMs: Date.now() + 3_600_000 };
  hall.counts[1] = { ...hall.counts[1]!, state: 'stale', reason: 'timeout' };
  hall.outputs.push({
    ...hall.outputs[0]!,
    output: 'side',
    reachability: { state: 'unreachable', reason: 'no-answer' },
  });
  hall.wall.undo = { command: 'take', by: '李' };
  const nowMs = Date.now();
  const scheduled = { fromMs: nowMs, untilMs: nowMs + 3_600_000, show: 'six', rule: null };
  hall.wall.agenda = { ...hall.wall.agenda, scheduled };
}

beforeAll(async () => {
  [webRoot, browser] = await Promise.all([buildPage(), launchBrowser()]);
  server = await startFakeServer(webRoot);
  addTrouble(server);
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await rm(webRoot, { recursive: true });
});

describe('every view, on every device, in both themes and languages', () => {
  for (const [device, options] of Object.entries(DEVICES)) {
    for (const theme of ['dark', 'light'] as const) {
      for (const language of ['zh-CN', 'en'] as const) {
        it(`has no barrier of level A or AA and no sideways scrolling: ${device}, ${theme}, ${language}`, async () => {
          const context = await browser.newContext({ ...options, colorScheme: theme });
          await context.addInitScript((chosen) => localStorage.setItem('glasshall.language', chosen), language);
          const page = await context.newPage();
          const found: Record<string, unknown> = {};
          let isTouched = true;
          for (const { name, hash, ready, before } of LOOKS) {
            // What one look opened must not lie over the next.
            if (isTouched) await page.goto('about:blank');
            await page.goto(`${server.address}/${hash}`);
            isTouched = before !== undefined;
            await page.locator('.emergency-button.is-blackout:not(:disabled)').waitFor();
            await before?.(page);
            await page.locator(ready).first().waitFor();
            await keepPicture(page, `${name}-${device}-${theme}-${language}`);
            const barriers = await barriersOf(page);
            const sideways = await sidewaysPx(page);
            if (barriers.length > 0 || sideways > 0) found[name] = { barriers, sideways };
          }
          await context.close();
          expect(found).toEqual({});
        }, 240_000);
      }
    }
  }
});

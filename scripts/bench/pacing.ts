import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { OBSWebSocket } from 'obs-websocket-js';
import { chromium } from 'playwright-core';
import { percentile, rounded } from './percentile.js';
import { startTestCardHall } from './test-card-hall.js';

/** Ten minutes; another number of seconds through the environment, for a quick look. */
const SECONDS = Number(process.env['GLASSHALL_BENCH_SECONDS'] ?? 600);
const TAKE_EVERY_MS = 2_000;
const CAMERAS = 16;
const BROWSER = '/usr/bin/chromium';

/**
 * How late the ticks of the wall begin, with 16 cameras, the control page open in a browser, and a take every 2 s.
 * The service reports the lateness of every tick to its parent process.
 */
export async function pacing(print: (line: string) => void): Promise<Record<string, unknown>> {
  const hall = await startTestCardHall({
    cameraCount: CAMERAS,
    gopFrames: 50,
    size: { widthPx: 960, heightPx: 540 },
    layouts: [
      { id: 'first', name: 'first', columns: ['1fr', '1fr'], rows: ['1fr', '1fr', '48px'], areas: areas([1, 2, 3, 4]) },
      {
        id: 'second',
        name: 'second',
        columns: ['1fr', '1fr'],
        rows: ['1fr', '1fr', '48px'],
        areas: areas([5, 6, 7, 8]),
      },
      {
        id: 'third',
        name: 'third',
        columns: ['2fr', '1fr'],
        rows: ['1fr', '1fr', '48px'],
        areas: areas([9, 10, 11, 12]),
      },
    ],
  });
  const browser = existsSync(BROWSER)
    ? await chromium.launch({
        executablePath: BROWSER,
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      })
    : null;
  const obs = new OBSWebSocket();
  try {
    const page = await browser?.newPage({ viewport: { width: 1440, height: 900 } });
    await page?.goto(hall.wall.url);
    await obs.connect(hall.wall.obsUrl);
    await sleep(8_000);
    const lateness: number[] = [];
    const before = hall.wall.reports.at(-1);
    const stop = hall.wall.onReport((report) => lateness.push(...report.latenessMs));
    const names = ['second', 'third', 'first'];
    const until = Date.now() + SECONDS * 1_000;
    for (let index = 0; Date.now() < until; index += 1) {
      await obs.call('SetCurrentPreviewScene', { sceneName: names[index % names.length] ?? 'first' });
      await sleep(TAKE_EVERY_MS);
      await obs.call('TriggerStudioModeTransition');
    }
    await sleep(1_100);
    stop();
    const after = hall.wall.reports.at(-1);
    const ticks = (after?.ticks ?? 0) - (before?.ticks ?? 0);
    const missed = (after?.missedTicks ?? 0) - (before?.missedTicks ?? 0);
    const [p50, p99, p999] = [0.5, 0.99, 0.999].map((share) => rounded(percentile(lateness, share), 3));
    print(
      `ticks ${ticks}, missed ${missed}; late by ms: p50 ${p50}, p99 ${p99}, p99.9 ${p999}, worst ${Math.max(...lateness).toFixed(1)}`,
    );
    return { ticks, missed, lateP50Ms: p50, lateP99Ms: p99, lateP999Ms: p999, browser: browser !== null };
  } finally {
    await obs.disconnect();
    await browser?.close();
    await hall.close();
  }
}

function areas([a, b, c, d]: readonly [number, number, number, number]): string {
  return `camera-${a} camera-${b}\ncamera-${c} camera-${d}\nticker ticker`;
}

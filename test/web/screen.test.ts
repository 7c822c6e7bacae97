import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { LedScreen } from '../../src/rehearsal/led-screen/led-screen.js';
import type {} from '../../src/web/screen/page-state.js';
import { DdpSender } from '../rehearsal/led-screen/ddp-sender.js';
import { Feed, expectColour, expectSeen, viewOf, waitForPictures, type Colour } from './screen-looking.js';
import { ScreenSite } from './screen-site.js';

/** Four fields of colour. */
const FIELDS: readonly [Colour, Colour, Colour, Colour] = [
  [200, 40, 60],
  [30, 160, 90],
  [40, 90, 220],
  [230, 200, 120],
];
const RENDERERS = ['webgl2', 'canvas2d'] as const;

// Without a graphics card and on a busy machine, a picture may take long to be drawn.
vi.setConfig({ testTimeout: 90_000 });

let webRoot: string;
let browser: Browser;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'glasshall-screen-'));
  const root = fileURLToPath(new URL('../../src/web/', import.meta.url));
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: { outDir: webRoot, emptyOutDir: true, rolldownOptions: { input: join(root, 'screen.html') } },
  });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});

afterAll(async () => {
  await browser.close();
  await rm(webRoot, { recursive: true, force: true });
});

afterEach(async () => {
  for (const closable of open.splice(0).reverse()) await closable.close();
});

function keep<T extends { close(): Promise<void> }>(closable: T): T {
  open.push(closable);
  return closable;
}

type Hall = { screen: LedScreen; site: ScreenSite; feed: Feed };

async function hall(columns: number, rows: number): Promise<Hall> {
  const picture = Buffer.alloc(columns * rows * 3);
  for (let index = 0; index < columns * rows; index += 1) {
    const right = index % columns >= columns / 2 ? 1 : 0;
    const lower = Math.floor(index / columns) >= rows / 2 ? 2 : 0;
    picture.set(FIELDS[right + lower] ?? [0, 0, 0], index * 3);
  }
  const screen = keep(await LedScreen.start({ widthPx: columns, heightPx: rows, udpPort: 0, log: silentLogger }));
  const site = keep(await ScreenSite.start(webRoot, screen.httpPort));
  const feed = keep(new Feed(await DdpSender.open(screen.udpPort), picture));
  return { screen, site, feed };
}

async function look(site: ScreenSite, query = ''): Promise<Page> {
  const page = keep(await browser.newPage({ viewport: { width: 480, height: 360 } }));
  await page.goto(site.url + query);
  return page;
}

describe.each(RENDERERS)('drawn with %s', (renderer) => {
  const query = renderer === 'webgl2' ? '?renderer=webgl2' : '';

  it('shows single LEDs as discs of their colour with dark gaps between', async () => {
    const { site, feed } = await hall(20, 12);
    feed.start();
    const page = await look(site, query);
    await waitForPictures(page);
    expect(await page.evaluate(() => window.glasshallScreen.renderer)).toBe(renderer);
    const { pitchPx, originX, originY } = await viewOf(page);
    expect(Number.isInteger(pitchPx)).toBe(true);
    expect(pitchPx).toBeGreaterThan(16);
    const cells: readonly [column: number, row: number, field: Colour][] = [
      [3, 2, FIELDS[0]],
      [17, 4, FIELDS[1]],
      [5, 9, FIELDS[2]],
      [18, 10, FIELDS[3]],
    ];
    await expectSeen(page, (colourAt) => {
      for (const [column, row, field] of cells) {
        const [left, top] = [originX + column * pitchPx, originY + row * pitchPx];
        expectColour(colourAt(left + pitchPx / 2, top + pitchPx / 2), field, 6);
        expectColour(colourAt(left + 0.62 * pitchPx, top + pitchPx / 2), field, 16);
        for (const corner of [colourAt(left, top), colourAt(left + pitchPx - 1, top + pitchPx - 1)]) {
          expect(Math.max(...corner)).toBeLessThan(48);
        }
      }
    });
  });

  it('shows areas in their colour, without a grid, when LEDs are smaller than two device pixels', async () => {
    const { site, feed } = await hall(320, 180);
    feed.start();
    const page = await look(site, query);
    await waitForPictures(page);
    const { pitchPx, originX, originY } = await viewOf(page);
    expect(pitchPx).toBeLessThan(2);
    await expectSeen(page, (colourAt) => {
      FIELDS.forEach((field, index) => {
        for (let step = 0; step < 40; step += 1) {
          const column = (index % 2) * 160 + 10 + step * 3.5;
          const row = Math.floor(index / 2) * 90 + 8 + step * 1.8;
          expectColour(colourAt(originX + column * pitchPx, originY + row * pitchPx), field, 3);
        }
      });
      // What joins up: the middle line is where it should be, to the pixel.
      const middle = originX + 160 * pitchPx;
      expectColour(colourAt(middle - 2, originY + 40), FIELDS[0], 3);
      expectColour(colourAt(middle + 2, originY + 40), FIELDS[1], 3);
    });
  });

  it('says when no new picture comes, dims the old one, and recovers', async () => {
    const { site, feed } = await hall(20, 12);
    feed.start();
    const page = await look(site, query);
    await waitForPictures(page);
    const plate = page.locator('#signal');
    await plate.waitFor({ state: 'hidden' });
    const { pitchPx, originX, originY } = await viewOf(page);
    await feed.pause();
    await plate.waitFor({ state: 'visible' });
    await page.getByText('信号中断').waitFor();
    await page.getByText(/^已 [1-9]\d* 秒没有新画面$/).waitFor();
    await expectSeen(page, (colourAt) => {
      expect(Math.max(...colourAt(originX + 2.5 * pitchPx, originY + 1.5 * pitchPx))).toBeLessThan(110);
    });
    feed.start();
    await plate.waitFor({ state: 'hidden' });
    await page.waitForFunction(() => window.glasshallScreen.framesPerSecond > 0);
    await expectSeen(page, (colourAt) => {
      expectColour(colourAt(originX + 2.5 * pitchPx, originY + 1.5 * pitchPx), FIELDS[0], 6);
    });
  });
});

describe('the page', () => {
  it('says that it waits while nothing was ever sent', async () => {
    const { site } = await hall(20, 12);
    const page = await look(site);
    await page.getByText('等待信号').waitFor();
  });

  it('says how old the picture is that it finds', async () => {
    const { site, feed, screen } = await hall(20, 12);
    feed.start();
    await expect.poll(async () => (await screen.frame()).frames).toBeGreaterThan(1);
    await feed.pause();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const page = await look(site, '?lang=en');
    await page.getByText('Signal lost').waitFor();
    await page.getByText(/^No new picture for [1-9]\d* s$/).waitFor();
  });

  it('comes back by itself when the screen was gone', async () => {
    const { site, feed, screen } = await hall(20, 12);
    feed.start();
    const page = await look(site);
    await waitForPictures(page);
    await feed.pause();
    await screen.close();
    await page.getByText('连接中断').waitFor();
    const another = keep(
      await LedScreen.start({ widthPx: 32, heightPx: 18, udpPort: screen.udpPort, log: silentLogger }),
    );
    site.screenPort = another.httpPort;
    feed.start();
    await page.locator('#signal').waitFor({ state: 'hidden' });
  });

  it('zooms with wheel and keys, moves with drag and keys, and fits again', async () => {
    const { site, feed } = await hall(320, 180);
    feed.start();
    const page = await look(site);
    await waitForPictures(page);
    const fitted = await viewOf(page);
    await page.mouse.move(300, 200);
    await page.mouse.wheel(0, -800);
    await page.waitForFunction((pitch) => window.glasshallScreen.view.pitchPx > pitch, fitted.pitchPx);
    const zoomed = await viewOf(page);
    // The LED under the pointer stays under it; settling on whole pixels may move it by a fraction of an LED.
    const ledBefore = (300 - fitted.originX) / fitted.pitchPx;
    const ledAfter = (300 - zoomed.originX) / zoomed.pitchPx;
    expect(Math.abs(ledAfter - ledBefore)).toBeLessThan(4);
    await page.mouse.down();
    await page.mouse.move(340, 230);
    await page.mouse.up();
    expect(await viewOf(page)).toEqual({
      pitchPx: zoomed.pitchPx,
      originX: zoomed.originX + 40,
      originY: zoomed.originY + 30,
    });
    await page.keyboard.press('0');
    expect(await viewOf(page)).toEqual(fitted);
    await page.keyboard.press('+');
    expect((await viewOf(page)).pitchPx).toBeGreaterThan(fitted.pitchPx);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: '适合窗口' }).click();
    expect(await viewOf(page)).toEqual(fitted);
    await page.mouse.dblclick(240, 150);
    expect((await viewOf(page)).pitchPx).toBeGreaterThan(8);
  });

  it('speaks Chinese, and English by choice, which it remembers', async () => {
    const { site, feed } = await hall(20, 12);
    feed.start();
    const page = await look(site);
    await page.getByText('20 × 12 点').waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('20 × 12 dots').waitFor();
    await page.reload();
    await page.getByText('20 × 12 dots').waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  it('counts pictures and shows the rate', async () => {
    const { site, feed } = await hall(20, 12);
    feed.start();
    const page = await look(site);
    await waitForPictures(page);
    const before = await page.evaluate(() => window.glasshallScreen.frameNumber);
    await page.waitForFunction((number) => window.glasshallScreen.frameNumber > number + 10, before);
    await page.getByText(/^[1-9]\d*\.\d 帧\/秒$/).waitFor();
  });

  it('draws on without WebGL when the context is lost, and with it again when it is back', async () => {
    const { site, feed } = await hall(20, 12);
    feed.start();
    const page = await look(site, '?renderer=webgl2');
    await waitForPictures(page);
    const context = await page.evaluateHandle(() =>
      document.querySelector('canvas')?.getContext('webgl2')?.getExtension('WEBGL_lose_context'),
    );
    await context.evaluate((extension) => extension?.loseContext());
    await page.waitForFunction(() => window.glasshallScreen.renderer === 'canvas2d');
    await page.getByText('没有图形加速，以简化方式显示').waitFor();
    const { pitchPx, originX, originY } = await viewOf(page);
    await expectSeen(page, (colourAt) => {
      expectColour(colourAt(originX + 3.5 * pitchPx, originY + 2.5 * pitchPx), FIELDS[0], 6);
    });
    await context.evaluate((extension) => extension?.restoreContext());
    await page.waitForFunction(() => window.glasshallScreen.renderer === 'webgl2');
  });

  it('has no violation of WCAG A or AA that axe can find', async () => {
    const { site, feed } = await hall(20, 12);
    feed.start();
    const page = await look(site);
    await waitForPictures(page);
    // Evaluated, not added as an element: the page's policy allows no foreign script.
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run: (options: object) => Promise<{ violations: { id: string }[] }> };
      };
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
      return (await axe.run({ runOnly: { type: 'tag', values: tags } })).violations.map(({ id }) => id);
    });
    expect(violations).toEqual([]);
  });
});

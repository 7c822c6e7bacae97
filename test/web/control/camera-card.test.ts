import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type Axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CameraPool } from '../../../src/camera/camera-pool.js';
import { cameraOptions } from '../../../src/camera/options.js';
import type { TileStatus } from '../../../src/control/engine.js';
import { silentLogger } from '../../../src/core/logger.js';
import { Redactor } from '../../../src/core/secrets.js';
import { tileStatus } from '../../../src/engine/tile-status.js';
import { CameraHall } from '../../../src/rehearsal/camera/camera-hall.js';
import { FakeEngine } from '../../control/fake-engine.js';
import { openHall, tokens, type Hall } from '../../control/open-hall.js';
import { CACHE_DIRECTORY, cameraAt } from '../../rehearsal/camera/hall.js';
import { PtzClient } from '../../rehearsal/camera/ptz-client.js';
import { buildPage, launchBrowser, openSignedIn } from './browser.js';

const PATIENCE = { timeout: 15_000, interval: 50 };
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const SCREENSHOTS = fileURLToPath(new URL('../../../test-output/camera-card/', import.meta.url));

let webRoot: string;
let browser: Browser;
let cameras: CameraHall;
let pool: CameraPool;
let witness: PtzClient;
let hall: Hall;
let page: Page;

/** An engine whose cameras are real. */
function engineOf(): FakeEngine {
  const engine = new FakeEngine();
  const tiles = (): TileStatus[] =>
    pool.status().map((status) => ({
      ...tileStatus(status, status.camera === 'lobby' ? '大厅' : '综合窗口', {
        onAir: true,
        onPreview: false,
        picture: null,
      }),
      slate: false,
      sinceMs: 0,
    }));
  Object.defineProperty(engine, 'cameras', { value: pool });
  engine.tiles = tiles;
  pool.on('status', ({ camera }) => {
    const tile = tiles().find((each) => each.camera === camera);
    if (tile !== undefined) engine.emit('tile', tile);
  });
  return engine;
}

async function open(token: string = tokens.operator, options: BrowserContextOptions = {}): Promise<void> {
  hall = await openHall({ withOperators: true, webRoot, engine: engineOf() });
  page = await openSignedIn(browser, hall.url, token, options);
  await openCard('大厅');
}

async function openCard(name: string): Promise<void> {
  await page.getByRole('button', { name: `查看${name}` }).click();
  await page.locator('.camera-card').waitFor();
}

beforeAll(async () => {
  await mkdir(SCREENSHOTS, { recursive: true });
  [webRoot, browser] = await Promise.all([buildPage(), launchBrowser()]);
  const card = { name: '测试', clip: 'lobby', password: 'secret' } as const;
  cameras = await CameraHall.start({
    cameras: [
      { ...card, id: 'lobby', ptz: true },
      { ...card, id: 'fixed' },
    ],
    cacheDirectory: CACHE_DIRECTORY,
    discovery: false,
    log: silentLogger,
  });
  witness = await PtzClient.connect(cameraAt(cameras, 0));
  pool = CameraPool.start({
    cameras: cameras.cameras.map(({ id, onvifAddress: address, username, password }) =>
      cameraOptions.parse({ id, name: id, onvif: { address, username, password } }),
    ),
    log: silentLogger,
    redactor: new Redactor(),
  });
  pool.setMaxListeners(0);
  while (!pool.status().every(({ state }) => state === 'live')) await new Promise((resolve) => setTimeout(resolve, 50));
}, 300_000);

afterAll(async () => {
  await browser.close();
  await pool.close();
  await cameras.close();
  await rm(webRoot, { recursive: true });
});

afterEach(async () => {
  await page.context().close();
  await hall.close();
  await cameras.fault('lobby', { kind: 'none' });
  await witness.goHome();
});

type Playing = { readonly frames: number; readonly widthPx: number; readonly atSeconds: number };

function playing(): Promise<Playing> {
  return page.locator('.live-picture video').evaluate((video: HTMLVideoElement) => ({
    frames: video.getVideoPlaybackQuality().totalVideoFrames,
    widthPx: video.videoWidth,
    atSeconds: video.currentTime,
  }));
}

/** Resolves when the picture has moved on by so many frames since now. */
async function goesOn(frames: number): Promise<void> {
  await page.locator('.live-picture:not(.is-stand-in):not(.is-old)').waitFor(PATIENCE);
  const before = await playing();
  await expect.poll(async () => (await playing()).frames - before.frames, PATIENCE).toBeGreaterThanOrEqual(frames);
  // Decoded ahead is counted before it is shown.
  await expect.poll(async () => (await playing()).atSeconds, PATIENCE).toBeGreaterThan(before.atSeconds);
}

const fact = (name: string) => page.locator('.camera-card-side dl div', { hasText: name }).locator('dd');

describe('the live picture', () => {
  it('plays the stream that the camera sends, says so, and asks for no other picture then', async () => {
    await open();
    await goesOn(50);
    expect((await playing()).widthPx).toBe(640);
    await expect.poll(() => fact('画面').textContent(), PATIENCE).toMatch(/^全帧率实时，延迟 [\d.]+ (毫秒|秒)$/);
    expect(await fact('码流').textContent()).toBe('SubStream · 640×360 H.264');
    expect(await page.locator('.live-picture canvas').count()).toBe(0);
  });

  it('says how old it is when nothing comes, and is live again when something does', async () => {
    await open();
    await goesOn(10);
    await cameras.fault('lobby', { kind: 'silence', on: true });
    await page.locator('.live-picture.is-old').waitFor(PATIENCE);
    expect(await page.locator('.live-picture .picture-note').textContent()).toMatch(/^画面停在 \d+ 秒前$/);
    await cameras.fault('lobby', { kind: 'silence', on: false });
    await goesOn(10);
  });

  it('goes over to a larger stream in the middle, and back, in the same video', async () => {
    await open();
    await goesOn(10);
    const large = pool.acquire({ camera: 'lobby', widthPx: 1_280, heightPx: 720, fit: 'cover' });
    await expect.poll(async () => (await playing()).widthPx, PATIENCE).toBe(1_920);
    await goesOn(25);
    large.release();
    await expect.poll(async () => (await playing()).widthPx, { timeout: 25_000 }).toBe(640);
    await goesOn(25);
  });

  it('is given to two at once, and to nobody when the card is closed', async () => {
    await open();
    const other = await browser.newPage();
    await other.context().addCookies(await page.context().cookies());
    await other.goto(hall.url);
    await other.getByRole('button', { name: '查看大厅' }).click();
    await other.locator('.live-picture:not(.is-stand-in)').waitFor(PATIENCE);
    await goesOn(25);
    await other.close();
    await goesOn(25);
    await page.keyboard.press('Escape');
    await page.locator('.camera-card').waitFor({ state: 'detached' });
    const count = async (): Promise<string | undefined> =>
      /connections\{kind="pictures"\} (\d+)/.exec(await (await fetch(`${hall.url}/metrics`)).text())?.[1];
    // What is left are the small pictures of the view.
    await expect.poll(count, PATIENCE).toBe('1');
  });
});

describe('turning a camera', () => {
  it('goes on while a button or a key is held, and ends when it is let go', async () => {
    await open();
    await goesOn(1);
    await page.getByRole('button', { name: '右', exact: true }).hover();
    await page.mouse.down();
    await page.getByRole('status').getByText('正在转动').waitFor();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await witness.turning()).toBeGreaterThan(0);
    await page.mouse.up();
    await expect.poll(() => witness.turning(), PATIENCE).toBe(0);
    const { x } = await witness.position();
    expect(x).toBeGreaterThan(0);
    await page.getByRole('group', { name: /^转动/ }).focus();
    await page.keyboard.down('ArrowLeft');
    await expect.poll(async () => (await witness.position()).x, PATIENCE).toBeLessThan(x);
    await page.keyboard.down('Equal');
    await expect.poll(async () => (await witness.position()).zoom, PATIENCE).toBeGreaterThan(0);
    await page.keyboard.up('ArrowLeft');
    await page.keyboard.up('Equal');
    await expect.poll(() => witness.turning(), PATIENCE).toBe(0);
    await page.getByRole('button', { name: '回到原位' }).click();
    await expect.poll(() => witness.position(), PATIENCE).toEqual({ x: 0, y: 0, zoom: 0 });
  });

  it('ends when the connection is lost while it is held', async () => {
    await open();
    await goesOn(1);
    await page.getByRole('button', { name: '左上' }).hover();
    await page.mouse.down();
    await expect.poll(() => witness.turning(), PATIENCE).toBeGreaterThan(0);
    await hall.control.close();
    await expect.poll(() => witness.turning(), { timeout: 5_000 }).toBe(0);
    expect(pool.ptz('lobby').status?.isMoving).toBe(false);
    await page.locator('.ptz-button:disabled').first().waitFor();
  });

  it('keeps, recalls, replaces and removes positions', async () => {
    await open();
    await page.getByText('还没有预置位').waitFor();
    await expect.poll(() => witness.position(), PATIENCE).toEqual({ x: 0, y: 0, zoom: 0 });
    await page.getByLabel('当前位置的名称').fill('三号窗口');
    await page.getByRole('button', { name: '保存' }).click();
    const preset = page.getByRole('button', { name: '三号窗口', exact: true });
    await preset.waitFor();
    await pool.ptz('lobby').move({ pan: 1, tilt: 1, zoom: 1 });
    await expect.poll(() => witness.turning(), PATIENCE).toBe(0);
    await preset.click();
    await expect.poll(() => witness.position(), PATIENCE).toEqual({ x: 0, y: 0, zoom: 0 });
    await page.getByLabel('当前位置的名称').fill('三号窗口');
    await page.getByRole('button', { name: '替换' }).click();
    await expect.poll(() => page.locator('.presets li').count()).toBe(1);
    await page.getByRole('button', { name: '删除…' }).click();
    await page.getByRole('button', { name: '删除预置位“三号窗口”' }).click();
    await page.getByText('还没有预置位').waitFor();
  });

  it('is not offered to a viewer, nor where the camera cannot be turned, and the page says why', async () => {
    await open(tokens.viewer);
    await page.getByText('您的角色不能转动摄像机。').waitFor();
    expect(await page.locator('.ptz button:not(:disabled)').count()).toBe(0);
    await page.keyboard.press('Escape');
    await openCard('综合窗口');
    await page.getByText('此摄像机没有云台。').waitFor();
  });
});

describe('the card', () => {
  for (const { name, options } of [
    { name: 'desktop', options: {} },
    { name: 'tablet', options: { viewport: { width: 1024, height: 768 }, hasTouch: true } },
    { name: 'phone', options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  ] satisfies { name: string; options: BrowserContextOptions }[]) {
    it(`leaves blackout within reach, every target large enough, and no barrier of level A or AA, on a ${name}`, async () => {
      await open(tokens.operator, options);
      await goesOn(1);
      await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
      const small = await page.locator('.camera-card :is(button, input[type="text"], label)').evaluateAll((targets) =>
        targets
          .map((target) => target.getBoundingClientRect())
          .filter(({ width, height }) => width < 44 || height < 44)
          .map(({ width, height }) => `${width}×${height}`),
      );
      expect(small).toEqual([]);
      // Through the debugger: the page's own policy lets no foreign script in.
      await page.evaluate(await readFile(axePath, 'utf8'));
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof Axe };
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        const { violations: found } = await axe.run('.camera-card', { runOnly: { type: 'tag', values: tags } });
        return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
      });
      expect(violations).toEqual([]);
      await page.locator('.emergency-button.is-blackout').click();
      await page.locator('.emergency-button.is-blackout[aria-pressed="true"]').waitFor();
      await page.getByRole('button', { name: '关闭' }).click();
      await page.locator('.camera-card').waitFor({ state: 'detached' });
    });
  }
});

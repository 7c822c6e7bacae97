import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../../src/config/load.js';
import { silentLogger } from '../../../src/core/logger.js';
import type { Cell } from '../../../src/layout/layout.js';
import { HallLayouts } from '../../../src/layout-desk/layout-desk.js';
import { FakeEngine } from '../../control/fake-engine.js';
import { openHall, tokens, type Hall } from '../../control/open-hall.js';
import { EditedFile } from '../../config/editing/edited-file.js';
import { buildPage, launchBrowser, openSignedIn } from './browser.js';

const TEXT = `# A hall that people wrote.
wall: { name: 西墙, width: 960, height: 540 }   # in pixels
cameras:
  - { id: lobby, name: 前台, rtsp: { main: 'rtsp://192.0.2.1/main' } }
  - { id: window-a, name: 综合窗口, rtsp: { main: 'rtsp://192.0.2.2/main' } }
  - { id: window-b, name: 窗口, rtsp: { main: 'rtsp://192.0.2.3/main' } }
layouts:
  # The whole hall.
  - id: hall
    name: 大厅
    rows: [1fr, 48px]
    areas: |
      lobby
      ticker
  - { id: windows, name: 窗口两格, areas: "window-a window-b" } # two of them
ticker: { text: '欢迎' }
outputs: [ { id: screen, type: ddp, host: 127.0.0.1 } ]
`;

let webRoot: string;
let browser: Browser;
let file: string;
let engine: FakeEngine;
let edited: EditedFile;
let layouts: HallLayouts;
let hall: Hall;
let page: Page;

beforeAll(async () => {
  [webRoot, browser] = await Promise.all([buildPage(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await rm(webRoot, { recursive: true });
});

/** The real control plane and the real layout desk on a file of its own; what the file says comes into the engine. */
beforeEach(async () => {
  engine = new FakeEngine();
  engine.wall = { ...engine.wall, widthPx: 960, heightPx: 540 };
  const reload = async (written: string): Promise<void> => {
    engine.configuredLayouts = (await loadConfiguration(written)).layouts;
    engine.emit('reloaded');
  };
  edited = await EditedFile.open(TEXT, reload);
  ({ file } = edited);
  await reload(file);
  layouts = await HallLayouts.open({
    editor: edited.editor,
    directory: join(edited.folder, 'state'),
    layoutsInUse: () => engine.layouts(),
    state: () => engine.state(),
    onDraftsChanged: () => engine.emit('layoutDrafts'),
    log: silentLogger,
  });
  engine.layoutDesk = layouts;
  hall = await openHall({ withOperators: true, webRoot, engine });
});
afterEach(async () => {
  await page.context().close();
  await hall.close();
  await layouts.close();
  await edited.close();
});

async function open(token: string, options: BrowserContextOptions = {}): Promise<void> {
  page = await openSignedIn(browser, `${hall.url}/#/layouts`, token, options);
  await page.locator('.shelf-card').first().waitFor();
}

const cell = (id: string): ReturnType<Page['locator']> => page.locator(`.stage-cell[data-cell="${id}"]`);
const button = (name: string): ReturnType<Page['getByRole']> => page.getByRole('button', { name, exact: true });

/** A point of the wall, in the page's pixels. */
async function at(x: number, y: number): Promise<{ x: number; y: number }> {
  const box = await page.locator('.stage').boundingBox();
  if (box === null) throw new Error('no stage');
  return { x: box.x + (x / 960) * box.width, y: box.y + (y / 540) * box.height };
}

async function drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const [start, end] = [await at(...from), await at(...to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
  await page.mouse.move(end.x, end.y);
  await page.mouse.up();
}

/** What the configuration says now of a layout's cells. */
async function cellsOf(id: string): Promise<Record<string, string>> {
  const { layouts: read } = await loadConfiguration(file);
  const words = ({ source, rectangle: { x, y, widthPx, heightPx } }: Cell): string =>
    `${source} ${x},${y} ${widthPx}×${heightPx}`;
  const found = read.find((layout) => layout.id === id);
  return Object.fromEntries((found?.cells ?? []).map((each) => [each.id, words(each)]));
}

describe('the layout editor, on the real control plane and a real file', () => {
  it('draws by mouse what goes into the configuration and on air', async () => {
    await open(tokens.admin);
    await button('空白').click();
    // Nearly to the middle, and nearly to the lower edge: drawn to both. Then to the left edge, centred.
    await drag([6.2, 6.2], [477, 537]);
    await page.getByRole('button', { name: '前台 474×534 位置 6, 6', exact: true }).waitFor();
    await drag([200, 300], [192, 296]);
    await page.getByRole('button', { name: '前台 474×534 位置 0, 3', exact: true }).waitFor();
    await drag([600, 100], [900, 400]);
    await page.getByLabel('画面来源').selectOption('window-b');
    for (const [name, value] of [
      ['左', '482'],
      ['上', '0'],
      ['宽', '478'],
      ['高', '540'],
    ] as const) {
      await page.getByLabel(name, { exact: true }).fill(value);
      await page.getByLabel(name, { exact: true }).press('Enter');
    }
    await button('上下二分').click();
    await page.keyboard.press('Control+z');
    expect(await page.locator('.stage-cell').count()).toBe(2);
    await page.keyboard.press('Control+Shift+z');
    expect(await page.locator('.stage-cell').count()).toBe(3);
    await page.locator('.stage-cell .picture:not(.is-empty)').first().waitFor();
    await cell('cell-3').press('Escape');
    await page.getByLabel('名称').fill('新画面');
    await button('保存到配置').click();
    await page.getByText('已写入配置并启用').waitFor();

    const written = await readFile(file, 'utf8');
    const [before = '', after = ''] = TEXT.split('ticker: {');
    expect(written.startsWith(before)).toBe(true);
    expect(written.endsWith(`ticker: {${after}`)).toBe(true);
    expect(await cellsOf('layout-1')).toMatchObject({
      'cell-2': 'window-b 482,0 478×269',
      'cell-3': 'window-a 482,271 478×269',
    });

    await page.getByRole('button', { name: '全部布局' }).click();
    const card = page.getByRole('article', { name: '新画面' });
    await card.getByRole('button', { name: '送预监' }).click();
    await card.locator('.mark.is-preview').waitFor();
    await page.locator('h1').click();
    await page.keyboard.press('Space');
    await card.locator('.mark.is-program').waitFor();
    expect(engine.state().program).toBe('layout-1');
  });

  it('is worked by keyboard alone, and takes a second yes for what is on air', async () => {
    await open(tokens.admin);
    await page.getByRole('link', { name: '编辑 大厅' }).focus();
    await page.keyboard.press('Enter');
    await cell('lobby').focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+Shift+ArrowLeft');
    await page.keyboard.press('Alt+Shift+ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('button', { name: '前台 949×480 位置 1, 10', exact: true }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cell'))).toBe('ticker');
    await page.keyboard.press('Delete');
    expect(await page.locator('.stage-cell').count()).toBe(1);
    await page.keyboard.press('Control+KeyZ');
    expect(await page.locator('.stage-cell').count()).toBe(2);
    await page.getByText('将改写为矩形', { exact: false }).waitFor();
    await button('保存到配置').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '此布局正在播出' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('取消');
    expect(await readFile(file, 'utf8')).toBe(TEXT);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('已写入配置并启用').waitFor();
    expect(await cellsOf('hall')).toEqual({ lobby: 'lobby 1,10 949×480', ticker: 'ticker 0,492 960×48' });
    expect(await readFile(file, 'utf8')).toContain('  # The whole hall.\n  - id: hall\n    name: 大厅\n    cells:\n');
  });

  it('is worked by touch, and keeps a draft that another device goes on with', async () => {
    await open(tokens.operator, { viewport: { width: 1024, height: 768 }, hasTouch: true });
    await page.getByRole('button', { name: '左右两格' }).tap();
    await cell('cell-1').tap();
    const client = await page.context().newCDPSession(page);
    const handle = await page.locator('.stage-handle.is-e').boundingBox();
    if (handle === null) throw new Error('no handle');
    expect(handle.width).toBe(44);
    const start = { x: handle.x + 22, y: handle.y + 22 };
    const end = await at(640, 200);
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      points: { x: number; y: number }[],
    ): Promise<unknown> => client.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await touch('touchStart', [start]);
    await touch('touchMove', [{ x: (start.x + end.x) / 2, y: start.y }]);
    await touch('touchMove', [{ x: end.x, y: start.y }]);
    await touch('touchEnd', []);
    await expect.poll(() => cell('cell-1').innerText()).toContain('640×');
    expect(await button('保存到配置').isDisabled()).toBe(true);
    await page.getByText('写入配置需要管理员', { exact: false }).waitFor();
    await button('存为草稿').tap();
    await page.getByText('草稿已保存').waitFor();
    await page.context().close();

    await open(tokens.admin);
    await page.getByRole('article', { name: '新布局 1' }).getByRole('link').click();
    expect(await cell('cell-1').innerText()).toContain('640×');
    await button('保存到配置').click();
    await page.getByText('已写入配置并启用').waitFor();
    expect(await cellsOf('layout-1')).toMatchObject({ 'cell-1': expect.stringContaining('640×') as string });
    expect(layouts.drafts()).toEqual([]);
  });

  it('says what cannot be saved at the cell, asks before work is lost, and tells of a file that changed', async () => {
    await open(tokens.admin);
    await page.getByRole('link', { name: '编辑 窗口两格' }).click();
    await cell('window-a').click();
    await page.getByLabel('画面来源').selectOption('ticker');
    await page.getByLabel('高', { exact: true }).fill('20');
    await page.getByLabel('高', { exact: true }).press('Enter');
    await cell('window-a').getByText('太小', { exact: false }).waitFor();
    expect(await button('保存到配置').isDisabled()).toBe(true);
    await button('撤销').click();
    await page.getByRole('navigation').getByRole('link', { name: '操作' }).click();
    await page.getByRole('heading', { name: '有未保存的修改' }).waitFor();
    await button('留在这里').click();
    await writeFile(file, TEXT.replace('窗口两格', '别人改的'));
    await button('保存到配置').click();
    await page.getByText('配置文件已被他人改动', { exact: false }).first().waitFor();
    expect(await readFile(file, 'utf8')).toContain('别人改的');
    await page.getByRole('navigation').getByRole('link', { name: '操作' }).click();
    await button('放弃并离开').click();
    await page.locator('.monitor.is-program').waitFor();
  });

  it('lets viewers look, and nothing more', async () => {
    await open(tokens.viewer);
    await page.getByText('您的角色只能查看布局').waitFor();
    expect(await page.getByRole('link', { name: '编辑', exact: false }).count()).toBe(0);
    expect(await page.getByRole('button', { name: '删除' }).count()).toBe(0);
  });
});

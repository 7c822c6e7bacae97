import { readFile, rm, writeFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../../src/config/load.js';
import { HallProgramme } from '../../../src/programme-desk/programme-desk.js';
import { FakeEngine } from '../../control/fake-engine.js';
import { openHall, tokens, type Hall } from '../../control/open-hall.js';
import { EditedFile } from '../../config/editing/edited-file.js';
import { buildPage, launchBrowser, openSignedIn } from './browser.js';
import { barriersOf, keepPicture } from './looks.js';

const TEXT = `# A hall that people wrote.
wall: { name: 西墙, width: 960, height: 540 }   # in pixels
cameras:
  - { id: lobby, name: 前台, rtsp: { main: 'rtsp://192.0.2.1/main' } }
  - { id: window-a, name: 综合窗口, rtsp: { main: 'rtsp://192.0.2.2/main' } }
  - { id: window-b, name: 窗口, rtsp: { main: 'rtsp://192.0.2.3/main' } }
layouts:
  - { id: hall, name: 大厅, areas: lobby }
  - { id: desk, name: 前台特写, areas: lobby }
  - { id: windows, name: 窗口两格, areas: "window-a window-b" } # two of them
schedule:
  openingHours: { monday-sunday: ['09:00-12:00', '13:30-17:00'] }
  rules: # the first that applies
    - { name: 办公, when: open, show: windows } # while people are here

    # nobody is here
    - { when: lunch, show: hall }
  otherwise: hall
outputs: [ { id: screen, type: ddp, host: 127.0.0.1 } ]
`;

let webRoot: string;
let browser: Browser;
let file: string;
let engine: FakeEngine;
let edited: EditedFile;
let hall: Hall;
let page: Page;

beforeAll(async () => {
  [webRoot, browser] = await Promise.all([buildPage(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await rm(webRoot, { recursive: true });
});

/** The real control plane, conductor and programme desk on a file of its own; what the file says comes into the engine. */
beforeEach(async () => {
  engine = new FakeEngine();
  engine.wall = { ...engine.wall, widthPx: 960, heightPx: 540 };
  const { automation: conductor } = engine;
  const service = engine.service();
  const reload = async (written: string): Promise<void> => {
    const { layouts, configuration } = await loadConfiguration(written);
    engine.configuredLayouts = layouts;
    const { tours, schedule = null } = configuration;
    conductor.plan = { tours, schedule, timeZone: 'Asia/Shanghai' };
    engine.emit('reloaded');
    engine.emit('service', { ...service, configuration: { ...service.configuration, loadedAtMs: Date.now() } });
  };
  edited = await EditedFile.open(TEXT, reload);
  ({ file } = edited);
  await reload(file);
  engine.on('state', ({ automation }) => (conductor.automation = automation));
  conductor.on('looked', () => {
    const { layout, by } = conductor.intent;
    if (layout === null || by === null || layout === engine.state().program) return;
    void engine.execute(
      { kind: 'show-automatically', layout },
      { actor: { name: by, role: 'system', via: by, from: null } },
    );
  });
  conductor.on('changed', () => engine.emit('automation'));
  const { editor } = edited;
  engine.programmeDesk = new HallProgramme({ editor, inUse: () => conductor.plan, state: () => engine.state() });
  hall = await openHall({ withOperators: true, webRoot, engine });
});
afterEach(async () => {
  await page.context().close();
  await hall.close();
  await engine.automation.close();
  await edited.close();
});

async function open(token: string, options: BrowserContextOptions = {}): Promise<void> {
  page = await openSignedIn(browser, `${hall.url}/#/programme`, token, options);
  await page.locator('.week-day').first().waitFor();
}

const button = (name: string): ReturnType<Page['getByRole']> => page.getByRole('button', { name, exact: true });
const link = (name: string): ReturnType<Page['getByRole']> => page.getByRole('link', { name, exact: true });
/** The rows of the day, without the mark at the one that is now: the hour at which the test runs decides where it stands. */
const dayRows = async (): Promise<string[]> => {
  const rows = await page.locator('.day-entries tbody tr').allInnerTexts();
  return rows.map((row) => row.replace('现在', ''));
};
const stops = (): Promise<(string | null)[]> =>
  page.locator('.stop-entry').evaluateAll((entries) => entries.map((entry) => entry.getAttribute('aria-label')));

describe('the programme editor, on the real control plane and a real file', () => {
  it('makes a tour from nothing, which is written, started and seen on air, and deletes it', async () => {
    await open(tokens.admin);
    await link('新建巡览').click();
    await page.getByText('还没有站点', { exact: false }).waitFor();
    expect(await button('保存到配置').isDisabled()).toBe(true);
    await page.getByLabel('名称', { exact: true }).fill('早班');
    await button('加入 前台特写').click();
    await button('加入 窗口两格').click();
    await button('加入 前台特写').click();
    expect(await stops()).toEqual(['第 1 站 前台特写', '第 2 站 窗口两格', '第 3 站 前台特写']);
    await page.getByLabel('第 2 站 窗口两格 停留秒数').fill('1');
    await page.getByText('停留 5 秒到 24 小时').waitFor();
    expect(await button('保存到配置').isDisabled()).toBe(true);
    await page.getByLabel('第 2 站 窗口两格 停留秒数').fill('90');
    await button('第 2 站 窗口两格上移').click();
    expect(await stops()).toEqual(['第 1 站 窗口两格', '第 2 站 前台特写', '第 3 站 前台特写']);
    // The button goes along with its stop, and keeps the focus.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('第 1 站 窗口两格上移');
    await button('移除第 3 站 前台特写').click();
    await page.getByText('2 站，一轮 1 分 50 秒', { exact: false }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await keepPicture(page, 'tour-editor');
    await button('保存到配置').click();

    const tour = page.getByRole('region', { name: '早班' });
    await tour.getByRole('button', { name: '开始' }).click();
    await tour.locator('.tour-stop.is-on-air').getByText('窗口两格').waitFor();
    await expect.poll(() => engine.state().program).toBe('windows');
    const added =
      '\ntours:\n  - id: tour-1\n    name: 早班\n    stops:\n' +
      '      - { layout: windows, dwell: 90s }\n      - { layout: desk, dwell: 20s }\n';
    expect(await readFile(file, 'utf8')).toBe(TEXT + added);

    await tour.getByRole('link', { name: '编辑' }).click();
    expect(await button('删除巡览').isDisabled()).toBe(true);
    await page.getByText('正在进行，不能删除').waitFor();
    await link('返回节目').click();
    await button('回到节目表').click();
    await tour.getByRole('link', { name: '编辑' }).click();
    await button('删除巡览').click();
    await page.getByRole('dialog').getByRole('button', { name: '删除巡览' }).click();
    await page.getByText('配置中没有巡览。').waitFor();
    expect((await readFile(file, 'utf8')).trimEnd()).toBe(TEXT.trimEnd());
  });

  it('edits rules by keyboard, tells faults at their field, and the week changes', async () => {
    await open(tokens.admin);
    await expect.poll(dayRows).toContain('12:00–13:30\t大厅\t规则“lunch”');
    await link('编辑规则').click();
    const rule = (number: number): ReturnType<Page['getByRole']> =>
      page.getByRole('listitem', { name: `规则 ${number}`, exact: true });
    await button('添加规则').click();
    await rule(3).getByLabel('何时').selectOption('cron');
    await rule(3).getByLabel('分 时 日 月 星期').fill('99 10 * * *');
    await rule(3).getByLabel('播出').selectOption('windows');
    await button('保存到配置').click();
    // What only the server knows, at the field all the same.
    await rule(3).getByText('无法识别，请检查写法').waitFor();
    expect(await readFile(file, 'utf8')).toBe(TEXT);
    await rule(3).getByLabel('何时').selectOption('lunch');
    await button('保存到配置').click();
    await rule(3).getByText('永远轮不到这条', { exact: false }).waitFor();
    await rule(3).getByLabel('何时').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await rule(2).getByLabel('名称（可不填）').fill('午休');
    await button('移除规则 3').click();
    await rule(1).getByLabel('末日（可不填）').fill('2020-01-01');
    await rule(1).getByLabel('首日（可不填）').fill('2020-01-02');
    await rule(1).getByText('末日早于首日').waitFor();
    await rule(1).getByLabel('末日（可不填）').fill('');
    await rule(1).getByLabel('首日（可不填）').fill('');
    await rule(1).getByRole('button', { name: '开放日' }).click();
    expect(await barriersOf(page)).toEqual([]);
    await keepPicture(page, 'rules-editor');
    await button('保存到配置').click();
    await expect.poll(dayRows).toContain('12:00–13:30\t窗口两格\t规则“午休”');
    expect(await readFile(file, 'utf8')).toBe(
      TEXT.replace('show: windows } #', 'show: windows, days: working-days } #').replace(
        '{ when: lunch, show: hall }',
        '{ when: lunch, show: windows, name: 午休 }',
      ),
    );
  });

  it('asks before work is lost, and does not write over what somebody else changed', async () => {
    await open(tokens.admin);
    await link('编辑规则').click();
    await page.getByLabel('其余时间播出（默认画面）').selectOption('windows');
    await page.getByRole('navigation').getByRole('link', { name: '操作' }).click();
    await page.getByRole('heading', { name: '有未保存的修改' }).waitFor();
    await button('留在这里').click();
    const theirs = TEXT.replace('when: lunch', 'when: closed');
    await writeFile(file, theirs);
    await button('保存到配置').click();
    await page.getByText('再次保存将写入您的版本', { exact: false }).waitFor();
    expect(await readFile(file, 'utf8')).toBe(theirs);
    await button('载入新版本').click();
    await page.getByText('与配置一致').waitFor();
    expect(await page.getByLabel('何时').nth(1).inputValue()).toBe('closed');
  });

  it('tells operators that editing takes an admin, and works by touch on a tablet', async () => {
    await open(tokens.operator);
    expect(await page.getByText('编辑需要管理员').count()).toBe(2);
    expect(await page.getByRole('link', { name: '编辑', exact: false }).count()).toBe(0);
    await page.goto(`${hall.url}/#/programme/rules`);
    await page.locator('.agenda-panel').waitFor();
    await page.context().close();
    await open(tokens.admin, { viewport: { width: 1024, height: 768 }, hasTouch: true });
    await link('新建巡览').tap();
    await button('加入 大厅').tap();
    const small = await page.locator('.making :is(button, a, input, select)').evaluateAll((controls) =>
      controls.flatMap((control) => {
        const box = (control.closest('label.switch') ?? control).getBoundingClientRect();
        return box.height >= 44 && box.width >= 44 ? [] : [control.outerHTML];
      }),
    );
    expect(small).toEqual([]);
    await button('保存到配置').tap();
    await page.getByRole('region', { name: '新巡览 1' }).waitFor();
  });
});

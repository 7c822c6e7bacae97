import { expect, it } from 'vitest';
import { withPage } from './with-page.js';

const opened = withPage();

/** What the schedule shows now and next, as a server with one says. */
function scheduleNow(): void {
  const { wall } = opened.server.hall;
  const nowMs = Date.now();
  const entry = { fromMs: nowMs - 60_000, untilMs: nowMs + 600_000, show: 'lobby-full', rule: '午休' };
  wall.agenda = { running: null, scheduled: entry, scheduledNext: null, next: null };
}

it('starts a tour, shows which stop is on air and which is next, holds until an end, and goes back', async () => {
  const { page, server } = opened;
  scheduleNow();
  await opened.goTo('节目');
  const tour = page.getByRole('region', { name: '窗口巡览' });
  await tour.getByText('3 站，一轮 50 秒').waitFor();
  await tour.getByRole('button', { name: '开始' }).click();
  await expect.poll(() => opened.received('StartTour')).toHaveLength(1);
  const untilMs = Date.now() + 19_000;
  const { wall } = server.hall;
  wall.agenda = {
    ...wall.agenda,
    running: { tour: 'windows-tour', stopIndex: 0, sinceMs: Date.now(), untilMs },
    next: { layout: 'picture-in-picture', atMs: untilMs },
  };
  server.sendEvent('WallChanged', wall);
  await tour.getByRole('listitem').nth(0).getByText('正在播出').waitFor();
  await tour
    .getByRole('listitem')
    .nth(0)
    .getByText(/还有 \d+ 秒/)
    .waitFor();
  // The second is passed over: the page believes the server, and not the order of the list.
  await tour.getByRole('listitem').nth(2).getByText('下一站').waitFor();
  expect(await tour.getByRole('listitem').nth(1).getByText('下一站').count()).toBe(0);
  await page.getByText('巡览“窗口巡览”').waitFor();

  await page.getByRole('combobox', { name: '保持多久' }).selectOption('60');
  const pressedAtMs = Date.now();
  await page.getByRole('button', { name: '保持当前画面' }).click();
  await page.getByText(/人工操作，到 \d\d:\d\d 回到节目表/).waitFor();
  const endMs = Number(opened.received('Hold').at(-1)?.data['untilMs']);
  expect(Math.abs(endMs - pressedAtMs - 3_600_000)).toBeLessThan(10_000);
  await page.getByRole('button', { name: '回到节目表' }).click();
  await expect.poll(() => wall.automation.mode).toBe('schedule');
});

it('says which stop is passed over, and whose pictures are missing', async () => {
  const { page, server } = opened;
  for (const tile of server.hall.tiles) {
    if (['guidance', 'window-a'].includes(tile.camera)) Object.assign(tile, { state: 'retrying', reason: 'timeout' });
    server.sendEvent('TileChanged', tile);
  }
  await opened.goTo('节目');
  const stops = page.getByRole('region', { name: '窗口巡览' }).getByRole('listitem');
  await stops.nth(2).getByText('跳过：综合窗口 A 区、咨询导办台没有画面').waitFor();
  expect(await page.locator('.tour-dead').count()).toBe(1);
});

it('shows a week with its holidays in the time of the wall, and each day in words with its rules', async () => {
  const page = await opened.reopen({ timezoneId: 'America/Lima' });
  await opened.goTo('节目');
  const week = page.getByRole('group', { name: '一周' });
  await expect.poll(() => week.getByRole('button').count()).toBe(7);
  await week.getByRole('button', { name: '今天 09-30 开放 09:00–12:00 13:30–17:00' }).waitFor();
  const rows = page.locator('.day-entries tbody tr');
  expect(await rows.allInnerTexts()).toEqual([
    '00:00–09:00\t大厅全景\t没有规则适用',
    '09:00–12:00\t窗口巡览\t规则“办公时间”',
    '12:00–13:30\t六窗口总览\t规则“午休”',
    '13:30–17:00\t窗口巡览\t规则“办公时间”',
    '17:00–24:00\t大厅全景\t没有规则适用',
  ]);
  await week.getByRole('button', { name: '周四 10-01 节假日：国庆节' }).click();
  await expect.poll(() => rows.allInnerTexts()).toEqual(['00:00–24:00\t大厅全景\t没有规则适用']);
});

it('says that there is no schedule where there is none', async () => {
  opened.server.hall.days.clear();
  await opened.goTo('节目');
  await opened.page.getByText('配置中没有节目表：画面由人工或巡览决定。').waitFor();
});

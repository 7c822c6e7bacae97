import { expect, it } from 'vitest';
import { withPage } from './with-page.js';

const opened = withPage();
const HOUR_MS = 3_600_000;

/** Of this time of day in Shanghai, at which no clock is ever set, the first after a moment. */
function nextInShanghai(time: string, nowMs: number): number {
  const date = new Date(nowMs + 8 * HOUR_MS).toISOString().slice(0, 10);
  const atMs = Date.parse(`${date}T${time}+08:00`);
  return atMs > nowMs ? atMs : atMs + 24 * HOUR_MS;
}

it('speaks of the hall’s time to somebody who sits in another zone, and says so', async () => {
  const page = await opened.reopen({ timezoneId: 'America/Lima' });
  const { wall } = opened.server.hall;
  const untilMs = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS;
  const hour = new Date(untilMs + 8 * HOUR_MS).toISOString().slice(11, 13);
  wall.agenda = {
    running: null,
    scheduled: { fromMs: untilMs - 4 * HOUR_MS, untilMs, show: 'lobby-full', rule: '午休' },
    scheduledNext: null,
    next: { layout: 'four', atMs: untilMs },
  };
  opened.server.sendEvent('WallChanged', wall);
  await page.getByText(`（至 ${hour}:00）`).waitFor();
  await page.getByText(`${hour}:00 自动播出“四分屏”`).waitFor();

  await opened.goTo('节目');
  await page.getByRole('region', { name: '此刻与接下来' }).getByText('时间均为大屏所在时区（Asia/Shanghai）').waitFor();
  await page.getByRole('combobox', { name: '保持多久' }).selectOption('until');
  await page.getByLabel('结束时刻').fill('17:30');
  await page.getByRole('button', { name: '保持当前画面' }).click();
  await expect.poll(() => opened.received('Hold').at(-1)?.data['untilMs']).toBe(nextInShanghai('17:30', Date.now()));
  await page.getByText('人工操作，到 17:30 回到节目表').waitFor();

  await opened.goTo('记录');
  await page.getByText('时间均为大屏所在时区（Asia/Shanghai）').waitFor();
  await page.getByRole('cell', { name: '2026/11/3 10:00:00' }).first().waitFor();
  const search = page.waitForRequest((request) => request.url().includes('from='));
  await page.getByLabel('从', { exact: true }).fill('2026-11-03T09:00');
  await page.getByRole('button', { name: '查找' }).click();
  expect(new URL((await search).url()).searchParams.get('from')).toBe('2026-11-03T01:00:00.000Z');
  const at = page.waitForRequest((request) => request.url().includes('/at?'));
  await page.getByLabel('时刻').fill('2026-11-03T10:00:00');
  await page.getByRole('button', { name: '查看' }).click();
  expect(new URL((await at).url()).searchParams.get('time')).toBe('2026-11-03T02:00:00.000Z');
});

it('says nothing of zones to those who sit in the hall', async () => {
  const page = await opened.reopen({ timezoneId: 'Asia/Chongqing' });
  await opened.goTo('记录');
  await page.getByRole('cell', { name: '2026/11/3 10:00:00' }).first().waitFor();
  expect(await page.locator('.zone-note').count()).toBe(0);
});

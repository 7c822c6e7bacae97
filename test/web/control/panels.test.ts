import { describe, expect, it } from 'vitest';
import { withPage } from './with-page.js';

const opened = withPage();

describe('ticker', () => {
  it('shows how the text reads with the counts, inserts a count, and applies', async () => {
    await opened.goTo('字幕');
    const field = opened.page.getByRole('textbox', { name: '字幕内容' });
    const apply = opened.page.getByRole('button', { name: '应用' });
    expect(await apply.isDisabled()).toBe(true);
    await field.fill('本月办结 ');
    await opened.page.getByRole('button', { name: '{cases.month}' }).click();
    expect(await field.inputValue()).toBe('本月办结 {cases.month}');
    expect(await opened.page.locator('.ticker-preview').textContent()).toBe('本月办结 71,204');
    await apply.click();
    await opened.page.getByText('与墙上一致').waitFor();
    expect(opened.received('SetTicker')).toEqual([{ type: 'SetTicker', data: { text: '本月办结 {cases.month}' } }]);
  });

  it('refuses a text that cannot be read, and warns of a count that does not exist', async () => {
    await opened.goTo('字幕');
    const field = opened.page.getByRole('textbox', { name: '字幕内容' });
    await field.fill('等候 {queue.waiting');
    await opened.page.getByText('左花括号没有配对', { exact: false }).waitFor();
    expect(await opened.page.getByRole('button', { name: '应用' }).isDisabled()).toBe(true);
    await field.fill('等候 {queue.nobody}');
    await opened.page.getByText('没有数据“queue.nobody”', { exact: false }).waitFor();
    await opened.page.getByRole('button', { name: '还原' }).click();
    expect(await field.inputValue()).toBe(opened.server.hall.wall.tickerText);
  });

  it('shows a stale count as a dash', async () => {
    await opened.goTo('字幕');
    opened.server.hall.counts[0] = {
      ...opened.server.hall.counts[0]!,
      state: 'stale',
      reason: 'timeout',
      values: { waiting: null },
    };
    opened.server.sendEvent('CountChanged', opened.server.hall.counts[0]);
    await opened.page.locator('.count', { hasText: '已过期：超时无数据' }).waitFor();
    expect(await opened.page.locator('.ticker-preview').textContent()).toContain('当前等候 — 人');
  });
});

describe('trouble', () => {
  it('says what a camera, an output and the wall suffer from', async () => {
    opened.server.hall.tiles[0] = {
      ...opened.server.hall.tiles[0]!,
      state: 'retrying',
      reason: 'refused',
      attempt: 3,
      ageMs: 34_000,
      nextTryAtMs: Date.now() + 3_600_000,
    };
    opened.server.hall.outputs[0]!.reachability = { state: 'unreachable', reason: 'no-answer' };
    opened.server.sendEvent('TileChanged', opened.server.hall.tiles[0]);
    const camera = opened.page.getByRole('article', { name: '大厅' });
    await camera.getByText('重新连接中').waitFor();
    await camera.getByText(/连接被拒绝 · 最后画面 3\d 秒前 · 第 3 次 · (59 分 \d+ 秒|1 小时 0 分)后重试/).waitFor();
    await opened.page.getByText('2 项故障').click();
    await opened.page.getByText('播出中的“大厅”重新连接中，墙上显示说明牌').waitFor();
    await opened.page.getByText('检查发送卡的电源、网线与地址', { exact: false }).waitFor();
    await opened.page.keyboard.press('Escape');
    expect(await opened.page.getByText('播出中的“大厅”').isVisible()).toBe(false);
    await opened.goTo('大屏');
    await opened.page.locator('.output').getByText('不可达 · 没有应答').waitFor();
  });

  it('says what the controller of the screen does other than wanted', async () => {
    await opened.goTo('大屏');
    const row = opened.page.locator('.output', { hasText: 'novastar' }).first();
    await row.getByRole('row', { name: '亮度 30% 30%' }).waitFor();
    await row.getByRole('row', { name: '箱体 12 12' }).waitFor();
    await row.getByText('41 °C').waitFor();
    await row.getByText('4.3 V').waitFor();
    const controller = opened.server.hall.controllers[0]!;
    controller.alarms = [
      { code: 'black', wanted: false, reported: true, sinceMs: Date.now() },
      { code: 'cabinets', wanted: 12, reported: 6, sinceMs: Date.now() },
    ];
    opened.server.sendEvent('ControllerChanged', controller);
    await row.getByText('12 个箱体中只有 6 个应答').waitFor();
    await opened.page.getByText('2 项故障').click();
    await opened.page.getByText('大屏控制器“cabinets”：大屏黑屏，应显示画面').waitFor();
    controller.alarms = [];
    opened.server.sendEvent('ControllerChanged', controller);
    await opened.page.getByText('运行正常').waitFor();
  });

  it('says in words when a command fails, and shows what is', async () => {
    opened.server.failNext('SetCellSource', 600, 'unknown-source: no source tax');
    await opened.page.getByRole('button', { name: '更换 第 2 格 · 综合窗口 B 区' }).click();
    await opened.page.getByRole('dialog').getByRole('button', { name: '税务窗口' }).click();
    await opened.page.getByRole('alert').getByText('窗格画面未修改').waitFor();
    await opened.page.getByRole('alert').getByText('画面来源不存在').waitFor();
    await opened.page.getByRole('button', { name: '更换 第 2 格 · 综合窗口 B 区' }).waitFor();
  });

  it('says at once that the connection is lost, disables the controls, and comes back by itself', async () => {
    opened.server.cutOff();
    const banner = opened.page.getByRole('alert').getByText('与服务的连接已断开', { exact: false });
    await banner.first().waitFor();
    for (const control of [
      '.take-cut',
      '.emergency-button.is-blackout',
      '.layout-button >> nth=1',
      '.take-auto',
      '.cell-target >> nth=0',
    ]) {
      expect(await opened.page.locator(control).isDisabled(), control).toBe(true);
    }
    await opened.page.getByText('断开前：实时').first().waitFor();
    await opened.page.keyboard.press('Space');

    opened.server.hall.wall.program = 'six';
    opened.server.comeBack();
    await opened.programName().getByText('六窗口总览').waitFor({ timeout: 20_000 });
    await opened.page.getByText('已重新连接').waitFor();
    expect(await opened.page.locator('.take-cut').isDisabled()).toBe(false);
    expect(opened.server.received).toEqual([]);
  });
});

describe('language', () => {
  it('is Chinese at first, English by choice, and remembered', async () => {
    expect(await opened.page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await opened.page.locator('.menu summary').click();
    await opened.page.getByRole('button', { name: 'English' }).click();
    await opened.page.getByRole('heading', { name: 'Program PGM' }).waitFor();
    expect(await opened.page.locator('html').getAttribute('lang')).toBe('en');
    await opened.page.reload();
    await opened.page.getByRole('heading', { name: 'Program PGM' }).waitFor();
    await opened.page.locator('.menu summary').click();
    await opened.page.getByRole('button', { name: '中文' }).click();
    await opened.page.getByRole('heading', { name: '播出 PGM' }).waitFor();
  });
});

describe('records', () => {
  it('tell who did what, and what was on the wall, to an administrator', async () => {
    await opened.goTo('记录');
    await opened.page.getByRole('cell', { name: '切换 · 被拒绝：您的角色没有此权限' }).waitFor();
    await opened.page.getByLabel('人员').fill('李');
    await opened.page.getByRole('button', { name: '查找' }).click();
    await expect
      .poll(() => opened.page.getByRole('link', { name: '导出 CSV' }).getAttribute('href'))
      .toBe('/api/v1/audit/export?actor=%E6%9D%8E&format=csv');
    await opened.page.getByLabel('时刻').fill('2026-11-03T10:00:00');
    await opened.page.getByRole('button', { name: '查看' }).click();
    await opened.page.locator('.shown-layout', { hasText: '四分屏' }).waitFor();
  });

  it('tell what the service has written into its log', async () => {
    await opened.goTo('记录');
    const log = opened.page.getByRole('region', { name: '服务日志' });
    await log.getByText('no stream from the camera').waitFor();
    await log.getByText('camera: tax · stream: warm · reason: timeout · attempt: 1').waitFor();
    await log.getByLabel('包含文字').fill('lobby');
    const asked = opened.page.waitForRequest((request) => request.url().includes('/api/v1/log'));
    await log.getByLabel('级别').selectOption({ label: '信息及以上' });
    expect(new URL((await asked).url()).search).toBe('?level=info&limit=200&text=lobby');
  });
});

describe('theme', () => {
  const shown = () => opened.page.locator('html').getAttribute('data-theme');

  it('follows the device until a person chooses, and remembers the choice', async () => {
    await opened.reopen({ colorScheme: 'light' });
    expect(await shown()).toBe('light');
    await opened.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(shown).toBe('dark');
    await opened.page.locator('.menu summary').click();
    await opened.page.getByRole('radio', { name: '浅色' }).check();
    await expect.poll(shown).toBe('light');
    await opened.page.reload();
    await opened.layoutButton('四分屏').waitFor();
    expect(await shown()).toBe('light');
  });
});

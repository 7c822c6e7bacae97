import { expect, it } from 'vitest';
import { withPage } from './with-page.js';

const opened = withPage();

it('lets the slider go as far as the law does, and no farther, by hand and by key', async () => {
  const { page } = opened;
  await opened.goTo('大屏');
  const slider = page.getByRole('slider', { name: '设定亮度' });
  expect(await slider.getAttribute('aria-valuetext')).toBe('3%，上限 3%');
  await page.locator('.brightness-limit').getByText('上限 3%').waitFor();
  await slider.fill('90');
  expect(await slider.inputValue()).toBe('3');
  await slider.press('End');
  expect(await slider.inputValue()).toBe('3');
  await expect.poll(() => opened.received('SetBrightness').length).toBeGreaterThan(0);
  await slider.fill('1.5');
  await expect.poll(() => opened.received('SetBrightness').at(-1)?.data).toEqual({ percent: 1.5 });
  for (const { data } of opened.received('SetBrightness')) expect(data['percent']).toBeLessThanOrEqual(3);
  const group = page.getByRole('group', { name: '亮度' });
  await group.getByRole('button', { name: '手动', pressed: true }).waitFor();
  await group.getByRole('button', { name: '自动' }).click();
  await expect.poll(() => opened.received('SetBrightness').at(-1)?.data).toEqual({ percent: null });
});

it('says why a figure above the law is refused: the computation, step by step, with its source', async () => {
  const { page, server } = opened;
  await opened.goTo('大屏');
  const steps = page.locator('.ceiling-steps');
  expect(await steps.isVisible()).toBe(false);
  server.failNext('SetBrightness', 205, 'above-ceiling: 80 % is more than the 3 % that JGJ/T 163 allows now');
  await page.getByRole('spinbutton', { name: '精确数值' }).fill('80');
  await page.getByRole('button', { name: '设定', exact: true }).click();
  await page.getByRole('alert').getByText('未设定为 80%：法规此刻只允许 3%').waitFor();
  await steps.waitFor();
  expect(await steps.locator('li').allInnerTexts()).toEqual([
    '时段\n夜间（日落至日出）',
    '屏幕面积\n30 m²',
    '环境亮度区域\nE3 中等亮度（城镇）',
    '表中限值\n300 cd/m²',
    '动态画面系数\n× 0.5\noutdoor sign code, clause 6.0.3',
    '允许的亮度\n150 cd/m²',
    '本屏全白亮度\n5,000 cd/m²',
    '上限 = 允许的亮度 ÷ 全白亮度\n3%',
  ]);
  const source = page.locator('.ceiling-source');
  await source.getByText('转引自报道，未见原文').waitFor();
  await source.getByText('fhbfw.com/news/a3/99.html').waitFor();
  // Said here, and not once more in a corner.
  expect(await page.locator('.notice').count()).toBe(0);
  // In the other language as well, with the same figures.
  await page.locator('.menu summary').click();
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await page.getByRole('alert').getByText('Not set to 80 %: the law allows 3 % now').waitFor();
});

it('says when the light sensor cannot be believed any more', async () => {
  const { page, server } = opened;
  await opened.goTo('大屏');
  await page
    .locator('.brightness-facts')
    .getByText(/^12 lx，/)
    .waitFor();
  server.hall.brightness.isLightStale = true;
  await page.locator('.brightness-warning').getByText('读数已过期').waitFor();
});

it('puts a pattern on the cabinet that was pressed, after a second yes, and ends it from any view', async () => {
  const { page, server } = opened;
  await opened.goTo('大屏');
  await page.getByRole('button', { name: 'screen 的 7 号箱体' }).click();
  expect(await page.getByRole('combobox', { name: '箱体', exact: true }).inputValue()).toBe('7');
  await page.getByRole('radio', { name: '网格' }).check();
  await page.getByRole('combobox', { name: '时长' }).selectOption('30');

  // The hall is open: nothing is shown before somebody has read that.
  server.failNext('ShowTestPattern', 205, 'confirmation-needed: the hall may be open and people may be looking');
  await page.getByRole('button', { name: '上墙', exact: true }).click();
  const dialog = page.getByRole('alertdialog', { name: '大厅正在开放' });
  await dialog.getByText('路人会在screen 的 7 号箱体看到“网格”').waitFor();
  expect(await page.getByRole('button', { name: '取消' }).evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(server.hall.wall.testPattern).toBeNull();

  server.failNext('ShowTestPattern', 205, 'confirmation-needed: the hall may be open and people may be looking');
  await page.getByRole('button', { name: '上墙', exact: true }).click();
  await dialog.getByRole('button', { name: '仍然上墙' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(opened.received('ShowTestPattern').at(-1)?.data).toEqual({
    pattern: 'grid',
    target: { kind: 'cabinet', output: 'screen', cabinet: 7 },
    seconds: 30,
    confirm: true,
  });
  const notice = page.locator('.pattern-notice');
  await notice.getByText('测试画面“网格”正在screen 的 7 号箱体上').waitFor();
  await notice.getByText(/还有 \d+ 秒/).waitFor();
  await opened.goTo('操作');
  await notice.getByRole('button', { name: '停止测试' }).click();
  await notice.waitFor({ state: 'detached' });
  expect(opened.received('StopTestPattern')).toHaveLength(1);
});

it('says what is wrong with an output and a controller, and what to do', async () => {
  const { page, server } = opened;
  const [output] = server.hall.outputs;
  const [controller] = server.hall.controllers;
  if (output === undefined || controller === undefined) throw new Error('the fake hall has one of each');
  output.reachability = { state: 'unreachable', reason: 'no-answer' };
  controller.reading = controller.reading === null ? null : { ...controller.reading, cabinets: { ok: 9, total: 12 } };
  controller.alarms = [{ code: 'cabinets', wanted: 12, reported: 9, sinceMs: Date.now() - 61_000 }];
  controller.repairs = 2;
  server.sendEvent('OutputChanged', output);
  server.sendEvent('ControllerChanged', controller);
  await opened.goTo('大屏');
  const outputs = page.getByRole('region', { name: '输出' });
  await outputs.getByText('不可达 · 没有应答').waitFor();
  await outputs.getByText('请检查控制器电源、网线').waitFor();
  const controllers = page.getByRole('region', { name: '大屏控制器' });
  await controllers.getByText('12 个箱体中只有 9 个应答').waitFor();
  await controllers.getByText('从第一个失联的箱体查起').waitFor();
  expect(await controllers.locator('tr.is-different').innerText()).toMatch(/箱体\s+12\s+9/);
  await controllers.getByText('已自动纠正 2 次').waitFor();
});

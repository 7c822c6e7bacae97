import { describe, expect, it } from 'vitest';
import { withPage } from './with-page.js';

/** Waits until the predicate holds: what the page sends arrives a moment after the press. */
async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 10_000 }).toBe(true);
}

const opened = withPage();

describe('preview and program', () => {
  it('prepares a layout by click and by number key, and cuts by the button and by space', async () => {
    await opened.layoutButton('大厅全景').click();
    await opened.previewName().getByText('大厅全景').waitFor();
    expect(await opened.layoutButton('大厅全景').getAttribute('aria-pressed')).toBe('true');

    // The press by hand leaves no focus behind: space cuts instead of pressing the layout again.
    await opened.page.keyboard.press('Space');
    await opened.programName().getByText('大厅全景').waitFor();
    await opened.previewName().getByText('大厅与窗口').waitFor();
    expect(opened.received('SetCurrentPreviewScene')).toEqual([
      { type: 'SetCurrentPreviewScene', data: { sceneName: '大厅全景' } },
    ]);
    expect(opened.received('TriggerStudioModeTransition')).toHaveLength(1);
    await opened.page.getByRole('status').getByText('已播出：大厅全景').waitFor();

    await opened.page.keyboard.press('Digit5');
    await opened.previewName().getByText('六窗口总览').waitFor();
    await opened.page.keyboard.press('Numpad4');
    await opened.previewName().getByText('画中画').waitFor();
    await opened.page.locator('.take-cut').click();
    await opened.programName().getByText('画中画').waitFor();
  });

  it('shows pictures of both, and of the cameras', async () => {
    for (const place of ['.monitor.is-preview', '.monitor.is-program', '.camera >> nth=0']) {
      const canvas = opened.page.locator(`${place} >> canvas`);
      await expect.poll(() => canvas.evaluate((element: HTMLCanvasElement) => element.width)).toBeGreaterThan(200);
      const colours = await canvas.evaluate((element: HTMLCanvasElement) => {
        const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
        return new Set(Array.from({ length: 200 }, (_, index) => data[Math.floor((index * data.length) / 800) * 4]))
          .size;
      });
      expect(colours).toBeGreaterThan(3);
    }
  });

  it('selects straight to program, and says so, while studio mode is off', async () => {
    opened.server.hall.wall.studioMode = false;
    opened.server.hall.wall.revision += 1;
    opened.server.sendEvent('WallChanged', opened.server.hall.wall);
    await opened.page.getByText('预监已关闭：点选布局立即播出。').waitFor();
    expect(await opened.page.locator('.take-cut').isDisabled()).toBe(true);
    await opened.page.keyboard.press('Digit3');
    await opened.programName().getByText('大厅全景').waitFor();
    await opened.page.getByRole('button', { name: '打开预监' }).click();
    await opened.previewName().waitFor();
  });

  it('follows what somebody else does', async () => {
    opened.server.hall.wall.preview = 'six';
    opened.server.hall.wall.revision += 1;
    opened.server.sendEvent('WallChanged', opened.server.hall.wall);
    await opened.previewName().getByText('六窗口总览').waitFor();
  });

  it('blacks out by key and comes back by button, and says which it is', async () => {
    await opened.page.keyboard.press('KeyB');
    await opened.page.locator('.monitor.is-program').getByText('黑场：墙面全黑').waitFor();
    const button = opened.page.getByRole('button', { name: '黑场' });
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    await button.click();
    await opened.page.locator('.monitor-black').waitFor({ state: 'detached' });
    expect(opened.received('SetBlackout').map(({ data }) => data)).toEqual([{ on: true }, { on: false }]);
  });

  it('freezes the wall by key and by button', async () => {
    await opened.page.keyboard.press('KeyF');
    const button = opened.page.locator('.emergency-button.is-freeze[aria-pressed="true"]');
    await button.click();
    await opened.page.locator('.emergency-button.is-freeze[aria-pressed="false"]').waitFor();
    expect(opened.received('SetFreeze').map(({ data }) => data)).toEqual([{ on: true }, { on: false }]);
  });

  it('takes the reason of a blackout afterwards, for the records', async () => {
    await opened.page.keyboard.press('KeyB');
    const reason = opened.page.getByLabel('原因（写入记录）');
    // The letters of the shortcuts are letters here.
    await reason.pressSequentially('fire drill');
    await reason.press('Enter');
    await until(() => opened.server.hall.wall.blackoutReason === 'fire drill');
    await opened.page.getByRole('button', { name: '保存原因', disabled: true }).waitFor();
    await opened.page.getByRole('button', { name: '黑场' }).click();
    await reason.waitFor({ state: 'detached' });
    expect(opened.received('SetBlackout').map(({ data }) => data)).toEqual([
      { on: true },
      { on: true, reason: 'fire drill' },
      { on: false },
    ]);
  });

  it('fades by the button and by enter, for as long as is chosen, and cuts again after it', async () => {
    await opened.page.getByRole('combobox', { name: '渐变时长' }).selectOption({ label: '2 秒' });
    await until(() => opened.server.hall.wall.fadeMs === 2_000);
    await opened.page.locator('.take-auto').click();
    // A press before the answer to the one before counts as the same: it would take the old program back.
    const answered = opened.page.locator('.take-auto[aria-busy="false"]');
    await opened.programName().getByText('四分屏').waitFor();
    await answered.waitFor();
    await opened.page.keyboard.press('Enter');
    await opened.programName().getByText('大厅与窗口').waitFor();
    await answered.waitFor();
    await opened.page.keyboard.press('Space');
    await opened.programName().getByText('四分屏').waitFor();
    expect(opened.received('SetCurrentSceneTransition').map(({ data }) => data)).toEqual([
      { transitionName: 'Fade' },
      { transitionName: 'Cut' },
    ]);
    expect(opened.received('TriggerStudioModeTransition')).toHaveLength(3);
  });

  it('says what undo takes back, takes it back, and offers nothing where there is nothing', async () => {
    const undo = opened.page.locator('.take-undo');
    expect(await undo.isDisabled()).toBe(true);
    opened.server.hall.wall.undo = { command: 'set-ticker', by: '王' };
    opened.server.hall.wall.revision += 1;
    opened.server.sendEvent('WallChanged', opened.server.hall.wall);
    await undo.getByText('字幕修改 · 王').waitFor();
    await undo.click();
    await undo.getByText('没有可撤销的操作').waitFor();
    expect(opened.received('Undo')).toHaveLength(1);
  });

  it('says that a person has overridden the schedule, and leads back to it', async () => {
    const { wall } = opened.server.hall;
    const nowMs = Date.now();
    const scheduled = { fromMs: nowMs, untilMs: nowMs + 3_600_000, show: 'six', rule: null };
    wall.agenda = { ...wall.agenda, scheduled };
    wall.revision += 1;
    opened.server.sendEvent('WallChanged', wall);
    await opened.page.getByText('日程此刻应为“六窗口总览”', { exact: false }).waitFor();
    await opened.page.getByRole('button', { name: '回到日程' }).click();
    await opened.page.getByText('按日程播出').waitFor();
    expect(opened.received('FollowSchedule')).toHaveLength(1);
  });
});

describe('cells of the preview', () => {
  const place = (cell: string) => opened.page.locator(`[data-cell="${cell}"]`);
  const puts = { layout: 'four', cell: 'north-east', source: 'guidance' };

  it('take a camera that is dragged there by mouse, and nothing that is dropped beside them', async () => {
    const { page } = opened;
    const camera = page.getByRole('button', { name: '查看咨询导办台' });
    await camera.hover();
    await page.mouse.down();
    await place('north-east').hover({ force: true });
    await page.locator('.drag-ghost', { hasText: '咨询导办台' }).waitFor();
    await page.locator('[data-cell="north-east"].is-over').waitFor();
    await page.mouse.up();
    await opened.page.locator('.camera', { hasText: '咨询导办台' }).getByText('预监中').waitFor();
    expect(opened.received('SetCellSource').map(({ data }) => data)).toEqual([puts]);

    await camera.hover();
    await page.mouse.down();
    await page.locator('.monitor.is-program').hover({ force: true });
    await page.mouse.up();
    await page.locator('.drag-ghost').waitFor({ state: 'detached' });
    expect(await page.locator('dialog').count()).toBe(0);
    expect(opened.received('SetCellSource')).toHaveLength(1);
  });

  it('take a camera that a finger has held and carried there', async () => {
    const page = await opened.reopen({ viewport: { width: 1024, height: 768 }, hasTouch: true });
    const touch = await page.context().newCDPSession(page);
    const middleOf = async (selector: string): Promise<{ x: number; y: number }> => {
      const box = (await page.locator(selector).boundingBox())!;
      return { x: box.x + box.width / 2, y: box.y + Math.min(20, box.height / 2) };
    };
    const from = await middleOf('.camera:has-text("咨询导办台")');
    const to = await middleOf('[data-cell="north-east"]');
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
    await page.locator('.cell-targets.is-placing').waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: from.x, y: from.y - 30 }] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [to] });
    await page.locator('[data-cell="north-east"].is-over').waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await until(() => opened.received('SetCellSource').length === 1);
    expect(opened.received('SetCellSource')[0]?.data).toEqual(puts);
  });

  it('are reached by keyboard alone: the cell, then the camera', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: '更换 第 2 格 · 综合窗口 B 区' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: '咨询导办台' }).press('Enter');
    await until(() => opened.received('SetCellSource').length === 1);
    expect(opened.received('SetCellSource')[0]?.data).toEqual(puts);
    expect(opened.received('TriggerStudioModeTransition')).toEqual([]);
  });

  it('are hidden, say so where they were, and are shown again', async () => {
    const { page } = opened;
    await place('north-east').click();
    await page.getByRole('dialog').getByRole('button', { name: '隐藏此格' }).click();
    await place('north-east').getByText('（已隐藏）').waitFor();
    await page.getByRole('button', { name: '更换 第 2 格 · 综合窗口 B 区（已隐藏）' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '恢复显示此格' }).click();
    await page.getByRole('button', { name: '更换 第 2 格 · 综合窗口 B 区', exact: true }).waitFor();
    const cell = { layout: 'four', cell: 'north-east' };
    expect(opened.received('SetCellEnabled').map(({ data }) => data)).toEqual([
      { ...cell, enabled: false },
      { ...cell, enabled: true },
    ]);
  });

  it('are offered to a camera from its card', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: '查看咨询导办台' }).click();
    await page.getByRole('button', { name: '放入预监窗格…' }).click();
    await page.getByText('“咨询导办台”放到哪一格？', { exact: false }).waitFor();
    await place('north-east').click();
    await until(() => opened.received('SetCellSource').length === 1);
    expect(opened.received('SetCellSource')[0]?.data).toEqual(puts);
    expect(await page.locator('.placing').count()).toBe(0);
  });
});

describe('a camera full screen', () => {
  const sizes = [
    { name: 'a desktop', options: {} },
    { name: 'a touch tablet', options: { viewport: { width: 1024, height: 768 }, hasTouch: true } },
    { name: 'a phone', options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  ];
  for (const { name, options } of sizes) {
    it(`is on air after three presses on ${name}, and never before the third`, async () => {
      const page = await opened.reopen(options);
      let presses = 0;
      const press = async (label: string | RegExp): Promise<void> => {
        presses += 1;
        await page.getByRole('button', { name: label }).click();
      };
      await press('查看税务窗口');
      await press('全屏到预监');
      await opened.previewName().getByText('税务窗口 · 全屏').waitFor();
      expect(opened.server.hall.wall.program).toBe('one-and-two');
      await press(/^直切/);
      await opened.programName().getByText('税务窗口 · 全屏').waitFor();
      expect(presses).toBe(3);
      expect(opened.server.hall.wall.program).toBe('full-screen:tax');
    });
  }
});

describe('keys', () => {
  it('are ignored while typing, while composing, on repeat, and when switched off', async () => {
    await opened.goTo('字幕');
    const field = opened.page.getByRole('textbox', { name: '字幕内容' });
    await field.focus();
    await opened.page.keyboard.type('3 b');
    await opened.page.locator('h1').click();
    await opened.page.evaluate(() => {
      const press = (init: KeyboardEventInit & Record<string, unknown>) =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
      press({ code: 'Digit3', isComposing: true });
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- how browsers report what an input method has taken
      press({ code: 'Digit3', keyCode: 229 });
      press({ code: 'Space', repeat: true });
      press({ code: 'KeyB', ctrlKey: true });
    });
    await opened.page.locator('.menu summary').click();
    await opened.page.getByRole('button', { name: '快捷键' }).click();
    await opened.page.getByRole('checkbox', { name: '启用快捷键' }).uncheck();
    await opened.page.keyboard.press('Escape');
    await opened.page.keyboard.press('Digit3');
    await opened.page.keyboard.press('Space');
    expect(opened.server.received).toEqual([]);

    await opened.page.reload();
    await field.waitFor();
    await opened.goTo('操作');
    await opened.layoutButton('四分屏').waitFor();
    await opened.page.keyboard.press('Digit3');
    await opened.page.locator('.menu summary').click();
    await opened.page.getByRole('button', { name: '快捷键' }).click();
    await opened.page.getByRole('checkbox', { name: '启用快捷键' }).check();
    await opened.page.keyboard.press('Escape');
    await opened.page.keyboard.press('Digit5');
    await opened.previewName().getByText('六窗口总览').waitFor();
    expect(opened.received('SetCurrentPreviewScene').map(({ data }) => data)).toEqual([{ sceneName: '六窗口总览' }]);
  });

  it('leave space to a button that was reached by keyboard', async () => {
    await opened.layoutButton('大厅全景').focus();
    await opened.page.keyboard.press('Space');
    await opened.previewName().getByText('大厅全景').waitFor();
    expect(opened.received('TriggerStudioModeTransition')).toEqual([]);
  });
});

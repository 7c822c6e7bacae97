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

  it('puts a camera into a cell of the preview', async () => {
    await opened.page.getByRole('combobox', { name: '窗格 north-east' }).selectOption({ label: '咨询导办台' });
    await until(() => opened.received('SetCellSource').length === 1);
    expect(opened.received('SetCellSource')[0]?.data).toEqual({
      layout: 'four',
      cell: 'north-east',
      source: 'guidance',
    });
    await opened.page.locator('.camera', { hasText: '咨询导办台' }).getByText('预监中').waitFor();
  });
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

import { expect, it } from 'vitest';
import { withPage } from './with-page.js';

const opened = withPage();

it('shows an urgent message with its end, says how long it stays, and ends it', async () => {
  const { page, server } = opened;
  await opened.goTo('字幕');
  // The wall's own ticker, cut out of its picture.
  await page.locator('.ticker-on-wall .picture:not(.is-empty)').waitFor();
  const panel = page.getByRole('region', { name: '紧急消息' });
  await panel.getByRole('textbox', { name: '消息内容' }).fill('请从{西门}离开');
  await panel.getByRole('combobox', { name: '多久后结束' }).selectOption('5');
  const pressedAtMs = Date.now();
  await panel.getByRole('button', { name: '立即上墙' }).click();
  await panel.getByRole('status').getByText('请从{西门}离开').waitFor();
  const [sent] = opened.received('ShowUrgentMessage');
  expect(sent?.data['text']).toBe('请从{西门}离开');
  expect(Math.abs(Number(sent?.data['untilMs']) - pressedAtMs - 300_000)).toBeLessThan(10_000);
  await panel.getByText(/还有 \d 分 \d+ 秒，到时自动结束/).waitFor();
  await panel.getByRole('button', { name: '结束紧急消息' }).click();
  await panel.getByRole('button', { name: '立即上墙' }).waitFor();
  expect(server.hall.wall.urgentMessage).toBeNull();

  // One that ends by itself goes from the page as well.
  server.hall.wall.urgentMessage = { text: '电梯检修', untilMs: Date.now() + 60_000 };
  server.hall.wall.revision += 1;
  server.sendEvent('WallChanged', server.hall.wall);
  await panel.getByRole('status').getByText('电梯检修').waitFor();
  server.hall.wall.urgentMessage = null;
  server.hall.wall.revision += 1;
  server.sendEvent('WallChanged', server.hall.wall);
  await panel.getByRole('status').waitFor({ state: 'detached' });
});

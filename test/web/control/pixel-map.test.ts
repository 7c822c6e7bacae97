import { expect, it } from 'vitest';
import { withPage } from './with-page.js';

const opened = withPage();

it('draws the cabinets and their chain over the picture of the wall view, for as long as somebody wants it', async () => {
  const { page } = opened;
  const map = page.locator('.wall-picture .pixel-map');
  expect(opened.received('GetPixelMaps')).toEqual([]);
  await opened.goTo('大屏');
  const wanted = page.getByRole('checkbox', { name: '显示像素映射' });
  expect(await wanted.isChecked()).toBe(true);
  await map.waitFor();
  expect(await map.getAttribute('aria-label')).toBe('“screen”的像素映射，12 个箱体; “side”的区域，逐行发送');
  const plates = await map.locator('.drawn-plate text').allTextContents();
  expect(plates).toEqual([...Array.from({ length: 12 }, (_, index) => String(index + 1)), 'side']);
  expect(await map.locator('.drawn-link').count()).toBe(11);
  expect(await map.locator('.drawn-start').count()).toBe(1);
  // The drawing lies on the picture, and its numbers can be read.
  const canvas = await page.locator('.wall-picture canvas').boundingBox();
  expect(await map.boundingBox()).toEqual(canvas);
  const heights = await map
    .locator('.drawn-plate text')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(9);
  // Another configuration, another map.
  opened.server.hall.pixelMaps.splice(0, 1);
  opened.server.hall.wall.revision += 1;
  opened.server.sendEvent('WallChanged', opened.server.hall.wall);
  await map.locator('.drawn-start').waitFor({ state: 'detached' });
  await wanted.uncheck();
  await map.waitFor({ state: 'detached' });
});

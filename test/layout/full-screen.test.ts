import { expect, it } from 'vitest';
import { fullScreenCamera, fullScreenLayouts } from '../../src/layout/full-screen.js';

const size = { widthPx: 960, heightPx: 540 };

it('gives every camera a layout of its own, over the whole wall', () => {
  const layouts = fullScreenLayouts([{ id: 'lobby', name: '大厅' }], size, []);
  expect(layouts).toEqual([
    {
      id: 'full-screen:lobby',
      name: '大厅（全屏）',
      cells: [{ id: 'camera', source: 'lobby', rectangle: { x: 0, y: 0, ...size }, z: 0, fit: 'cover' }],
    },
  ]);
  expect(fullScreenCamera('full-screen:lobby')).toBe('lobby');
  expect(fullScreenCamera('lobby')).toBeNull();
});

it('takes no name that a layout has already', () => {
  const cameras = [
    { id: 'a', name: '大厅' },
    { id: 'b', name: '窗口' },
    { id: 'c', name: '窗口' },
  ];
  const names = fullScreenLayouts(cameras, size, ['大厅（全屏）']).map(({ name }) => name);
  expect(names).toEqual(['大厅（全屏，a）', '窗口（全屏）', '窗口（全屏，c）']);
});

import type { Texts } from '../zh-cn/index.js';

export const cells: Texts['cells'] = {
  heading: 'Cell sources',
  of: (layout) => `Preview: ${layout}`,
  onAir: 'This layout is on air: changes reach the wall at once.',
  cell: (id) => `Cell ${id}`,
  hidden: 'hidden',
  failed: 'The cell was not changed',
  empty: 'This layout has no cells.',
};

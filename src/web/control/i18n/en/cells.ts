import type { Texts } from '../zh-cn/index.js';

export const cells: Texts['cells'] = {
  onAir: 'This layout is on air: changes reach the wall at once.',
  name: (number, source) => `Cell ${number} · ${source}`,
  change: (cell) => `Change ${cell}`,
  put: (camera, cell) => `Put “${camera}” into ${cell}`,
  choose: 'Choose what it shows',
  whereTo: (camera) => `Which cell for “${camera}”? Press one in the preview.`,
  cancel: 'Cancel',
  now: 'now',
  hide: 'Hide this cell',
  show: 'Show this cell again',
  hidden: (cell) => `${cell} · hidden`,
  failed: 'The cell was not changed',
};

import type { Texts } from '../zh-cn/index.js';

export const shortcuts: Texts['shortcuts'] = {
  heading: 'Keys',
  on: 'on',
  off: 'off',
  toggle: 'Use keyboard shortcuts',
  select: 'Layout to preview',
  cut: 'Cut',
  auto: 'Auto (fade)',
  undo: 'Undo',
  blackout: 'Blackout on/off',
  freeze: 'Freeze on/off',
  help: 'Show these keys',
  note: 'Keys are known by their place, so an input method does not disturb them. They rest while you type.',
};

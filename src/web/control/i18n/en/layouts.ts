import type { Texts } from '../zh-cn/index.js';

export const layouts: Texts['layouts'] = {
  heading: 'Layouts',
  hint: 'choose for preview',
  hintDirect: 'choose to put on air',
  empty: 'The configuration has no layouts.',
  trouble: 'has a picture that cannot be shown',
  fullScreenOf: (camera) => `${camera} · full screen`,
};

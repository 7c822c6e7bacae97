import type { Texts } from '../zh-cn/index.js';

export const sources: Texts['sources'] = {
  ticker: 'Ticker',
  clock: 'Clock',
  board: 'Board',
  image: 'Image',
  cameras: 'Cameras',
  others: 'Others',
};

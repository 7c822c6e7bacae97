import type { Texts } from '../zh-cn/index.js';

export const sources: Texts['sources'] = { ticker: 'Ticker', clock: 'Clock', cameras: 'Cameras', others: 'Others' };

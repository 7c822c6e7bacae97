import type { Texts } from '../zh-cn/index.js';

export const views: Texts['views'] = {
  navigation: 'Views',
  names: {
    operate: 'Operate',
    layouts: 'Layouts',
    programme: 'Programme',
    ticker: 'Ticker',
    wall: 'Wall',
    records: 'Records',
  },
};

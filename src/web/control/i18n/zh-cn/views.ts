export const views = {
  navigation: '视图',
  names: {
    operate: '操作',
    layouts: '布局',
    programme: '节目',
    ticker: '字幕',
    wall: '大屏',
    records: '记录',
  },
};

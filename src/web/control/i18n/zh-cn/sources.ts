export const sources = {
  ticker: '滚动字幕',
  clock: '时钟',
  board: '数据板',
  image: '图片',
  cameras: '摄像机',
  others: '其他',
};

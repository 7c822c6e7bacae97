export const sources = { ticker: '滚动字幕', clock: '时钟', cameras: '摄像机', others: '其他' };

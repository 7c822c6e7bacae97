export const counts = {
  heading: '实时数据',
  empty: '配置中没有数据源。',
  states: { waiting: '等待首次数据', fresh: '新鲜', stale: '已过期', failed: '读取失败' },
  justRead: '刚刚更新',
  read: (duration: string): string => `${duration}前更新`,
  never: '从未更新',
  noValues: '没有数值',
};

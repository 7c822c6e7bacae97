export const counts = {
  heading: '实时数据',
  /** Names that are usual for sources and their fields; others are shown as they are configured. */
  sources: { queue: '叫号系统', cases: '办件统计' },
  fields: {
    waiting: '等候人数',
    serving: '正在办理',
    today: '今日办结',
    done: '今日办结',
    month: '本月办结',
    wait: '平均等候（分）',
    average: '平均等候（分）',
    windows: '开放窗口',
  },
  empty: '配置中没有数据源。',
  states: { waiting: '等待首次数据', fresh: '新鲜', stale: '已过期', failed: '读取失败' },
  justRead: '刚刚更新',
  read: (duration: string): string => `${duration}前更新`,
  never: '从未更新',
  noValues: '没有数值',
};

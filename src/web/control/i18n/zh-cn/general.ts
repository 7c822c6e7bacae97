export const general = {
  language: { self: '中文', other: 'English', switchToOther: 'Switch to English' },
  title: 'glasshall 控制台',
  number: (value: number): string => value.toLocaleString('zh-CN'),
  duration: (seconds: number): string => {
    if (seconds < 60) return `${seconds} 秒`;
    if (seconds < 3_600) return `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
    return `${Math.floor(seconds / 3_600)} 小时 ${Math.floor((seconds % 3_600) / 60)} 分`;
  },
  ago: (duration: string): string => `${duration}前`,
  in: (duration: string): string => `${duration}后`,
  wallTime: (zone: string): string => `时间均为大屏所在时区（${zone}）`,
  because: (what: string, why: string): string => `${what}：${why}`,
  close: '关闭',
  loading: '正在载入…',
};

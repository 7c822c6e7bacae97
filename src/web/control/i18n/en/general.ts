import type { general as chinese } from '../zh-cn/general.js';

export const general: typeof chinese = {
  language: { self: 'English', other: '中文', switchToOther: '切换到中文' },
  title: 'glasshall control',
  number: (value) => value.toLocaleString('en'),
  duration: (seconds) => {
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
  },
  ago: (duration) => `${duration} ago`,
  in: (duration) => `in ${duration}`,
  wallTime: (zone) => `All times are the wall’s (${zone})`,
  because: (what, why) => `${what}: ${why}`,
  close: 'Close',
  loading: 'Loading…',
};

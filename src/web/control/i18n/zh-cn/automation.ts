export const automation = {
  heading: '谁在选择播出画面',
  byHand: '人工操作',
  byHandUntil: (time: string): string => `人工操作至 ${time}，之后按日程`,
  tour: (name: string): string => `巡览“${name}”`,
  schedule: '按日程播出',
  scheduled: (what: string, until: string): string => `日程此刻应为“${what}”（至 ${until}）`,
  next: (what: string, time: string): string => `${time} 自动播出“${what}”`,
  back: '回到日程',
  hold: '转为人工',
};

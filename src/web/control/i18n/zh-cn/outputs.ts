export const outputs = {
  heading: '输出',
  empty: '配置中没有输出。',
  states: { reachable: '可达', unconfirmed: '已发送，未确认', unreachable: '不可达' },
  frames: (count: string): string => `已送 ${count} 帧`,
  dropped: (count: string): string => `丢 ${count} 帧`,
  showMap: '显示像素映射',
  mapOf: (output: string, cabinets: number): string =>
    cabinets === 0 ? `“${output}”的区域，逐行发送` : `“${output}”的像素映射，${cabinets} 个箱体`,
};

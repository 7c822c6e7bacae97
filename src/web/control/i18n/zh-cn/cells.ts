export const cells = {
  onAir: '此布局正在播出，修改立即上墙。',
  name: (number: number, source: string): string => `第 ${number} 格 · ${source}`,
  change: (cell: string): string => `更换 ${cell}`,
  put: (camera: string, cell: string): string => `把“${camera}”放入${cell}`,
  choose: '选择要显示的画面',
  whereTo: (camera: string): string => `“${camera}”放到哪一格？点选预监中的窗格。`,
  cancel: '取消',
  now: '当前',
  hide: '隐藏此格',
  show: '恢复显示此格',
  hidden: (cell: string): string => `${cell}（已隐藏）`,
  failed: '窗格画面未修改',
};

export const cells = {
  heading: '窗格画面',
  of: (layout: string): string => `预监：${layout}`,
  onAir: '此布局正在播出，修改立即上墙。',
  cell: (id: string): string => `窗格 ${id}`,
  hidden: '已隐藏',
  failed: '窗格画面未修改',
  empty: '此布局没有窗格。',
};

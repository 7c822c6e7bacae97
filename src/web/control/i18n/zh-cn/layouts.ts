export const layouts = {
  heading: '布局',
  hint: '点选进入预监',
  hintDirect: '点选立即播出',
  empty: '配置中没有布局。',
  trouble: '含有无法显示的画面',
  fullScreenOf: (camera: string): string => `${camera} · 全屏`,
};

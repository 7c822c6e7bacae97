export const shortcuts = {
  heading: '快捷键',
  on: '已开启',
  off: '已关闭',
  toggle: '启用快捷键',
  select: '选择布局到预监',
  cut: '直切',
  auto: '自动切换（渐变）',
  undo: '撤销',
  blackout: '黑场开/关',
  freeze: '冻结开/关',
  help: '显示此说明',
  note: '按键位置识别，中文输入法下同样有效；输入文字时不起作用。',
};

export const header = {
  rehearsal: '演练',
  rehearsalHint: '摄像机、叫号系统和大屏均为模拟设备',
  signOut: '退出',
  menu: '设置',
  theme: '配色',
  themes: { system: '跟随系统', dark: '深色', light: '浅色' },
  roles: { viewer: '只读', guard: '隐私值守', operator: '操作员', admin: '管理员' },
  openScreen: '模拟大屏',
};

export const header = {
  rehearsal: '演练',
  rehearsalHint: '摄像机、叫号系统和大屏均为模拟设备',
  signOut: '退出',
  roles: { viewer: '只读', guard: '隐私值守', operator: '操作员', admin: '管理员' },
  openScreen: '模拟大屏',
};

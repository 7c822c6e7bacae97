export const signIn = {
  heading: '登录控制台',
  explanation: '请输入管理员发给您的操作令牌。',
  token: '操作令牌',
  submit: '登录',
  lockedOut: '输错次数过多，登录已暂时锁定。',
  again: (duration: string): string => `${duration}后可再试`,
  refused: '令牌无效，请检查后再试。',
};

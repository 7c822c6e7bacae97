export const signIn = {
  heading: '登录控制台',
  explanation: '请输入管理员发给您的操作令牌。',
  token: '操作令牌',
  submit: '登录',
  refused: '令牌无效，请检查后再试。',
};

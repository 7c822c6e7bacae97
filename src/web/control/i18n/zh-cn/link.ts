export const link = {
  connecting: '正在连接服务…',
  lost: (duration: string): string => `与服务的连接已断开 ${duration}。画面已不是现场，操作已停用。`,
  trying: '正在重新连接…',
  nextTry: (duration: string): string => `${duration}后重试`,
  retryNow: '立即重试',
  sentAway: '管理员结束了此次会话。',
  reconnect: '重新连接',
  before: (state: string): string => `断开前：${state}`,
  back: '已重新连接，显示的是最新状态。',
  outdated: '服务已更新，请重新载入页面。',
  reload: '重新载入',
};

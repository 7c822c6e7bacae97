import type { Texts } from '../zh-cn/index.js';

export const link: Texts['link'] = {
  connecting: 'Connecting…',
  lost: (duration) => `Connection lost ${duration} ago. Pictures are not live, controls are off.`,
  trying: 'Connecting again…',
  nextTry: (duration) => `next try in ${duration}`,
  retryNow: 'Try now',
  sentAway: 'An administrator ended this session.',
  reconnect: 'Connect again',
  before: (state) => `before: ${state}`,
  back: 'Connected again; this is the present state.',
  outdated: 'The service was updated. Please load this page again.',
  reload: 'Reload',
};

import type { Texts } from '../zh-cn/index.js';

export const urgent: Texts['urgent'] = {
  heading: 'Urgent message',
  explanation: 'Runs instead of the ticker at once, white on red, and ends by itself.',
  text: 'Message',
  length: (used, limit) => `${used}/${limit}`,
  end: 'Ends after',
  lengths: { 5: '5 min', 15: '15 min', 60: '1 h', 240: '4 h' },
  show: 'Show at once',
  replace: 'Replace it',
  running: 'On the wall',
  left: (duration) => `${duration} left, then it ends by itself`,
  stop: 'End the urgent message',
  failed: { show: 'The urgent message was not shown', end: 'The urgent message was not ended' },
  onWall: 'The ticker on the wall now',
  noCell: 'The layout on air has no ticker: nobody can read it on the wall.',
};

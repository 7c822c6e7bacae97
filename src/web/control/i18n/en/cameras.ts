import type { Texts } from '../zh-cn/index.js';

export const cameras: Texts['cameras'] = {
  heading: 'Cameras',
  summary: (live, all) => `${live} of ${all} live`,
  empty: 'The configuration has no cameras.',
  noPicture: 'No picture',
  onAir: 'On air',
  onPreview: 'Preview',
  states: {
    connecting: 'connecting',
    live: 'live',
    stale: 'picture stands still',
    frozen: 'picture does not change',
    retrying: 'reconnecting',
    off: 'off',
  },
  age: (duration) => `last picture ${duration} ago`,
  noneYet: 'no picture yet',
  attempt: (count) => `try ${count}`,
  nextTry: (duration) => `next try in ${duration}`,
  tryingNow: 'trying now',
  alt: (name) => `Picture of ${name}`,
};

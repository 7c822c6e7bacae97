import type { Texts } from '../zh-cn/index.js';

export const counts: Texts['counts'] = {
  heading: 'Counts',
  sources: { queue: 'Queue system', cases: 'Cases' },
  fields: {
    waiting: 'Waiting',
    serving: 'Now serving',
    today: 'Done today',
    done: 'Done today',
    month: 'Done this month',
    wait: 'Mean wait (min)',
    average: 'Mean wait (min)',
    windows: 'Open windows',
  },
  empty: 'The configuration has no counts.',
  states: { waiting: 'waiting for data', fresh: 'fresh', stale: 'too old', failed: 'cannot be read' },
  justRead: 'read just now',
  read: (duration) => `read ${duration} ago`,
  never: 'never read',
  noValues: 'No values',
};

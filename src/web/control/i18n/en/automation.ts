import type { Texts } from '../zh-cn/index.js';

export const automation: Texts['automation'] = {
  heading: 'Who chooses what is on air',
  byHand: 'By hand',
  byHandUntil: (time) => `By hand until ${time}, then the schedule`,
  tour: (name) => `Tour “${name}”`,
  schedule: 'By the schedule',
  scheduled: (what, until) => `the schedule has “${what}” now (until ${until})`,
  next: (what, time) => `“${what}” comes on air by itself at ${time}`,
  back: 'Back to schedule',
  hold: 'Take over by hand',
};

import type { Texts } from '../zh-cn/index.js';

export const health: Texts['health'] = {
  good: 'All well',
  warning: (count) => (count === 1 ? '1 thing to watch' : `${count} things to watch`),
  alarm: (count) => (count === 1 ? '1 fault' : `${count} faults`),
  unknown: 'State unknown',
  details: 'Health',
  rate: (rate) => `${rate} fps`,
  missed: (count) => `${count} missed`,
  nothing: 'The wall ticks, every picture on air is live, outputs are reached and counts are fresh.',
  problems: {
    'wall-not-ticking': 'The wall has stopped sending',
    'wall-slow': (rate, wanted) => `The wall is slow: ${rate} frames a second instead of ${wanted}`,
    'tile-on-air': (name, state) => `“${name}”, on air: ${state}; the wall shows its slate`,
    'tile-hidden': (name, state) => `“${name}”: ${state} (not on air)`,
    'output-unreachable': (name, reason) => `Output “${name}” cannot be reached: ${reason}`,
    'controller-silent': (name, reason) => `Controller “${name}” cannot be read: ${reason}`,
    'controller-differs': (name, difference) => `Controller “${name}”: ${difference}`,
    'count-old': (name) => `Counts of “${name}” are old; the ticker shows “—”`,
    blackout: 'Blackout: the wall is black',
    'test-pattern': (by) => `A test picture is on the wall, not the hall (${by})`,
  },
};

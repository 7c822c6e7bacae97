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
    freeze: 'Freeze: the wall stands still',
    'test-pattern': (by) => `A test picture is on the wall, not the hall (${by})`,
  },
  advice: {
    'wall-not-ticking':
      'The service restarts the wall by itself; if it is not back in a minute, restart the service and call the administrator.',
    'wall-slow': 'The machine is too busy: look for other programs, or show fewer cameras at once.',
    'tile-on-air':
      'Take another layout or camera, and look after its power and cable meanwhile; the service keeps trying.',
    'tile-hidden': 'Mend it before it goes on air: look after its power and cable; the service keeps trying.',
    'output-unreachable': 'Look after the power, cable and address of the sending card; it goes on by itself.',
    'controller-silent':
      'Look after the cable and address of the controller; pictures are still sent, only their fate is not known.',
    'controller-differs': 'Look at the screen itself; bring the controller back to its normal picture if need be.',
    'count-old': 'Look after the interface of the queue system; the ticker follows as soon as there are counts.',
    blackout: 'Press Blackout again to show the picture.',
    freeze: 'Press Freeze again to let the picture go on.',
    'test-pattern': 'It ends by itself, or at once under “Wall”.',
  },
  look: (view) => `Look at ${view}`,
};

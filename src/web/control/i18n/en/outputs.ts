import type { Texts } from '../zh-cn/index.js';

export const outputs: Texts['outputs'] = {
  heading: 'Outputs',
  empty: 'The configuration has no outputs.',
  states: { reachable: 'reachable', unconfirmed: 'sending, unconfirmed', unreachable: 'unreachable' },
  frames: (count) => `${count} frames sent`,
  dropped: (count) => `${count} dropped`,
  showMap: 'Show pixel map',
  mapOf: (output, cabinets) =>
    cabinets === 0 ? `Area of “${output}”, sent row by row` : `Pixel map of “${output}”, ${cabinets} cabinets`,
};

import type { Texts } from '../zh-cn/index.js';

export const controllers: Texts['controllers'] = {
  states: {
    waiting: 'not answered yet',
    answering: 'read back',
    unconfirmed: 'takes commands, reports nothing',
    unreadable: 'answers, not understood',
    unreachable: 'unreachable',
  },
  is: {
    black: 'the screen is black instead of the picture',
    freeze: 'the screen is frozen',
    'test-picture': 'the screen shows a test picture of the controller',
  },
  isNot: {
    black: 'the screen is not black',
    freeze: 'the screen is not frozen',
    input: 'no video signal',
    link: 'no connection to the cabinets',
  },
  figures: {
    brightness: (wanted, found) => `brightness ${found} % instead of ${wanted} %`,
    cabinets: (wanted, found) => `${found} of ${wanted} cabinets answer`,
    temperature: (limit, found) => `a cabinet has ${found} °C, limit ${limit} °C`,
    voltage: (limit, found) => `a cabinet has ${found} V, limit ${limit} V`,
  },
  black: 'black',
  frozen: 'frozen',
  brightness: (percent) => `brightness ${percent} %`,
  cabinets: (ok, total) => `cabinets ${ok}/${total}`,
};

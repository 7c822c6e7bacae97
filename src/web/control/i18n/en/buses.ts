import type { Texts } from '../zh-cn/index.js';

export const buses: Texts['buses'] = {
  preview: 'Preview PVW',
  program: 'Program PGM',
  previewShort: 'Preview',
  programShort: 'On air',
  sameAsProgram: 'same as program',
  waiting: 'Waiting for a picture…',
  pictureAge: (duration) => `Picture is ${duration} old`,
  previewAlt: (layout) => `Preview picture: ${layout}`,
  programAlt: (layout) => `Program picture: ${layout}`,
  blackout: 'Blackout: the wall is black',
  frozen: 'Freeze: the wall stands still',
  studioOff: 'Preview is off: choosing a layout puts it on air at once.',
  studioOn: 'Turn preview on',
};

import type { Texts } from '../zh-cn/index.js';

export const cameraCard: Texts['cameraCard'] = {
  open: (name) => `Look at ${name}`,
  alt: (name) => `Live picture of ${name}`,
  state: 'State',
  stream: 'Stream',
  picture: 'Picture',
  live: (delay) => `live at full rate, ${delay} behind`,
  liveUnknown: 'live at full rate',
  still: '5 pictures a second',
  opening: 'opening the picture at full rate…',
  why: {
    'no-stream': 'the camera sends no stream now',
    unsupported: 'this browser does not play its coding: a few pictures a second instead',
    'unknown-camera': 'there is no such camera',
  },
  age: (duration) => `This picture is ${duration} old`,
  milliseconds: (count) => `${count} ms`,
  seconds: (count) => `${count} s`,
};

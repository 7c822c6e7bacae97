/** Encoded video (H.264) pushed by ffmpeg: RTMP, RTSP, SRT, MPEG-TS over UDP. */
import { entryPoint } from '../../../core/entry-point.js';
import type { OutputModule } from '../../output-module.js';
import { ThreadedDriver } from '../../thread/threaded-driver.js';
import { streamOptions, type StreamOptions } from './options.js';
import { probeTarget, probeWay } from './probe.js';

export const stream: OutputModule<StreamOptions> = {
  options: streamOptions,
  create: (options, context) =>
    new ThreadedDriver(
      {
        entry: entryPoint(import.meta.url, './worker.js'),
        options,
        examine: (signal) => probeTarget(options, signal),
        lookAtWay: (signal) => probeWay(options, signal),
      },
      context,
    ),
};

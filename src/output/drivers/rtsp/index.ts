/** Our own RTSP address: H.264 that splicers and players pull (RFC 2326, RFC 6184). */
import { entryPoint } from '../../../core/entry-point.js';
import type { OutputModule } from '../../output-module.js';
import { ThreadedDriver } from '../../thread/threaded-driver.js';
import { rtspOptions, type RtspOptions } from './options.js';
import { probeAddress } from './probe.js';

export const rtsp: OutputModule<RtspOptions> = {
  options: rtspOptions,
  create: (options, context) =>
    new ThreadedDriver(
      { entry: entryPoint(import.meta.url, './worker.js'), options, examine: () => probeAddress(options) },
      context,
    ),
};

/** Our own RTSP address: H.264 that splicers and players pull (RFC 2326, RFC 6184). */
import { isIP } from 'node:net';
import { entryPoint } from '../../../core/entry-point.js';
import { LocalInterface } from '../../local-interface.js';
import type { OutputModule } from '../../output-module.js';
import { ThreadedDriver } from '../../thread/threaded-driver.js';
import { rtspOptions, type RtspOptions } from './options.js';
import { probeAddress, probeInterface } from './probe.js';

export const rtsp: OutputModule<RtspOptions> = {
  options: rtspOptions,
  create: (options, context) => {
    const own = isIP(options.host) === 0 ? null : new LocalInterface(options.host);
    return new ThreadedDriver(
      {
        entry: entryPoint(import.meta.url, './worker.js'),
        options,
        examine: () => probeAddress(options),
        lookAtWay: () => Promise.resolve(probeInterface(own)),
      },
      context,
    );
  },
};

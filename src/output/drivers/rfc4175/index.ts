/**
 * RFC 4175: uncompressed video over RTP, with the payload and the session description of SMPTE ST 2110-20. It is not ST 2110:
 * there is no PTP, and packets are paced by a timer.
 */
import { Rfc4175Driver } from './driver.js';
import type { OutputModule } from '../../output-module.js';
import { rfc4175Options, type Rfc4175Options } from './options.js';
import { describeSession } from './session.js';

export const rfc4175: OutputModule<Rfc4175Options> = {
  options: rfc4175Options,
  create: (options, context) => new Rfc4175Driver(options, context),
  describeSession,
};

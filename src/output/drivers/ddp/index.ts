/** DDP, the Distributed Display Protocol of 3waylabs: RGB frames over UDP to pixel controllers (WLED, ESPixelStick, Falcon, FPP, Minleon …). */
import type { OutputModule } from '../../output-module.js';
import { discoverDdp } from './discovery.js';
import { DdpDriver } from './driver.js';
import { ddpOptions, type DdpOptions } from './options.js';

export const ddp: OutputModule<DdpOptions> = {
  options: ddpOptions,
  create: (options, context) => new DdpDriver(options, context),
  discover: discoverDdp,
};

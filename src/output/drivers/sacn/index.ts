/** sACN, streaming ACN (ANSI E1.31-2018): universes of RGB pixels over UDP, multicast or unicast, to pixel controllers (Falcon, FPP, WLED, ESPixelStick …). */
import type { OutputModule } from '../../output-module.js';
import { SacnDriver } from './driver.js';
import { sacnOptions, type SacnOptions } from './options.js';

export const sacn: OutputModule<SacnOptions> = {
  options: sacnOptions,
  create: (options, context) => new SacnDriver(options, context),
};

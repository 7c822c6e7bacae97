/** Colorlight receiving cards (5A-75 and relatives): RGB frames as raw Ethernet on a port of their own, without a sending box. */
import type { OutputModule } from '../../output-module.js';
import { discoverColorlight } from './discovery.js';
import { ColorlightDriver } from './driver.js';
import { colorlightOptions, type ColorlightOptions } from './options.js';

export const colorlight: OutputModule<ColorlightOptions> = {
  options: colorlightOptions,
  create: (options, context) => new ColorlightDriver(options, context),
  discover: discoverColorlight,
};

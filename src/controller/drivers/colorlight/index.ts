/** Colorlight processors: commands over TCP, without answers. */
import type { ControllerModule } from '../../controller-module.js';
import { discoverColorlight } from './discovery.js';
import { ColorlightDriver } from './driver.js';
import { colorlightOptions, type ColorlightOptions } from './options.js';

export const colorlight: ControllerModule<ColorlightOptions> = {
  options: colorlightOptions,
  create: (options) => new ColorlightDriver(options),
  discover: discoverColorlight,
};

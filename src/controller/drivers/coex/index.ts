/** NovaStar COEX controllers (MX, CX, KU series): JSON over HTTP. */
import type { ControllerModule } from '../../controller-module.js';
import { CoexDriver } from './driver.js';
import { coexOptions, type CoexOptions } from './options.js';

export const coex: ControllerModule<CoexOptions> = {
  options: coexOptions,
  create: (options) => new CoexDriver(options),
};

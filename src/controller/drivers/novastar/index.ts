/** NovaStar sending cards and processors: registers over TCP. */
import type { ControllerModule } from '../../controller-module.js';
import { discoverNovastar } from './discovery.js';
import { NovastarDriver } from './driver.js';
import { novastarOptions, type NovastarOptions } from './options.js';

export const novastar: ControllerModule<NovastarOptions> = {
  options: novastarOptions,
  create: (options) => new NovastarDriver(options),
  discover: discoverNovastar,
};

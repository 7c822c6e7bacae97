/** Flaschen-Taschen: PPM pictures over UDP, to the LED walls of hackerspaces and laboratories. */
import type { OutputModule } from '../../output-module.js';
import { FlaschenTaschenDriver } from './driver.js';
import { flaschenTaschenOptions, type FlaschenTaschenOptions } from './options.js';

export const flaschenTaschen: OutputModule<FlaschenTaschenOptions> = {
  options: flaschenTaschenOptions,
  create: (options, context) => new FlaschenTaschenDriver(options, context),
};

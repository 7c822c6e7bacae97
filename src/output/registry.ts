/**
 * Outputs: where the wall's picture goes. A driver in `drivers/` speaks one protocol (options, packet layout, driver, probe);
 * the sender hands the frames of all outputs to the system, paced and independent of each other. This file lists the drivers.
 */
import { ddp } from './drivers/ddp/index.js';
import type { OptionsOf, OutputType } from './options.js';
import type { OutputContext, OutputDriver } from './output-driver.js';
import type { OutputModule } from './output-module.js';

/** Every driver by its type: a type that is in the options and not here does not compile. */
export const outputModules: { readonly [Type in OutputType]: OutputModule<OptionsOf<Type>> } = { ddp };

/** Makes the driver of one configured output. @throws GlasshallError when the options do not fit the wall */
export function createOutput<Type extends OutputType>(options: OptionsOf<Type>, context: OutputContext): OutputDriver {
  return outputModules[options.type].create(options, context);
}

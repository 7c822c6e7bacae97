/**
 * Outputs: where the wall's picture goes. A view makes an output's own picture of the wall's; a driver in `drivers/` speaks
 * one protocol (options, packet layout, driver, probe); the sender hands the frames of all outputs to the system, paced
 * and independent of each other. This file lists the drivers.
 */
import { ddp } from './drivers/ddp/index.js';
import type { OptionsOf, OutputType } from './options.js';
import type { OutputContext, OutputDriver } from './output-driver.js';
import type { OutputModule } from './output-module.js';
import { View } from './view/view.js';
import { ViewedOutput } from './viewed-output.js';

/** Every driver by its type: a type that is in the options and not here does not compile. */
export const outputModules: { readonly [Type in OutputType]: OutputModule<OptionsOf<Type>> } = {
  ddp,
};

/** Makes one configured output, to be given the wall's frames. @throws GlasshallError when the options do not fit the wall */
export function createOutput<Type extends OutputType>(
  options: OptionsOf<Type>,
  { wall, ...context }: OutputContext,
): OutputDriver {
  const view = new View(options, { wall, framesPerSecond: context.framesPerSecond });
  return new ViewedOutput(view, outputModules[options.type].create(options, { ...context, size: view.size }));
}

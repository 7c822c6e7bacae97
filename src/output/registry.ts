/**
 * Outputs: where the wall's picture goes. A view makes an output's own picture of the wall's; a driver in `drivers/` speaks
 * one protocol (options, packet layout, driver, probe); the sender hands the frames of all outputs to the system, paced
 * and independent of each other. This file lists the drivers.
 */
import { GlasshallError } from '../core/errors.js';
import type { Size } from '../core/geometry.js';
import { artnet } from './drivers/artnet/index.js';
import { colorlight } from './drivers/colorlight/index.js';
import { ddp } from './drivers/ddp/index.js';
import { file } from './drivers/file/index.js';
import { flaschenTaschen } from './drivers/flaschen-taschen/index.js';
import { recorder } from './drivers/recorder/index.js';
import { rfc4175 } from './drivers/rfc4175/index.js';
import { rtsp } from './drivers/rtsp/index.js';
import { sacn } from './drivers/sacn/index.js';
import { stream } from './drivers/stream/index.js';
import { misfitOf, type OptionsOf, type OutputType } from './options.js';
import type { OutputContext, OutputDriver } from './output-driver.js';
import type { OutputModule } from './output-module.js';
import { areaOf } from './view/options.js';
import { View } from './view/view.js';
import { ViewedOutput } from './viewed-output.js';

/** Every driver by its type: a type that is in the options and not here does not compile. */
export const outputModules: { readonly [Type in OutputType]: OutputModule<OptionsOf<Type>> } = {
  ddp,
  artnet,
  sacn,
  colorlight,
  rfc4175,
  'flaschen-taschen': flaschenTaschen,
  rtsp,
  stream,
  recorder,
  file,
};

/** Makes one configured output, to be given the wall's frames. @throws GlasshallError when the options do not fit the wall */
export function createOutput<Type extends OutputType>(
  options: OptionsOf<Type>,
  { wall, ...context }: OutputContext,
): OutputDriver {
  const view = new View(options, { wall, framesPerSecond: context.framesPerSecond });
  const misfit = misfitOf(options, view.size);
  if (misfit !== null) {
    throw new GlasshallError(misfit.code, `output ${options.id}: ${misfit.message}`, { output: options.id });
  }
  return new ViewedOutput(view, outputModules[options.type].create(options, { ...context, size: view.size }));
}

/**
 * The session description (SDP) that a receiver of this output needs; null for drivers whose protocol has none.
 * @throws GlasshallError `not-describable` while there is no way to the receiver
 */
export async function describeSession<Type extends OutputType>(
  options: OptionsOf<Type>,
  wall: Size,
  framesPerSecond: number,
): Promise<string | null> {
  const module: OutputModule<OptionsOf<Type>> = outputModules[options.type];
  return (await module.describeSession?.(options, areaOf(options, wall), framesPerSecond)) ?? null;
}

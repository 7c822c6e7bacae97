import { z } from 'zod';
import type { Size } from '../core/geometry.js';
import type { AddressSpan } from './address-span.js';
import { artnetFacts, artnetOptions } from './drivers/artnet/options.js';
import { colorlightFacts, colorlightOptions } from './drivers/colorlight/options.js';
import { ddpFacts, ddpOptions } from './drivers/ddp/options.js';
import { fileFacts, fileOptions } from './drivers/file/options.js';
import { flaschenTaschenFacts, flaschenTaschenOptions } from './drivers/flaschen-taschen/options.js';
import { recorderFacts, recorderOptions } from './drivers/recorder/options.js';
import { rfc4175Facts, rfc4175Options } from './drivers/rfc4175/options.js';
import { rtspFacts, rtspOptions } from './drivers/rtsp/options.js';
import { sacnFacts, sacnOptions } from './drivers/sacn/options.js';
import { streamFacts, streamOptions } from './drivers/stream/options.js';
import type { Misfit, OptionFacts } from './option-facts.js';

export type { AddressSpan } from './address-span.js';

/** One output: the driver is chosen by `type`. */
export const outputOptions = z.discriminatedUnion('type', [
  ddpOptions,
  artnetOptions,
  sacnOptions,
  colorlightOptions,
  rfc4175Options,
  flaschenTaschenOptions,
  rtspOptions,
  streamOptions,
  recorderOptions,
  fileOptions,
]);

/** An output, with defaults filled in. */
export type OutputOptions = z.output<typeof outputOptions>;
/** The name of a driver. */
export type OutputType = OutputOptions['type'];
/** Each driver's options by its type. */
export type OptionsByType = { readonly [Type in OutputType]: Extract<OutputOptions, { readonly type: Type }> };
/** The options of one driver, in the form in which the compiler sees that they belong to its type. */
export type OptionsOf<Type extends OutputType = OutputType> = {
  [Each in Type]: OptionsByType[Each] & { readonly type: Each };
}[Type];

const facts: { readonly [Type in OutputType]: OptionFacts<OptionsByType[Type]> } = {
  ddp: ddpFacts,
  artnet: artnetFacts,
  sacn: sacnFacts,
  colorlight: colorlightFacts,
  rfc4175: rfc4175Facts,
  'flaschen-taschen': flaschenTaschenFacts,
  rtsp: rtspFacts,
  stream: streamFacts,
  recorder: recorderFacts,
  file: fileFacts,
};

/** What an output writes in its device, null where there is nothing to fight over. @param size of the picture that it sends */
export function spanOf<Type extends OutputType>(options: OptionsOf<Type>, size: Size): AddressSpan | null {
  return facts[options.type].span(options, size);
}

/** Why an output cannot send pictures of this size, null when it can. @param size of the picture that it sends */
export function misfitOf<Type extends OutputType>(options: OptionsOf<Type>, size: Size): Misfit | null {
  return facts[options.type].misfit?.(options, size) ?? null;
}

/** Where an output goes, as people write addresses; without secrets. */
export function addressOf<Type extends OutputType>(options: OptionsOf<Type>): string {
  return facts[options.type].address(options);
}

/** Whether others watch or keep it without a gap, so that it cannot rest while the wall is dark. */
export function isUnbroken(type: OutputType): boolean {
  return facts[type].isUnbroken === true;
}

/** Never more than so many Mbit/s to this output; null where nothing is said. */
export function rateLimitOf(options: OutputOptions): number | null {
  return ('rateLimitMbit' in options ? options.rateLimitMbit : undefined) ?? null;
}

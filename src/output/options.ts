import { z } from 'zod';
import type { Size } from '../core/geometry.js';
import type { AddressSpan } from './address-span.js';
import { colorlightFacts, colorlightOptions } from './drivers/colorlight/options.js';
import { ddpFacts, ddpOptions } from './drivers/ddp/options.js';
import type { OptionFacts } from './option-facts.js';

export type { AddressSpan } from './address-span.js';

/** One output: the driver is chosen by `type`. */
export const outputOptions = z.discriminatedUnion('type', [ddpOptions, colorlightOptions]);

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
  colorlight: colorlightFacts,
};

/** What an output writes in its device, null where there is nothing to fight over. @param size of the picture that it sends */
export function spanOf<Type extends OutputType>(options: OptionsOf<Type>, size: Size): AddressSpan | null {
  return facts[options.type].span(options, size);
}

/** Where an output goes, as people write addresses; without secrets. */
export function addressOf<Type extends OutputType>(options: OptionsOf<Type>): string {
  return facts[options.type].address(options);
}

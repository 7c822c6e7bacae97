import type { Size } from '../core/geometry.js';
import type { AddressSpan } from './address-span.js';

/** What can be said of a driver's options before there is a driver. */
export type OptionFacts<Options> = {
  /** Where it goes, as people write addresses, such as `ddp://192.168.10.60:4048`. Never with a password. */
  address(options: Options): string;
  /** What it writes in its device, null where outputs cannot get in each other's way. @param size of the picture that it sends */
  span(options: Options, size: Size): AddressSpan | null;
};

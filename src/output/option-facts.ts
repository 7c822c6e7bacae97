import type { Size } from '../core/geometry.js';
import type { AddressSpan } from './address-span.js';

/** What can be said of a driver's options before there is a driver. */
export type OptionFacts<Options> = {
  /** Where it goes, as people write addresses, such as `ddp://192.168.10.60:4048`. Never with a password. */
  address(options: Options): string;
  /** What it writes in its device, null where outputs cannot get in each other's way. @param size of the picture that it sends */
  span(options: Options, size: Size): AddressSpan | null;
  /** Why a picture of this size cannot be sent in this way, null when it can; absent where every size can. */
  misfit?(options: Options, size: Size): Misfit | null;
  /** Whether others watch or keep it without a gap, so that it cannot rest; absent where a screen does not mind. */
  readonly isUnbroken?: true;
};

/** What is wrong between an output's options and the size of its picture, as people can mend it. */
export type Misfit = {
  /** Stable. */
  readonly code: string;
  /** The option at fault. */
  readonly option: string;
  readonly message: string;
  readonly mend: string;
};

import type { z } from 'zod';
import type { Size } from '../core/geometry.js';
import type { DriverContext, OutputDriver } from './output-driver.js';

/** A controller that answered on the network. */
export type FoundController = {
  /** Its address, or the interface behind which it hangs. */
  readonly address: string;
  /** What it says of itself: maker, model, version. Printable, one line, bounded. */
  readonly description: string;
  /** An output as it would stand in the configuration, without `id`. */
  readonly entry: Readonly<Record<string, unknown>>;
};

/** Where to look for controllers. */
export type DiscoveryScope = {
  /** IPv4 addresses of the interfaces to look from. */
  readonly interfaces: readonly string[];
  /** How long answers are waited for. */
  readonly timeoutMs: number;
};

/** What every driver's folder exports: the shape of its options, how to make one, and how to find its devices. */
export type OutputModule<Options> = {
  readonly options: z.ZodType<Options>;
  /** @throws GlasshallError when the options do not fit the picture */
  create(options: Options, context: DriverContext): OutputDriver;
  /**
   * The session description (SDP) that a receiver needs; absent where the protocol has none. @param size of the picture that it sends
   * @throws GlasshallError `not-describable` while there is no way to the receiver
   */
  describeSession?(options: Options, size: Size, framesPerSecond: number): Promise<string>;
  /** Asks the network for controllers; absent where the protocol has no such question. Never rejects because nobody answers. */
  discover?(scope: DiscoveryScope, signal: AbortSignal): Promise<readonly FoundController[]>;
};

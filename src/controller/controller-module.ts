import type { z } from 'zod';
import type { DiscoveryScope, FoundController } from '../output/output-module.js';
import type { ControllerDriver } from './controller-driver.js';

/** What every driver's folder exports: the shape of its options, how to make one, and how to find its devices. */
export type ControllerModule<Options> = {
  readonly options: z.ZodType<Options>;
  create(options: Options): ControllerDriver;
  /**
   * Asks the network for controllers; absent where the protocol has no such question. Never rejects because nobody answers.
   * The entries are those of `controllers:`, without `id`.
   */
  discover?(scope: DiscoveryScope, signal: AbortSignal): Promise<readonly FoundController[]>;
};

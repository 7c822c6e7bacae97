import type { z } from 'zod';
import type { Closable } from '../../../src/core/closing.js';
import type { outputOptions, OutputType } from '../../../src/output/options.js';

/** Counts what arrives at the other end of an output. */
export type PacketCounter = Closable & {
  /** Packets that arrived so far, those included that its socket had no room for. */
  arrived(): Promise<number>;
  /** Of those, the ones that its socket had no room for. */
  dropped(): Promise<number>;
};

/** An output as it stands in a configuration, and who receives it; null where nobody counts packets. */
export type Example<Type extends OutputType> = {
  readonly options: Extract<z.input<typeof outputOptions>, { readonly type: Type }>;
  readonly receiver: PacketCounter | null;
};

/** Why an output is not measured. */
export type LeftOut = { readonly leftOut: string };

/** Makes everything that an output needs to be measured. Whoever calls it closes the receiver. */
export type ExampleSetUp<Type extends OutputType> = () => Promise<Example<Type> | LeftOut>;

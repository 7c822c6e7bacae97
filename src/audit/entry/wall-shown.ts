import { z } from 'zod';
import { actor, blackout, brightness, cells, count, freeze, shown, testPattern, ticker, tile } from './wall-parts.js';

/** Who decided something, when, and with which command. */
export const decision = z.object({ atMs: z.int(), command: z.string(), actor: actor.nullable() });
export type Decision = z.output<typeof decision>;

/** A value, since when it holds, and who decided it: null where nobody did (configuration) or nobody knows. */
export type Decided<Value> = {
  readonly value: Value;
  readonly sinceMs: number;
  readonly decision: Decision | null;
};

const decided = <Value extends z.ZodType>(value: Value) =>
  z.object({ value, sinceMs: z.int(), decision: decision.nullable() }).nullable();

/** All that a wall shows at a moment, with who decided it. Null: nothing is known of it. */
export const wallShown = z.object({
  isRunning: z.boolean(),
  layout: decided(shown),
  /** Where the cells are others than when the layout went on air. */
  cells: decided(cells),
  ticker: decided(ticker),
  brightness: decided(brightness),
  blackout: decided(blackout),
  freeze: decided(freeze),
  testPattern: decided(testPattern),
  tiles: z.array(z.object({ ...tile.shape, sinceMs: z.int() })),
  /** `atMs`: when they were read from the wall; once a minute. */
  counts: z.object({ atMs: z.int(), counts: z.array(count) }).nullable(),
});
export type WallShown = z.output<typeof wallShown>;

/** A wall of which nothing is known. */
export const UNKNOWN_WALL: WallShown = {
  isRunning: false,
  layout: null,
  cells: null,
  ticker: null,
  brightness: null,
  blackout: null,
  freeze: null,
  testPattern: null,
  tiles: [],
  counts: null,
};

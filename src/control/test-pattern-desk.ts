import type { Rectangle } from '../core/geometry.js';
import type { PatternTarget } from '../pattern/place.js';
import type { Actor } from '../switcher/actor.js';

/** A test picture that somebody asks for. */
export type TestPatternRequest = {
  /** One of `TestPatternDesk.names`. */
  readonly pattern: string;
  readonly target: PatternTarget;
  /** 1 to 600; then it ends by itself. */
  readonly seconds: number;
  /** Whether it was asked a second time, and said yes to. */
  readonly confirm: boolean;
};

/** A test picture that lies over the wall's scene. */
export type TestPatternStatus = {
  readonly pattern: string;
  readonly target: PatternTarget;
  /** The part of the wall that it takes. */
  readonly area: Rectangle;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  readonly endsAtMs: number;
  /** Name of the person who put it there. */
  readonly by: string;
  /** Ids of the program's cells, and of their cameras, of which it covers something: they are not to be called live on the wall. */
  readonly coveredCells: readonly string[];
  readonly coveredCameras: readonly string[];
};

/** Test pictures of integrators on the wall: at most one at a time, always for a limited time. */
export interface TestPatternDesk {
  /** All patterns, in the order in which an installer goes through them. */
  readonly names: readonly string[];
  current(): TestPatternStatus | null;
  /**
   * Puts a test picture on the wall, in place of the one that may be there.
   * @param actor who asks
   * @throws GlasshallError `unknown-pattern`, `unknown-output`, `unknown-cabinet`, `bad-duration`; `confirmation-needed` with
   * `reason` while the hall is open (`open`) and `confirm` is not set
   */
  show(request: TestPatternRequest, actor: Actor): Promise<void>;
  /** Takes it away; nothing happens where there is none. */
  stop(actor: Actor): void;
}

import type { FaultHall } from './fault-hall.js';

/** Something that goes wrong, and how it is made to. */
export type Fault = {
  readonly name: string;
  /** Camera ids whose tiles may suffer; no other tile may. */
  readonly hurts: readonly string[];
  /** Whether a slate has to come, within `SLATE_LIMIT_MS`. */
  readonly expectsSlate: boolean;
  /** From the beginning to the end of the fault, at least. */
  readonly lastsMs: number;
  /** Also one of the tests; together these take about three minutes. */
  readonly isQuick?: boolean;
  /** Where it cannot be made it is left out. */
  readonly needs?: Requirement;
  /** What arrives is damaged, and no decoder can tell: a tile may show it for a while. */
  readonly mayDamage?: boolean;
  /** The engine itself ends: it cannot say how many ticks were missed, and the slate is that of the whole wall. */
  readonly endsEngine?: boolean;
  /** Brings the hall into the state in which it happens; not measured. */
  readonly prepare?: (hall: FaultHall) => Promise<void>;
  readonly inflict: (hall: FaultHall) => Promise<void>;
  /**
   * Ends the fault; without it, what happened happened at once. A text is a figure that belongs to this fault.
   * @throws Error when the service did not do what it promises
   */
  readonly heal?: (hall: FaultHall) => Promise<string | null>;
  /** Undoes `prepare`; not measured. */
  readonly restore?: (hall: FaultHall) => Promise<void>;
};

/** What not every machine has. */
export type Requirement = { readonly name: string; readonly isMet: (hall: FaultHall) => boolean };

/** What was measured of a fault. `null`: there was nothing to measure. */
export type FaultRow = {
  readonly name: string;
  /** Whether the service did what it promises, and all tiles moved in the end; if not, the note says what is wrong. */
  readonly isWell: boolean | null;
  /** Ticks of the wall while the fault lasted, by its own reports. */
  readonly ticks: number | null;
  readonly missedTicks: number | null;
  /** Longest time without a new picture at the screen. */
  readonly longestGapMs: number | null;
  /** From the fault to the slate on the wall. */
  readonly slateAfterMs: number | null;
  /** From the end of the fault to moving pictures in all tiles that it hurt; null when none had stopped. */
  readonly recoveredAfterMs: number | null;
  /** How long a tile showed what is neither its camera's picture nor a slate. */
  readonly damagedMs: number | null;
  /** Tiles that should not have noticed and did. */
  readonly othersTouched: readonly string[];
  /** Those of them on which a slate came. */
  readonly othersOnSlate: readonly string[];
  readonly note: string | null;
};

/** Until then a slate has to be there. */
export const SLATE_LIMIT_MS = 12_000;

/** One that has no end of its own. */
export const nothing = (): Promise<null> => Promise.resolve(null);

import type { AlarmCode, Difference } from './comparison.js';

/** A difference that has lasted. `sinceMs`: when it was first seen, on the clock of the caller. */
export type StandingAlarm = Difference & { readonly sinceMs: number };

/** What a reading changed. */
export type AlarmChanges = { readonly raised: readonly StandingAlarm[]; readonly ended: readonly StandingAlarm[] };

type Seen = { difference: Difference; sinceMs: number; isRaised: boolean };

/**
 * Tells differences that last from those that pass: a controller needs a moment to do what it was told. An alarm stands until
 * a reading shows that the difference is gone; without a reading it stays.
 */
export class AlarmBook {
  readonly #settleMs: number;
  readonly #seen = new Map<AlarmCode, Seen>();

  /** @param settleMs how long a difference may last */
  constructor(settleMs: number) {
    this.#settleMs = settleMs;
  }

  /** Takes in what a reading showed at that time. */
  update(differences: readonly Difference[], nowMs: number): AlarmChanges {
    const raised: StandingAlarm[] = [];
    for (const difference of differences) {
      const seen = this.#keep(difference, nowMs);
      if (seen.isRaised || nowMs - seen.sinceMs < this.#settleMs) continue;
      seen.isRaised = true;
      raised.push({ ...difference, sinceMs: seen.sinceMs });
    }
    const present = new Set(differences.map(({ code }) => code));
    const gone = [...this.#seen].filter(([code]) => !present.has(code));
    for (const [code] of gone) this.#seen.delete(code);
    return { raised, ended: gone.filter(([, { isRaised }]) => isRaised).map(([, seen]) => alarmOf(seen)) };
  }

  /** Every alarm that stands. */
  standing(): StandingAlarm[] {
    return [...this.#seen.values()].filter(({ isRaised }) => isRaised).map(alarmOf);
  }

  /** Every code that differed in the last reading, alarm or not. */
  differing(): ReadonlySet<AlarmCode> {
    return new Set(this.#seen.keys());
  }

  #keep(difference: Difference, nowMs: number): Seen {
    const seen = this.#seen.get(difference.code);
    if (seen === undefined) {
      const first: Seen = { difference, sinceMs: nowMs, isRaised: false };
      this.#seen.set(difference.code, first);
      return first;
    }
    // A brightness that moves follows a ramp: it is behind, and obeys.
    if (difference.code === 'brightness' && !seen.isRaised && difference.reported !== seen.difference.reported) {
      seen.sinceMs = nowMs;
    }
    seen.difference = difference;
    return seen;
  }
}

function alarmOf({ difference, sinceMs }: Seen): StandingAlarm {
  return { ...difference, sinceMs };
}

import type { AlarmCode, Difference } from './comparison.js';

/** A difference that has lasted. `sinceMs`: when it was first seen, on the clock of the caller. */
export type StandingAlarm = Difference & { readonly sinceMs: number };

/** What a reading changed. */
export type AlarmChanges = { readonly raised: readonly StandingAlarm[]; readonly ended: readonly StandingAlarm[] };

type Seen = { readonly difference: Difference; readonly sinceMs: number; isRaised: boolean };

/**
 * Tells differences that last from those that pass: a controller needs a moment to do what it was told. An alarm stands until
 * a reading shows that the difference is gone; without a reading it stays.
 */
export class AlarmBook {
  readonly #settleMs: number;
  /** In the order of the last reading. */
  #seen: ReadonlyMap<AlarmCode, Seen> = new Map();

  /** @param settleMs how long a difference may last */
  constructor(settleMs: number) {
    this.#settleMs = settleMs;
  }

  /** Takes in what a reading showed at that time. */
  update(differences: readonly Difference[], nowMs: number): AlarmChanges {
    const raised: StandingAlarm[] = [];
    const before = this.#seen;
    this.#seen = new Map(differences.map((difference) => [difference.code, keep(difference, before, nowMs)]));
    for (const seen of this.#seen.values()) {
      if (seen.isRaised || nowMs - seen.sinceMs < this.#settleMs) continue;
      seen.isRaised = true;
      raised.push(alarmOf(seen));
    }
    const ended = [...before].filter(([code, { isRaised }]) => isRaised && !this.#seen.has(code));
    return { raised, ended: ended.map(([, seen]) => alarmOf(seen)) };
  }

  /** Every alarm that stands. */
  standing(): StandingAlarm[] {
    return [...this.#seen.values()].filter(({ isRaised }) => isRaised).map(alarmOf);
  }

  /** Every code that differed in the last reading, alarm or not. */
  differing(): ReadonlySet<AlarmCode> {
    return new Set(this.#seen.keys());
  }
}

/** A difference as it is now, with what was known of it. */
function keep(difference: Difference, before: ReadonlyMap<AlarmCode, Seen>, nowMs: number): Seen {
  const seen = before.get(difference.code);
  if (seen === undefined) return { difference, sinceMs: nowMs, isRaised: false };
  // A brightness that moves follows a ramp: it is behind, and obeys.
  const follows = difference.code === 'brightness' && difference.reported !== seen.difference.reported;
  return { ...seen, difference, sinceMs: follows && !seen.isRaised ? nowMs : seen.sinceMs };
}

function alarmOf({ difference, sinceMs }: Seen): StandingAlarm {
  return { ...difference, sinceMs };
}

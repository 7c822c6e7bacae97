/** A count as it was read: a number or a short text (such as the ticket now served). */
export type CountValue = number | string;

/** What one source says now. `values` hold only what is fresh: a missing or stale field is null. */
export type CountReading = {
  readonly id: string;
  readonly state: 'waiting' | 'fresh' | 'stale' | 'failed';
  /** A stable code such as `timeout`, `refused`, `not-json`, `field-missing`; null while nothing is wrong. */
  readonly reason: string | null;
  readonly values: Readonly<Record<string, CountValue | null>>;
  /** Epoch milliseconds of the last good reading, null before the first. */
  readonly readAtMs: number | null;
};

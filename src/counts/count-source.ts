import type { Closable } from '../core/closing.js';
import type { CountValue } from './count.js';

/** What a source found out, each time it did. */
export type SourceOutcome =
  /**
   * The queue system answered. A field that it did not give, or that cannot be a count, is null, and `reason` says why
   * (`field-missing`, `bad-value`); it is null when every field is there.
   */
  | {
      readonly kind: 'answer';
      readonly values: Readonly<Record<string, CountValue | null>>;
      readonly reason: string | null;
    }
  /** It did not, or not in a way that can be read: `timeout`, `refused`, `http-status`, `not-json`, `too-large` … */
  | { readonly kind: 'failure'; readonly reason: string };

/** What a source is given besides its options; it reaches no further. */
export type CountSourceContext = { readonly report: (outcome: SourceOutcome) => void };

/** Brings the counts of one queue system. Knows nothing of age: when a value was read is the board's matter. */
export interface CountSource extends Closable {
  /** Names of the fields known beforehand; others may come with an answer. */
  readonly fields: readonly string[];
  /** Begins. Never waits for the queue system. */
  start(): void;
  /**
   * Takes values that were brought to us; absent where values are fetched.
   * @throws GlasshallError `bad-count` with `field` and `reason`; nothing of it is taken then
   */
  push?(values: unknown): void;
}

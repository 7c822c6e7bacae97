import { backoffMs, DEVICE_BACKOFF, type BackoffOptions } from '../../core/backoff.js';

/** A stream that was live for so long had recovered: the waits between tries begin anew. */
const RECOVERED_MS = 5_000;
/** So often in a row a camera may show pictures and end its connection soon before it is asked ever less often, too. */
const SHORT_LIVES = 10;
/**
 * A camera whose stream had lasted is away for a moment more often than for good (a restart, a switch, a flood of
 * connections): for so long it is asked no less often than this.
 */
const JUST_LOST_MS = 60_000;
const JUST_LOST_BACKOFF: BackoffOptions = { ...DEVICE_BACKOFF, maximumMs: 4_000 };
/** Between two tries at least. */
const LEAST_WAIT_MS = 500;

/** A try that is over. */
export type Trial = {
  /** From its beginning to its end, milliseconds. */
  readonly lastedMs: number;
  /** For how long pictures came, milliseconds; null when none did. */
  readonly livedMs: number | null;
  /** Whether the camera did not accept our password: many lock out who comes again too often. */
  readonly wasUnauthorised: boolean;
};

/**
 * When the next try is due. The waits grow with every failure, and count from the beginning of the try that failed: one that
 * took long has waited already. A camera that had given pictures is not asked less often at once, because it is there, and one
 * that was lost just now soon enough that its return is seen at once; unless it refuses the password.
 */
export class RetryPlan {
  #failures = 0;
  #shortLives = 0;
  /** Since a stream that had lasted ended, milliseconds. */
  #lostForMs = Number.POSITIVE_INFINITY;

  /** Tries in a row that failed or did not last. */
  get failures(): number {
    return this.#failures;
  }

  /** @returns milliseconds to wait */
  after(trial: Trial): number {
    const isLasting = trial.livedMs !== null && trial.livedMs > RECOVERED_MS;
    this.#lostForMs = isLasting ? 0 : this.#lostForMs + trial.lastedMs;
    const waitMs = this.#waitMs(trial);
    this.#lostForMs += waitMs;
    return waitMs;
  }

  #waitMs({ lastedMs, livedMs, wasUnauthorised }: Trial): number {
    if (livedMs !== null && livedMs > RECOVERED_MS) {
      this.#failures = 0;
      this.#shortLives = 0;
    }
    this.#failures += 1;
    if (livedMs === null) {
      const isUrgent = this.#lostForMs < JUST_LOST_MS && !wasUnauthorised;
      const backoff = isUrgent ? JUST_LOST_BACKOFF : DEVICE_BACKOFF;
      return Math.max(LEAST_WAIT_MS, backoffMs(this.#failures, backoff) - lastedMs);
    }
    this.#shortLives += 1;
    return backoffMs(Math.max(1, this.#shortLives - SHORT_LIVES));
  }
}

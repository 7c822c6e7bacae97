import { Pace } from '../ingest/pace.js';

/** A picture that nothing came after is shown for so long: less than three seconds by what it takes to reach the screen. */
export const KEEPS_PICTURE_MS = 2_900;
/** Good pictures must have come for so long before what failed counts as live again. */
const RECOVERY_MS = 1_000;

/** What can be said of a picture on the wall. `none`: there has not been one. */
export type PictureState = 'none' | 'live' | 'stale' | 'frozen';

/**
 * Whether a camera's picture is what it seems: live, old, or always the same. Pure: moments come in, nothing is asked of a
 * clock. A picture that fails is shown for almost three more seconds and then its slate; it comes back, and counts as live, when
 * good pictures have come for a second, so that nothing flaps. The first picture of all is shown at once.
 */
export class PictureHealth {
  #lastMs: number | null = null;
  #lastLiveMs: number | null = null;
  readonly #pace = new Pace();
  /** When the good pictures that come now began; null while they are not good. */
  #goodSinceMs: number | null = null;
  /** What is wrong until it has been good for long enough. */
  #failure: 'stale' | 'frozen' | null = null;
  #showsSlate = false;

  /** The moment of the newest picture that was live, on the clock that is given in; null before the first. */
  get lastLiveMs(): number | null {
    return this.#lastLiveMs;
  }

  /** Whether the slate stands where the picture would: the picture may not be shown, however new it is. */
  get showsSlate(): boolean {
    return this.#showsSlate;
  }

  /** A picture came. @param isFrozen whether the pictures have been the same for too long by now */
  picture(nowMs: number, isFrozen: boolean): void {
    this.look(nowMs);
    this.#pace.observe(nowMs);
    this.#lastMs = nowMs;
    if (isFrozen) {
      this.#failure = 'frozen';
      this.#goodSinceMs = null;
      // What stands still was taken longer ago than an old picture may be shown.
      this.#showsSlate = true;
      return;
    }
    this.#goodSinceMs ??= nowMs;
    this.look(nowMs);
    if (this.#failure === null) this.#lastLiveMs = nowMs;
  }

  /** What it is now. To be asked a few times a second, because what does not come has no moment of its own. */
  look(nowMs: number): PictureState {
    if (this.#lastMs === null) return 'none';
    const ageMs = nowMs - this.#lastMs;
    if (ageMs > this.#pace.staleAfterMs) {
      this.#failure ??= 'stale';
      this.#goodSinceMs = null;
    }
    if (this.#goodSinceMs !== null && nowMs - this.#goodSinceMs >= RECOVERY_MS) {
      this.#failure = null;
      this.#showsSlate = false;
    }
    if (this.#failure !== null && this.#goodSinceMs === null && ageMs >= KEEPS_PICTURE_MS) this.#showsSlate = true;
    return this.#failure ?? 'live';
  }
}

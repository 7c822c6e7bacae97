/** So long the wall may be silent. Twelve frames at 25 a second: a screen that stands still for longer is noticed. */
export const WALL_SILENCE_MS = 500;
/**
 * So long the event loop behind the wall may be silent. While it hangs, pictures stay away and the wall itself puts slates in
 * their place within three seconds; a pause of a second (a large garbage collection, a machine under load) must not cost
 * the whole picture.
 */
export const MAIN_SILENCE_MS = 5_000;
/** Looked at so often. */
export const LOOK_EVERY_MS = 50;
/** A look that comes later than this was itself kept from running, and so perhaps was the engine. */
const LATE_LOOK_MS = 150;

/** Silence of the two parts, milliseconds; null before the first sign of life. */
export type Silence = { readonly wallMs: number | null; readonly mainMs: number | null };

/**
 * Judges the signs of life of an engine. Pure. The whole machine may stand still for a moment, the judge with it: only who
 * is still silent at a second look, in time after the first, is judged.
 */
export class Watch {
  #lastLookMs: number | null = null;
  #suspected = false;

  /** @returns what hangs, null while all is well */
  look(nowMs: number, { wallMs, mainMs }: Silence): 'wall' | 'main' | null {
    const isLate = this.#lastLookMs !== null && nowMs - this.#lastLookMs > LATE_LOOK_MS;
    this.#lastLookMs = nowMs;
    const hanging =
      wallMs !== null && wallMs > WALL_SILENCE_MS
        ? 'wall'
        : mainMs !== null && mainMs > MAIN_SILENCE_MS
          ? 'main'
          : null;
    if (hanging === null || isLate) {
      this.#suspected = false;
      return null;
    }
    if (this.#suspected) return hanging;
    this.#suspected = true;
    return null;
  }
}

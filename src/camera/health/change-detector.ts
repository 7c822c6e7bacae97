import type { FrameSlot } from '../../core/frame-slot.js';

/** An encoder that goes on refining a still picture changes bytes by so much; the noise of a sensor is more than that. */
const REFINEMENT = 3;
/** Every so many bytes are looked at for it: no multiple of a pixel's three, so that all colours have their turn. */
const STRIDE = 5;
/** Among pictures that stand still, so many pairs are equal; a camera that sends every picture twice has half. */
const EQUAL_SHARE = 0.6;
/** An encoder that sends a still picture anew at every key picture changes it so often at most, times a second. */
const REFRESHES_PER_SECOND = 2.5;
/** A suspicion is weighed after so many pairs. */
const LEAST_PAIRS = 8;
/** The picture is compared with the first of a suspicion this often, milliseconds. */
const COMPARE_EVERY_MS = 500;
/** A difference that no encoder makes of the same picture … */
const CLEAR_DIFFERENCE = 40;
/** … in so many bytes: less than a digit of the smallest clock that a camera writes into its picture. */
const CLEAR_BYTES = 12;
/** After so long without a picture, what came before says nothing about what comes now. */
const SILENCE_MS = 3_000;

type Suspicion = {
  readonly sinceMs: number;
  /** The picture that everything since then looks like. */
  readonly reference: Uint8Array;
  equal: number;
  unequal: number;
  /** How often pictures began to differ again. */
  refreshes: number;
  wasEqual: boolean;
  comparedAtMs: number;
};

/**
 * Notices that a camera sends the same picture again and again. A sensor is never without noise, so pictures that follow
 * each other are never equal (to within what encoders do) as long as they are real; comparing those ends at the first
 * bytes that differ, and costs next to nothing. Only where pairs are equal, it is looked into: an encoder may refresh a still picture, a camera
 * may send every picture twice, or show nothing but a clock that moves.
 */
export class ChangeDetector {
  readonly #frozenAfterMs: number | null;
  #suspicion: Suspicion | null = null;
  #lastMs: number | null = null;

  /** @param frozenAfterMs null: never suspicious */
  constructor(frozenAfterMs: number | null) {
    this.#frozenAfterMs = frozenAfterMs;
  }

  /** To be called after every picture published into the slot. @returns whether it has stood still for too long */
  isFrozen(slot: FrameSlot, nowMs: number): boolean {
    if (this.#frozenAfterMs === null) return false;
    const wasSilent = this.#lastMs !== null && nowMs - this.#lastMs > SILENCE_MS;
    this.#lastMs = nowMs;
    if (wasSilent) {
      this.#suspicion = null;
      return false;
    }
    const before = slot.previousPixels();
    const latest = slot.read()?.pixels;
    if (before === null || latest === undefined) return false;
    const isEqual = resemble(before, latest);
    const suspicion = this.#suspicion;
    if (suspicion === null) {
      if (isEqual) this.#suspect(slot, nowMs);
      return false;
    }
    if (isEqual) suspicion.equal += 1;
    else suspicion.unequal += 1;
    if (!isEqual && suspicion.wasEqual) suspicion.refreshes += 1;
    suspicion.wasEqual = isEqual;
    if (this.#isAlive(suspicion, slot, nowMs)) {
      this.#suspicion = null;
      return false;
    }
    return nowMs - suspicion.sinceMs >= this.#frozenAfterMs;
  }

  #suspect(slot: FrameSlot, nowMs: number): void {
    const pixels = slot.read()?.pixels;
    if (pixels === undefined) return;
    this.#suspicion = {
      sinceMs: nowMs,
      reference: Uint8Array.from(pixels),
      equal: 1,
      unequal: 0,
      refreshes: 0,
      wasEqual: true,
      comparedAtMs: nowMs,
    };
  }

  #isAlive(suspicion: Suspicion, slot: FrameSlot, nowMs: number): boolean {
    const pairs = suspicion.equal + suspicion.unequal;
    if (pairs >= LEAST_PAIRS) {
      if (suspicion.equal / pairs < EQUAL_SHARE) return true;
      const seconds = Math.max(1, (nowMs - suspicion.sinceMs) / 1_000);
      if (suspicion.refreshes / seconds > REFRESHES_PER_SECOND) return true;
    }
    if (nowMs - suspicion.comparedAtMs < COMPARE_EVERY_MS) return false;
    suspicion.comparedAtMs = nowMs;
    const pixels = slot.read()?.pixels;
    return pixels !== undefined && differClearly(suspicion.reference, pixels);
  }
}

function resemble(before: Uint8Array, after: Uint8Array): boolean {
  if (Buffer.compare(before, after) === 0) return true;
  for (let index = 0; index < before.length; index += STRIDE) {
    const difference = (before[index] as number) - (after[index] as number);
    if (difference > REFINEMENT || difference < -REFINEMENT) return false;
  }
  return true;
}

function differClearly(before: Uint8Array, after: Uint8Array): boolean {
  let clear = 0;
  for (let index = 0; index < before.length; index += 1) {
    const difference = (before[index] as number) - (after[index] as number);
    if (difference > CLEAR_DIFFERENCE || difference < -CLEAR_DIFFERENCE) {
      clear += 1;
      if (clear >= CLEAR_BYTES) return true;
    }
  }
  return false;
}

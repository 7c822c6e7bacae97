import type { FrameSlot } from '../../core/frame-slot.js';

/** Copies the newest frame, whole, into a buffer of its size. @returns its sequence, null while there is none */
export function copyNewest(frames: FrameSlot, target: Uint8Array): number | null {
  for (;;) {
    const frame = frames.read();
    if (frame === null) return null;
    const { sequence } = frame;
    target.set(frame.pixels);
    // Written over while it was copied: then there is a younger one.
    if (frames.isIntact(sequence)) return sequence;
  }
}

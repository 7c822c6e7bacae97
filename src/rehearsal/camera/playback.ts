import type { AccessUnit } from '../../rtsp/access-unit.js';
import type { Clip } from './clips/clip.js';
import { stillPicture } from './h264/still-picture.js';

/** What one tick of a stream sends. `clipFrame` is the frame of the recording that a viewer then sees. */
export type PlayedFrame = { readonly unit: AccessUnit; readonly clipFrame: number };

/** An encoder with key pictures closer than this need not be asked for one: 2 s. */
const SOON_FRAMES = 50;

type State = 'playing' | 'frozen' | 'waking';

/**
 * Plays a recording round and round, and can freeze it as a camera freezes whose sensor has died and whose encoder has not:
 * pictures keep coming, key frames too, and every one is the same.
 */
export class Playback {
  #clip: Clip;
  #startFrame = 0;
  #state: State = 'playing';
  #frozenKeyIndex = 0;
  #framesSinceKey = 0;
  #lastWasKey = false;

  constructor(clip: Clip) {
    this.#clip = clip;
  }

  get clip(): Clip {
    return this.#clip;
  }

  /** Whether the picture changes from frame to frame. */
  get isMoving(): boolean {
    return this.#state === 'playing';
  }

  /** The frame of the recording that a tick falls on. */
  clipFrame(frameNumber: number): number {
    const length = this.#clip.accessUnits.length;
    return (((frameNumber - this.#startFrame) % length) + length) % length;
  }

  /** The key frame that a viewer of the picture before this tick sees, or saw last. */
  latestKeyFrame(frameNumber: number): AccessUnit {
    const shown = this.clipFrame(frameNumber - 1);
    const index = this.#state === 'playing' ? shown - (shown % this.#clip.gopFrames) : this.#frozenKeyIndex;
    return this.#frameAt(index).unit;
  }

  /** Continues with another recording, from its first frame, at the given tick. */
  changeClip(clip: Clip, frameNumber: number): void {
    this.#clip = clip;
    this.#startFrame = frameNumber;
    this.#frozenKeyIndex = 0;
    this.#framesSinceKey = -1;
    this.#lastWasKey = false;
  }

  /**
   * Somebody waits for a key picture: where the next one is long in coming, the recording goes on from there at the given
   * tick. (An encoder would make one of the picture of the moment; a recording can only jump.)
   */
  bringKeyFrame(frameNumber: number): void {
    const { gopFrames } = this.#clip;
    const isPlaying = this.#state === 'playing';
    const sinceKey = isPlaying ? (this.clipFrame(frameNumber) - 1) % gopFrames : this.#framesSinceKey;
    // Right after a key frame another with the same idr_pic_id may not follow (ITU-T H.264, 7.4.3).
    if (sinceKey <= 0 || gopFrames - sinceKey <= SOON_FRAMES) return;
    if (isPlaying) this.#startFrame -= gopFrames - sinceKey - 1;
    else this.#framesSinceKey = -1;
  }

  /** From the given tick on, the picture of the latest key frame stands still. */
  freeze(frameNumber: number): void {
    if (this.#state === 'frozen') return;
    if (this.#state === 'playing') {
      const previous = this.clipFrame(frameNumber - 1);
      this.#frozenKeyIndex = previous - (previous % this.#clip.gopFrames);
      // Two key frames may not follow each other with the same idr_pic_id (ITU-T H.264, 7.4.3).
      this.#framesSinceKey = this.#lastWasKey ? 0 : -1;
    }
    this.#state = 'frozen';
  }

  /** The picture moves again from the next key frame of the recording on. */
  unfreeze(): void {
    if (this.#state === 'frozen') this.#state = 'waking';
  }

  /** What to send at this tick. Ticks are asked for in rising order, each at most once. */
  next(frameNumber: number): PlayedFrame {
    const clipFrame = this.clipFrame(frameNumber);
    if (this.#state === 'waking' && clipFrame % this.#clip.gopFrames === 0 && !this.#lastWasKey)
      this.#state = 'playing';
    const played = this.#state === 'playing' ? this.#frameAt(clipFrame) : this.#stillFrame();
    this.#lastWasKey = played.unit.isKeyFrame;
    return played;
  }

  #stillFrame(): PlayedFrame {
    const { sliceFormat } = this.#clip;
    if (sliceFormat === null) return this.#frameAt(this.#frozenKeyIndex);
    this.#framesSinceKey += 1;
    // While the stream waits for a key frame of the recording, another one right before it would break the rule above.
    if (this.#state === 'frozen' && this.#framesSinceKey >= this.#clip.gopFrames) this.#framesSinceKey = 0;
    if (this.#framesSinceKey === 0) return this.#frameAt(this.#frozenKeyIndex);
    const unit = { units: [stillPicture(sliceFormat, this.#framesSinceKey)], isKeyFrame: false };
    return { unit, clipFrame: this.#frozenKeyIndex };
  }

  #frameAt(clipFrame: number): PlayedFrame {
    const unit = this.#clip.accessUnits[clipFrame];
    if (unit === undefined) throw new RangeError(`clip ${this.#clip.name} has no frame ${clipFrame}`);
    return { unit, clipFrame };
  }
}

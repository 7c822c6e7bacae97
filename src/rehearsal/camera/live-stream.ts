import { monotonicMs } from '../../core/clock.js';
import { RTP_CLOCK_HZ } from '../../rtsp/packets.js';
import type { ServedStream, Viewer } from '../../rtsp/served-stream.js';
import type { StreamFormat } from '../../rtsp/session-description.js';
import { type Clip, FRAMES_PER_SECOND } from './clips/clip.js';
import type { StreamConditions } from './conditions.js';
import { departingPackets } from './damage.js';
import { Playback } from './playback.js';

/** How many departures are remembered: twelve seconds. */
const REMEMBERED_FRAMES = 300;
const TICKS_PER_FRAME = RTP_CLOCK_HZ / FRAMES_PER_SECOND;
const TICKS_PER_MILLISECOND = RTP_CLOCK_HZ / 1_000;

/** When a picture left the camera. */
export type FrameTime = {
  /** Rises by one with every frame of the camera, the same for both streams. */
  readonly frameNumber: number;
  /** The frame of the recording: what the counter of the test card shows. */
  readonly clipFrame: number;
  /** When its last packet was handed to the system, on the clock of `monotonicMs`. */
  readonly sentAtMs: number;
};

/** One of the streams of a camera: a playback and those who watch it. */
export class LiveStream implements ServedStream {
  readonly path: string;
  readonly playback: Playback;
  readonly #viewers = new Set<Viewer>();
  readonly #times: FrameTime[] = [];
  readonly #conditions: StreamConditions;
  readonly #nextFrame: () => number;
  readonly #onAudience: () => void;

  /**
   * @param path the last part of its RTSP address, without a slash
   * @param nextFrame the frame that comes next
   * @param onAudience called when viewers have come or gone
   */
  constructor(path: string, clip: Clip, conditions: StreamConditions, nextFrame: () => number, onAudience: () => void) {
    this.path = path;
    this.playback = new Playback(clip);
    this.#conditions = conditions;
    this.#nextFrame = nextFrame;
    this.#onAudience = onAudience;
  }

  get format(): StreamFormat {
    return { ...this.playback.clip, framesPerSecond: FRAMES_PER_SECOND };
  }

  get nextTicks(): number {
    return this.#ticksOf(this.#nextFrame());
  }

  get viewerCount(): number {
    return this.#viewers.size;
  }

  /** The latest departures, oldest first. Frames that nobody watched did not leave. */
  get frameTimes(): readonly FrameTime[] {
    return this.#times;
  }

  join(viewer: Viewer): void {
    this.#viewers.add(viewer);
    this.#onAudience();
  }

  leave(viewer: Viewer): void {
    if (this.#viewers.delete(viewer)) this.#onAudience();
  }

  /**
   * Sends the frame of this tick to everybody who watches.
   * @param pictureNumber counts the pictures of the recording; falls behind `frameNumber` in a camera that sends fewer
   */
  send(frameNumber: number, pictureNumber: number): void {
    if (this.#viewers.size === 0) return;
    const { unit, clipFrame } = this.playback.next(pictureNumber);
    const packets = departingPackets(unit, this.playback.clip.codec, this.#conditions);
    for (const viewer of this.#viewers) viewer.deliver(packets, this.#ticksOf(frameNumber));
    if (this.#conditions.isSilent) return;
    this.#times.push({ frameNumber, clipFrame, sentAtMs: monotonicMs() });
    if (this.#times.length > REMEMBERED_FRAMES) this.#times.shift();
  }

  #ticksOf(frameNumber: number): number {
    return frameNumber * TICKS_PER_FRAME + this.#conditions.timestampOffsetMs * TICKS_PER_MILLISECOND;
  }
}

import type { AccessUnit } from '../../../rtsp/access-unit.js';
import type { NetworkUnit } from '../../../rtsp/network-units.js';
import { packetize, RTP_CLOCK_HZ, type RtpPackets } from '../../../rtsp/packets.js';
import type { ServedStream, Viewer } from '../../../rtsp/served-stream.js';
import type { StreamFormat } from '../../../rtsp/session-description.js';

const TICKS_PER_MILLISECOND = RTP_CLOCK_HZ / 1_000;
/** Kept for somebody who joins; an encoder that gives no more key pictures must not fill the memory. */
const MOST_KEPT_PICTURES = 300;

type Sent = { readonly packets: RtpPackets; readonly ticks: number };

/** The wall's picture as RTSP serves it. Whoever joins begins at the last key picture, so that something is to be seen at once. */
export class WallStream implements ServedStream {
  readonly path: string;
  readonly #framesPerSecond: number;
  readonly #viewers = new Set<Viewer>();
  /** Those who joined in this turn of the event loop: the answer to their request goes out first. */
  readonly #joining = new Map<Viewer, Sent[]>();
  #format: StreamFormat | null = null;
  #kept: Sent[] = [];

  constructor(path: string, framesPerSecond: number) {
    this.path = path;
    this.#framesPerSecond = framesPerSecond;
  }

  get format(): StreamFormat | null {
    return this.#format;
  }

  get nextTicks(): number {
    return this.#kept[0]?.ticks ?? 0;
  }

  join(viewer: Viewer): void {
    if (this.#viewers.has(viewer) || this.#joining.has(viewer)) return;
    this.#joining.set(viewer, [...this.#kept]);
    setImmediate(() => {
      const missed = this.#joining.get(viewer);
      if (missed === undefined) return;
      this.#joining.delete(viewer);
      for (const { packets, ticks } of missed) viewer.deliver(packets, ticks);
      this.#viewers.add(viewer);
    });
  }

  leave(viewer: Viewer): void {
    this.#joining.delete(viewer);
    this.#viewers.delete(viewer);
  }

  /** What a decoder must know of the pictures that follow. */
  describe(sequenceParameters: NetworkUnit, pictureParameters: readonly NetworkUnit[]): void {
    this.#format = {
      codec: 'h264',
      framesPerSecond: this.#framesPerSecond,
      videoParameters: null,
      sequenceParameters,
      pictureParameters,
    };
  }

  /** Sends a picture to everybody. @param atMs its time on the clock of `monotonicMs` */
  show(units: readonly NetworkUnit[], isKeyFrame: boolean, atMs: number): void {
    const format = this.#format;
    if (format === null) return;
    const parameters = isKeyFrame ? [format.sequenceParameters, ...format.pictureParameters] : [];
    const unit: AccessUnit = { units: [...parameters, ...units], isKeyFrame };
    const sent = { packets: packetize(unit, 'h264'), ticks: Math.round(atMs * TICKS_PER_MILLISECOND) };
    if (isKeyFrame || this.#kept.length >= MOST_KEPT_PICTURES) this.#kept = [];
    if (isKeyFrame || this.#kept.length > 0) this.#kept.push(sent);
    for (const missed of this.#joining.values()) missed.push(sent);
    for (const viewer of this.#viewers) viewer.deliver(sent.packets, sent.ticks);
  }
}

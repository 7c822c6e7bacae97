import { randomBytes } from 'node:crypto';
import { monotonicMs } from '../../../core/clock.js';
import { FRAMES_PER_SECOND } from '../clips/clip.js';
import type { StreamConditions } from '../conditions.js';
import { addressedPackets, RTP_CLOCK_HZ, type RtpPackets, senderReport } from './packets.js';

const TICKS_PER_FRAME = RTP_CLOCK_HZ / FRAMES_PER_SECOND;
const TICKS_PER_MILLISECOND = RTP_CLOCK_HZ / 1_000;
const REPORT_INTERVAL_MS = 5_000;

/** The RTP state of one viewer of one stream (RFC 3550): sequence numbers, timestamps and what is reported about them. */
export class RtpSession {
  readonly source = randomBytes(4).readUInt32BE();
  readonly #conditions: StreamConditions;
  readonly #timestampBase = randomBytes(4).readUInt32BE();
  #sequenceNumber = randomBytes(2).readUInt16BE();
  #packetCount = 0;
  #octetCount = 0;
  #reportedAtMs = Number.NEGATIVE_INFINITY;

  constructor(conditions: StreamConditions) {
    this.#conditions = conditions;
  }

  /** The sequence number of the next packet. */
  get sequenceNumber(): number {
    return this.#sequenceNumber;
  }

  /** When a frame was taken, in units of 1/90000 s from a random beginning, modulo 2^32. */
  timestamp(frameNumber: number): number {
    const offset = this.#conditions.timestampOffsetMs * TICKS_PER_MILLISECOND;
    const timestamp = (this.#timestampBase + frameNumber * TICKS_PER_FRAME + offset) % 2 ** 32;
    return timestamp < 0 ? timestamp + 2 ** 32 : timestamp;
  }

  /** The packets as this viewer receives them, in one piece, or in several where some are lost. */
  address(packets: RtpPackets, frameNumber: number, channel: number): Buffer[] {
    const bytes = addressedPackets(packets, {
      channel,
      sequenceNumber: this.#sequenceNumber,
      timestamp: this.timestamp(frameNumber),
      source: this.source,
    });
    this.#sequenceNumber = (this.#sequenceNumber + packets.offsets.length) & 0xffff;
    this.#packetCount += packets.offsets.length;
    this.#octetCount += bytes.length - packets.offsets.length * 16;
    if (this.#conditions.dropFraction === 0) return [bytes];
    return packets.offsets.flatMap((offset, index) =>
      Math.random() < this.#conditions.dropFraction ? [] : [bytes.subarray(offset, packets.offsets[index + 1])],
    );
  }

  /** A sender report, or null while the last one is fresh. */
  dueReport(frameNumber: number): Buffer | null {
    if (monotonicMs() - this.#reportedAtMs < REPORT_INTERVAL_MS) return null;
    this.#reportedAtMs = monotonicMs();
    const timestamp = this.timestamp(frameNumber);
    const nowEpochMs = Date.now() + this.#conditions.clockOffsetMs;
    return senderReport(this.source, nowEpochMs, timestamp, this.#packetCount, this.#octetCount);
  }
}

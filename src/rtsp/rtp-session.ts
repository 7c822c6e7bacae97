import { randomBytes } from 'node:crypto';
import { monotonicMs } from '../core/clock.js';
import { addressedPackets, type RtpPackets, senderReport } from './packets.js';

const REPORT_INTERVAL_MS = 5_000;

/** The way to the viewers, and the clock that reports tell them: what a rehearsal makes worse. */
export type RtpConditions = {
  /** Asked for every packet: whether it gets lost. */
  isPacketLost(): boolean;
  /** Epoch milliseconds. */
  nowEpochMs(): number;
};

/** Nothing is lost, and the clock is right. */
export const GOOD_CONDITIONS: RtpConditions = { isPacketLost: () => false, nowEpochMs: () => Date.now() };

/** The RTP state of one viewer of one stream (RFC 3550): sequence numbers, timestamps and what is reported about them. */
export class RtpSession {
  readonly source = randomBytes(4).readUInt32BE();
  readonly #conditions: RtpConditions;
  readonly #timestampBase = randomBytes(4).readUInt32BE();
  #sequenceNumber = randomBytes(2).readUInt16BE();
  #packetCount = 0;
  #octetCount = 0;
  #reportedAtMs = Number.NEGATIVE_INFINITY;

  constructor(conditions: RtpConditions = GOOD_CONDITIONS) {
    this.#conditions = conditions;
  }

  /** The sequence number of the next packet. */
  get sequenceNumber(): number {
    return this.#sequenceNumber;
  }

  /** The time of a picture as this viewer sees it, modulo 2^32. @param ticks in units of 1/90000 s from any beginning */
  timestamp(ticks: number): number {
    const timestamp = (this.#timestampBase + ticks) % 2 ** 32;
    return timestamp < 0 ? timestamp + 2 ** 32 : timestamp;
  }

  /** The packets as this viewer receives them, in one piece, or in several where some are lost. */
  address(packets: RtpPackets, ticks: number, channel: number): Buffer[] {
    const bytes = addressedPackets(packets, {
      channel,
      sequenceNumber: this.#sequenceNumber,
      timestamp: this.timestamp(ticks),
      source: this.source,
    });
    this.#sequenceNumber = (this.#sequenceNumber + packets.offsets.length) & 0xffff;
    this.#packetCount += packets.offsets.length;
    this.#octetCount += bytes.length - packets.offsets.length * 16;
    if (this.#conditions === GOOD_CONDITIONS) return [bytes];
    const isLost = packets.offsets.map(() => this.#conditions.isPacketLost());
    if (!isLost.includes(true)) return [bytes];
    return packets.offsets.flatMap((offset, index) =>
      isLost[index] === true ? [] : [bytes.subarray(offset, packets.offsets[index + 1])],
    );
  }

  /** A sender report, or null while the last one is fresh. */
  dueReport(ticks: number): Buffer | null {
    if (monotonicMs() - this.#reportedAtMs < REPORT_INTERVAL_MS) return null;
    this.#reportedAtMs = monotonicMs();
    const nowEpochMs = this.#conditions.nowEpochMs();
    return senderReport(this.source, nowEpochMs, this.timestamp(ticks), this.#packetCount, this.#octetCount);
  }
}

import { randomBytes } from 'node:crypto';
import { DatagramTable } from '../../datagram-table.js';
import type { CanvasFrame, DriverContext, Goodbye, OutputDriver, Reachability } from '../../output-driver.js';
import { sendDatagramsPaced } from '../../paced.js';
import { UdpLink } from '../../udp-link.js';
import { wireBytesOfUdp } from '../../wire-bytes.js';
import type { Rfc4175Options } from './options.js';
import { HEADER_BYTES, MAXIMUM_SEGMENT_BYTES, timestampOf, writeHeader, writeNumbers } from './packet.js';
import { probeRfc4175 } from './probe.js';
import { samplingOf, type Packer } from './sampling.js';
import { segmentsOf } from './segments.js';
import { SessionFile } from './session-file.js';
import { describeSession, peerOf } from './session.js';

/**
 * Sends pictures as uncompressed video over RTP. All packets of a frame lie ready in one buffer, one line segment each,
 * headers written once; a frame only changes samples, sequence numbers and the timestamp. The last packet carries the marker.
 */
export class Rfc4175Driver implements OutputDriver {
  readonly #options: Rfc4175Options;
  readonly #framesPerSecond: number;
  readonly #link: UdpLink;
  readonly #file: SessionFile | null;
  readonly #datagrams: readonly Buffer[];
  readonly #table: DatagramTable;
  readonly #pack: Packer;
  readonly #pictureBytes: number;
  // RFC 3550, section 5.1: all three begin at random.
  #sequence = randomWord() | 0;
  readonly #firstTimestamp = randomWord();
  #lastTick = 0;
  #closing: Promise<void> | null = null;

  constructor(options: Rfc4175Options, { size, framesPerSecond, log }: DriverContext) {
    this.#options = options;
    this.#framesPerSecond = framesPerSecond;
    const sampling = samplingOf(options);
    const segments = segmentsOf(size, sampling, MAXIMUM_SEGMENT_BYTES);
    const offsets: number[] = [];
    let length = 0;
    for (const { bytes } of segments) {
      offsets.push(length + HEADER_BYTES);
      length += HEADER_BYTES + bytes;
    }
    const buffer = Buffer.alloc(length);
    const synchronisationSource = randomWord();
    this.#datagrams = segments.map(({ bytes, line, offsetPx }, index) => {
      const at = offsets[index] ?? 0;
      const datagram = buffer.subarray(at - HEADER_BYTES, at + bytes);
      const isLast = index === segments.length - 1;
      writeHeader(datagram, { isLast, synchronisationSource, segmentBytes: bytes, line, offsetPx });
      return datagram;
    });
    this.#table = new DatagramTable(this.#datagrams);
    this.#pack = sampling.packer(segments, offsets, buffer, size.widthPx);
    this.#pictureBytes = size.widthPx * size.heightPx * 3;
    this.#link = new UdpLink({ ...peerOf(options), sendBufferBytes: length, log });
    const describe = (): Promise<string> => describeSession(options, size, framesPerSecond);
    this.#file = options.sdpFile === undefined ? null : new SessionFile(options.sdpFile, describe, log);
  }

  start(): Promise<void> {
    void this.#file?.write();
    return this.#link.start();
  }

  prepare(frame: CanvasFrame): number {
    if (!this.#link.isOpen || this.#closing !== null) return 0;
    this.#fill(frame.pixels, frame.tick);
    return this.#datagrams.length;
  }

  send(from: number, to: number): void {
    if (this.#closing === null) this.#link.sendRange(this.#table, from, to);
  }

  partBytes(part: number): number {
    return wireBytesOfUdp(this.#datagrams[part]?.length ?? 0);
  }

  isBusy(): boolean {
    return this.#link.isBusy();
  }

  async probe(signal: AbortSignal): Promise<Reachability> {
    if (this.#closing !== null) return { state: 'unconfirmed', reason: 'closed' };
    const problem = this.#link.takeProblem();
    if (problem !== null) return { state: 'unreachable', reason: problem };
    const answer = await probeRfc4175(this.#options, signal);
    if (this.#file === null || !this.#link.isOpen) return answer;
    void this.#file.write();
    return answer.state === 'unconfirmed' && !this.#file.isWritten
      ? { state: 'unconfirmed', reason: 'sdp-not-written' }
      : answer;
  }

  takeFailedParts(): number {
    return this.#link.takeFailed();
  }

  /** Shows the last frame, black if nothing else is said, then lets the socket and the file go. */
  close(goodbye: Goodbye = 'black'): Promise<void> {
    this.#closing ??= this.#close(goodbye);
    return this.#closing;
  }

  async #close(goodbye: Goodbye): Promise<void> {
    await this.#sayGoodbye(goodbye);
    await this.#link.close();
    await this.#file?.close(goodbye === 'silent');
  }

  #fill(pixels: Uint8Array, tick: number): void {
    this.#pack(pixels);
    this.#lastTick = tick;
    const timestamp = timestampOf(tick, this.#framesPerSecond, this.#firstTimestamp);
    for (const datagram of this.#datagrams) {
      writeNumbers(datagram, this.#sequence, timestamp);
      // Signed, for numbers beyond 31 bits would each be an object.
      this.#sequence = (this.#sequence + 1) | 0;
    }
  }

  async #sayGoodbye(goodbye: Goodbye): Promise<void> {
    if (!this.#link.isOpen || goodbye === 'silent') return;
    const pixels = goodbye === 'black' ? new Uint8Array(this.#pictureBytes) : goodbye.pixels;
    this.#fill(pixels, this.#lastTick + 1);
    await sendDatagramsPaced(this.#datagrams, this.#options.rateLimitMbit, (from, to) => {
      this.#link.sendRange(this.#table, from, to);
    });
  }
}

function randomWord(): number {
  return randomBytes(4).readUInt32BE();
}

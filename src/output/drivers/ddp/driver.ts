import type { Logger } from '../../../core/logger.js';
import type { CanvasFrame, DriverContext, Goodbye, OutputDriver, Reachability } from '../../output-driver.js';
import { DatagramTable } from '../../datagram-table.js';
import { PacketBuffer } from '../../packet-buffer.js';
import { sendDatagramsPaced } from '../../paced.js';
import { UdpLink } from '../../udp-link.js';
import { wireBytesOfUdp } from '../../wire-bytes.js';
import type { DdpOptions } from './options.js';
import { HEADER_BYTES, nextSequence, PAYLOAD_BYTES, writeHeader, writeSequence } from './packet.js';
import { probeDdp } from './probe.js';
import { SharedPush } from './shared-push.js';

/**
 * Sends pictures to one DDP display. All packets of a frame lie ready in one buffer, headers written once;
 * a frame only changes payloads and sequence numbers. Only the last packet carries push, or none where several outputs share one. Every frame is sent whole: that is the keep-alive.
 */
export class DdpDriver implements OutputDriver {
  readonly #options: DdpOptions;
  readonly #link: UdpLink;
  readonly #buffer: PacketBuffer;
  readonly #datagrams: readonly Buffer[];
  readonly #table: DatagramTable;
  readonly #log: Logger;
  #sharedPush: SharedPush | null = null;
  #joining: Promise<void> | null = null;
  #sequence = 0;
  #hasAnswered = false;
  #closing: Promise<void> | null = null;

  constructor(options: DdpOptions, { size, log }: DriverContext) {
    this.#options = options;
    this.#log = log;
    const pictureBytes = size.widthPx * size.heightPx * 3;
    this.#buffer = new PacketBuffer({ pictureBytes, headerBytes: HEADER_BYTES, payloadBytes: PAYLOAD_BYTES });
    this.#datagrams = this.#buffer.packets;
    const { destination, offset } = options;
    this.#datagrams.forEach((datagram, index) => {
      writeHeader(datagram, 0, {
        push: options.pushTo === undefined && index === this.#datagrams.length - 1,
        sequence: 0,
        destination,
        offset: offset + index * PAYLOAD_BYTES,
        length: datagram.length - HEADER_BYTES,
      });
    });
    this.#table = new DatagramTable(this.#datagrams);
    const { host, port } = options;
    this.#link = new UdpLink({ host, port, sendBufferBytes: this.#buffer.bytes.length, log });
  }

  async start(): Promise<void> {
    await Promise.all([this.#link.start(), (this.#joining ??= this.#join())]);
  }

  prepare(frame: CanvasFrame): number {
    if (!this.#link.isOpen || this.#closing !== null) return 0;
    this.#buffer.fill(frame.pixels);
    this.#number();
    this.#sharedPush?.expect(this, frame.tick);
    return this.#datagrams.length;
  }

  send(from: number, to: number): void {
    if (this.#closing === null) this.#hand(from, to);
  }

  partBytes(part: number): number {
    return wireBytesOfUdp(this.#datagrams[part]?.length ?? 0);
  }

  isBusy(): boolean {
    return this.#link.isBusy();
  }

  async probe(signal: AbortSignal): Promise<Reachability> {
    if (this.#closing !== null) return { state: 'unconfirmed', reason: 'closed' };
    const { host, port } = this.#options;
    const answer = await probeDdp(host, port, signal);
    const problem = this.#link.takeProblem();
    if (answer.state === 'reachable') this.#hasAnswered = true;
    if (answer.state !== 'unconfirmed') return answer;
    // What the display says itself counts most; where it is silent, what became of the frames does.
    if (problem !== null) return { state: 'unreachable', reason: problem };
    return this.#hasAnswered ? { ...answer, state: 'unreachable' } : answer;
  }

  takeFailedParts(): number {
    // Whoever asks first is told of pushes that failed: they belong to nobody.
    return this.#link.takeFailed() + (this.#sharedPush?.takeFailed() ?? 0);
  }

  /** Shows the last frame, black if nothing else is said, then lets the socket go. */
  close(goodbye: Goodbye = 'black'): Promise<void> {
    this.#closing ??= this.#sayGoodbye(goodbye).finally(() => this.#letGo());
    return this.#closing;
  }

  #number(): void {
    if (!this.#options.sequence) return;
    for (const datagram of this.#datagrams) {
      this.#sequence = nextSequence(this.#sequence);
      writeSequence(datagram, 0, this.#sequence);
    }
  }

  #hand(from: number, to: number): void {
    this.#link.sendRange(this.#table, from, to);
    if (from < to && to === this.#datagrams.length) this.#sharedPush?.sent(this);
  }

  async #join(): Promise<void> {
    const { pushTo: address, port } = this.#options;
    if (address !== undefined) this.#sharedPush = await SharedPush.join({ address, port }, this, this.#log);
  }

  async #letGo(): Promise<void> {
    await this.#joining;
    await this.#sharedPush?.leave(this);
    await this.#link.close();
  }

  async #sayGoodbye(goodbye: Goodbye): Promise<void> {
    if (!this.#link.isOpen || goodbye === 'silent') return;
    if (goodbye === 'black') for (const datagram of this.#datagrams) datagram.fill(0, HEADER_BYTES);
    else this.#buffer.fill(goodbye.pixels);
    this.#number();
    await sendDatagramsPaced(this.#datagrams, this.#options.rateLimitMbit, (from, to) => {
      this.#hand(from, to);
    });
  }
}

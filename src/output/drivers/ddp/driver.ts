import { setTimeout as sleep } from 'node:timers/promises';
import type { Rectangle } from '../../../core/geometry.js';
import { AreaGather, checkArea } from '../../gather.js';
import type { CanvasFrame, Goodbye, OutputContext, OutputDriver, Reachability } from '../../output-driver.js';
import { UdpLink } from '../../udp-link.js';
import type { DdpOptions } from './options.js';
import { HEADER_BYTES, nextSequence, PAYLOAD_BYTES, writeHeader, writeSequence } from './packet.js';
import { probeDdp } from './probe.js';

const SHAPE = { headerBytes: HEADER_BYTES, payloadBytes: PAYLOAD_BYTES };
/** The last frame goes out in slices of so many packets, a millisecond apart. */
const GOODBYE_SLICE = 64;

/**
 * Sends a part of the wall to one DDP display. All packets of a frame lie ready in one buffer, headers written once;
 * a frame only changes payloads and sequence numbers. Only the last packet carries push. Every frame is sent whole: that is the keep-alive.
 */
export class DdpDriver implements OutputDriver {
  readonly #options: DdpOptions;
  readonly #link: UdpLink;
  readonly #gather: AreaGather;
  readonly #packets: Buffer;
  readonly #datagrams: readonly Uint8Array[];
  #sequence = 0;
  #closing: Promise<void> | null = null;

  /** @throws GlasshallError `area-off-wall` */
  constructor(options: DdpOptions, context: OutputContext) {
    const { wall } = context;
    const area: Rectangle =
      options.area === undefined
        ? { x: 0, y: 0, widthPx: wall.widthPx, heightPx: wall.heightPx }
        : { x: options.area.x, y: options.area.y, widthPx: options.area.width, heightPx: options.area.height };
    checkArea(area, wall, options.id);
    this.#options = options;
    this.#gather = new AreaGather(wall, area, SHAPE);
    const count = this.#gather.packetCount;
    this.#packets = Buffer.alloc(count * HEADER_BYTES + this.#gather.areaBytes);
    this.#datagrams = Array.from({ length: count }, (_, index) => this.#layOut(index, count));
    this.#link = new UdpLink({ host: options.host, port: options.port, sendBufferBytes: this.#packets.length });
  }

  start(): Promise<void> {
    return this.#link.start();
  }

  prepare(frame: CanvasFrame): number {
    if (!this.#link.isOpen || this.#closing !== null) return 0;
    this.#gather.copy(frame.pixels, this.#packets);
    this.#number();
    return this.#datagrams.length;
  }

  send(from: number, to: number): void {
    if (this.#closing === null) this.#hand(from, to);
  }

  isBusy(): boolean {
    return this.#link.isBusy();
  }

  async probe(signal: AbortSignal): Promise<Reachability> {
    if (this.#closing !== null) return { state: 'unconfirmed', reason: 'closed' };
    const { host, port } = this.#options;
    const answer = await probeDdp(host, port, signal);
    const problem = this.#link.takeProblem();
    // What the display says itself counts most; where it is silent, what became of the frames does.
    if (answer.state === 'unconfirmed' && problem !== null) return { state: 'unreachable', reason: problem };
    return answer;
  }

  takeFailedParts(): number {
    return this.#link.takeFailed();
  }

  /** Shows the last frame, black if nothing else is said, then lets the socket go. */
  close(goodbye: Goodbye = 'black'): Promise<void> {
    this.#closing ??= this.#sayGoodbye(goodbye).finally(() => this.#link.close());
    return this.#closing;
  }

  #layOut(index: number, count: number): Uint8Array {
    const at = index * (HEADER_BYTES + PAYLOAD_BYTES);
    const length = this.#gather.payloadOf(index, SHAPE);
    const { destination, offset } = this.#options;
    writeHeader(this.#packets, at, {
      push: index === count - 1,
      sequence: 0,
      destination,
      offset: offset + index * PAYLOAD_BYTES,
      length,
    });
    return this.#packets.subarray(at, at + HEADER_BYTES + length);
  }

  #number(): void {
    if (!this.#options.sequence) return;
    for (const datagram of this.#datagrams) {
      this.#sequence = nextSequence(this.#sequence);
      writeSequence(datagram, 0, this.#sequence);
    }
  }

  #hand(from: number, to: number): void {
    for (let index = Math.max(0, from); index < to; index += 1) {
      const datagram = this.#datagrams[index];
      if (datagram === undefined) return;
      this.#link.send(datagram);
    }
  }

  async #sayGoodbye(goodbye: Goodbye): Promise<void> {
    if (!this.#link.isOpen || goodbye === 'silent') return;
    if (goodbye === 'black') for (const datagram of this.#datagrams) datagram.fill(0, HEADER_BYTES);
    else this.#gather.copy(goodbye.pixels, this.#packets);
    this.#number();
    for (let from = 0; from < this.#datagrams.length; from += GOODBYE_SLICE) {
      this.#hand(from, from + GOODBYE_SLICE);
      await sleep(1);
    }
  }
}

import { DatagramTable } from '../../datagram-table.js';
import type { CanvasFrame, DriverContext, Goodbye, OutputDriver, Reachability } from '../../output-driver.js';
import { PacketBuffer } from '../../packet-buffer.js';
import { sendDatagramsPaced } from '../../paced.js';
import { RefreshCap } from '../../refresh-cap.js';
import { SendTally } from '../../send-tally.js';
import { wireBytesOfUdp } from '../../wire-bytes.js';
import { LIMITED_BROADCAST } from './broadcast.js';
import { NodeAddress } from './node-address.js';
import type { ArtnetOptions } from './options.js';
import { HEADER_BYTES, nextSequence, PAYLOAD_BYTES, syncPacket, writeDmxHeader, writeSequence } from './packet.js';
import { acquirePort, type ArtNetPort, type Watch } from './port.js';
import { probeArtnet } from './probe.js';

/** The packets of a frame, and ArtSync where it is sent, with their way to the node. */
type Tables = { readonly address: string; readonly data: DatagramTable; readonly sync: DatagramTable };

/**
 * Sends pictures to one Art-Net node, 170 pixels a universe. All packets of a frame lie ready in one buffer, headers written
 * once; a frame only changes data and sequence numbers. With `sync`, ArtSync is the last part; the first one only makes the
 * node wait for the next. Every frame is sent whole: that is the keep-alive.
 */
export class ArtnetDriver implements OutputDriver {
  readonly #options: ArtnetOptions;
  readonly #address: NodeAddress;
  readonly #buffer: PacketBuffer;
  readonly #packets: readonly Buffer[];
  readonly #sync: Buffer | null;
  /** The packets of a frame, and ArtSync where it is sent. */
  readonly #parts: readonly Buffer[];
  readonly #cap: RefreshCap;
  readonly #tally = new SendTally();
  #port: ArtNetPort | null = null;
  #tables: Tables | null = null;
  #watch: (Watch & { readonly address: string }) | null = null;
  #sequence = 0;
  #closing: Promise<void> | null = null;

  constructor(options: ArtnetOptions, { size, framesPerSecond }: DriverContext) {
    this.#options = options;
    this.#address = new NodeAddress(options.host);
    const bytes = size.widthPx * size.heightPx * 3;
    // Data have an even length: an odd end gets a byte that no pixel fills.
    const pictureBytes = bytes + (bytes % 2);
    this.#buffer = new PacketBuffer({ pictureBytes, headerBytes: HEADER_BYTES, payloadBytes: PAYLOAD_BYTES });
    this.#packets = this.#buffer.packets;
    this.#packets.forEach((packet, index) => writeDmxHeader(packet, options.universe + index));
    this.#sync = options.sync === 'none' ? null : syncPacket();
    this.#parts = this.#sync === null ? this.#packets : [...this.#packets, this.#sync];
    this.#cap = new RefreshCap(framesPerSecond);
  }

  async start(): Promise<void> {
    if (this.#port !== null || this.#closing !== null) return;
    const port = acquirePort(this.#options.interface);
    this.#port = port;
    await port.start();
    this.#watchNode();
    // A name server may take its time: a start does not wait for one.
    void this.#address.refresh().then(() => this.#watchNode());
  }

  prepare(frame: CanvasFrame): number {
    if (this.#closing !== null || this.#port?.isOpen !== true || this.#address.current === null) return 0;
    if (!this.#cap.lets(frame.tick, this.#options.refreshRateHz ?? this.#watch?.node.refreshRateHz ?? null)) return 0;
    this.#buffer.fill(frame.pixels);
    this.#sequence = nextSequence(this.#sequence);
    return this.#parts.length;
  }

  send(from: number, to: number): void {
    if (this.#closing === null) this.#hand(from, to);
  }

  partBytes(part: number): number {
    return wireBytesOfUdp(this.#parts[part]?.length ?? 0);
  }

  isBusy(): boolean {
    return this.#port?.isBusy() === true;
  }

  async probe(signal: AbortSignal): Promise<Reachability> {
    if (this.#closing !== null) return { state: 'unconfirmed', reason: 'closed' };
    const port = acquirePort(this.#options.interface);
    try {
      await port.start();
      if (this.#watch?.node.isThere !== true) await this.#address.refresh();
      return await this.#probeThrough(port, signal);
    } finally {
      await port.release();
    }
  }

  takeFailedParts(): number {
    return this.#tally.takeFailed();
  }

  /** Shows the last frame, black if nothing else is said, then lets the socket go. */
  close(goodbye: Goodbye = 'black'): Promise<void> {
    this.#closing ??= this.#sayGoodbye(goodbye).finally(() => {
      this.#watch?.release();
      return this.#port?.release();
    });
    return this.#closing;
  }

  async #probeThrough(port: ArtNetPort, signal: AbortSignal): Promise<Reachability> {
    const address = this.#address.current;
    const problem = this.#tally.takeProblem() ?? this.#address.problem ?? (port.isOpen ? null : port.problem);
    if (address === null || problem !== null) {
      return problem === null
        ? { state: 'unconfirmed', reason: 'no-answer' }
        : { state: 'unreachable', reason: problem };
    }
    this.#watchNode();
    const watch = port.watch(address, this.#options.port);
    const target = { address, port: this.#options.port };
    return await probeArtnet(port, watch, target, signal).finally(() => watch.release());
  }

  /** Has the node at the current address asked regularly from now on. */
  #watchNode(): void {
    const address = this.#address.current;
    if (this.#port === null || this.#closing !== null || address === null || address === this.#watch?.address) return;
    this.#watch?.release();
    this.#watch = { ...this.#port.watch(address, this.#options.port), address };
  }

  #hand(from: number, to: number): void {
    const tables = this.#tablesOf(this.#address.current);
    if (tables === null) return;
    const count = this.#packets.length;
    for (let index = Math.max(0, from); index < Math.min(to, count); index += 1) {
      const packet = this.#packets[index];
      if (packet !== undefined) writeSequence(packet, this.#sequence);
    }
    this.#port?.sendRange(tables.data, from, to, this.#tally);
    if (from <= count && to > count) this.#port?.sendRange(tables.sync, 0, 1, this.#tally);
  }

  /** Made anew where the node's name leads to another address. */
  #tablesOf(address: string | null): Tables | null {
    if (address === null) return null;
    if (address === this.#tables?.address) return this.#tables;
    const { port, sync } = this.#options;
    const tableOf = (datagrams: readonly Buffer[], to: string): DatagramTable =>
      new DatagramTable(
        datagrams,
        datagrams.map(() => ({ address: to, port })),
      );
    this.#tables = {
      address,
      data: tableOf(this.#packets, address),
      sync: tableOf(this.#sync === null ? [] : [this.#sync], sync === 'broadcast' ? LIMITED_BROADCAST : address),
    };
    return this.#tables;
  }

  async #sayGoodbye(goodbye: Goodbye): Promise<void> {
    if (this.#port?.isOpen !== true || goodbye === 'silent') return;
    if (goodbye === 'black') for (const packet of this.#packets) packet.fill(0, HEADER_BYTES);
    else this.#buffer.fill(goodbye.pixels);
    this.#sequence = nextSequence(this.#sequence);
    await sendDatagramsPaced(this.#parts, this.#options.rateLimitMbit, (from, to) => this.#hand(from, to));
  }
}

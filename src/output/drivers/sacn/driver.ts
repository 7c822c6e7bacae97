import type { Logger } from '../../../core/logger.js';
import { DatagramTable } from '../../datagram-table.js';
import type { CanvasFrame, DriverContext, Goodbye, OutputDriver, Reachability } from '../../output-driver.js';
import { PacketBuffer } from '../../packet-buffer.js';
import { sendDatagramsPaced } from '../../paced.js';
import { RefreshCap } from '../../refresh-cap.js';
import { UdpLink } from '../../udp-link.js';
import { wireBytesOfUdp } from '../../wire-bytes.js';
import { Announcer } from './announcer.js';
import { MulticastLink, multicastTable, type SacnLink } from './multicast-link.js';
import type { SacnOptions } from './options.js';
import {
  forerunnerOf,
  HEADER_BYTES,
  PAYLOAD_BYTES,
  syncPacket,
  writeDataHeader,
  writeSequence,
  writeSyncSequence,
  writeTerminated,
  type Source,
} from './packet.js';
import { probeSacn, probeWay } from './probe.js';
import { sourceId } from './source-id.js';

/** So many packets say that a stream ends (E1.31-2018, 6.2.6). */
const TERMINATED_PACKETS = 3;
/** Small: a page of the list of universes is the largest packet. */
const ANNOUNCEMENT_BUFFER_BYTES = 65_536;

/**
 * Sends pictures to sACN receivers, 170 pixels a universe. All packets of a frame lie ready in one buffer, headers written once;
 * a frame only changes slots and sequence numbers. With a sync address, the synchronisation packet is the last part.
 * Every frame is sent whole: that is the keep-alive. The very first packet of a universe goes out twice, see `forerunnerOf`.
 */
export class SacnDriver implements OutputDriver {
  readonly #options: SacnOptions;
  readonly #log: Logger;
  readonly #link: SacnLink;
  /** Discovery is multicast, also where the data are not; null where one link serves both. */
  readonly #announcementLink: SacnLink | null;
  readonly #announcer: Announcer;
  readonly #buffer: PacketBuffer;
  readonly #packets: readonly Buffer[];
  readonly #sequences: Uint8Array;
  /** 1 where a universe has been sent. */
  readonly #begun: Uint8Array;
  readonly #sync: Buffer | null;
  readonly #table: DatagramTable;
  readonly #syncTable: DatagramTable;
  /** The packets of a frame, and the synchronisation packet where there is one. */
  readonly #parts: readonly Buffer[];
  readonly #cap: RefreshCap;
  #syncSequence = 0;
  #hasSyncBegun = false;
  #announcementProblem: string | null = null;
  #isStarted = false;
  #closing: Promise<void> | null = null;

  constructor(options: SacnOptions, { size, framesPerSecond, log }: DriverContext) {
    this.#options = options;
    this.#log = log;
    const { id, host, port, universe, priority, syncAddress = 0 } = options;
    const source: Source = {
      // Of two walls on one machine both may call an output the same.
      cid: sourceId(`${id} ${host ?? 'multicast'} ${port} ${universe}`),
      name: options.sourceName,
    };
    const pictureBytes = size.widthPx * size.heightPx * 3;
    this.#buffer = new PacketBuffer({ pictureBytes, headerBytes: HEADER_BYTES, payloadBytes: PAYLOAD_BYTES });
    this.#packets = this.#buffer.packets;
    this.#packets.forEach((packet, index) => {
      writeDataHeader(packet, { source, priority, syncAddress, universe: universe + index });
    });
    this.#sequences = new Uint8Array(this.#packets.length);
    this.#begun = new Uint8Array(this.#packets.length);
    this.#sync = syncAddress === 0 ? null : syncPacket(source, syncAddress);
    const syncs = this.#sync === null ? [] : [this.#sync];
    this.#parts = [...this.#packets, ...syncs];
    const tableOf = (packets: readonly Buffer[], first: number): DatagramTable =>
      host === undefined ? multicastTable(packets, first, port) : new DatagramTable(packets);
    this.#table = tableOf(this.#packets, universe);
    this.#syncTable = tableOf(syncs, syncAddress);
    this.#cap = new RefreshCap(framesPerSecond);
    const sendBufferBytes = this.#buffer.bytes.length;
    const multicast = { port, interface: options.interface, ttl: options.ttl };
    this.#link =
      host === undefined
        ? new MulticastLink({ ...multicast, sendBufferBytes })
        : new UdpLink({ host, port, sendBufferBytes, log });
    this.#announcementLink =
      host === undefined ? null : new MulticastLink({ ...multicast, sendBufferBytes: ANNOUNCEMENT_BUFFER_BYTES });
    this.#announcer = new Announcer({
      source,
      firstUniverse: universe,
      universeCount: this.#packets.length,
      link: this.#announcementLink ?? this.#link,
    });
  }

  async start(): Promise<void> {
    this.#isStarted = true;
    await Promise.all([this.#link.start(), this.#announcementLink?.start()]);
  }

  prepare(frame: CanvasFrame): number {
    if (!this.#link.isOpen || this.#closing !== null) return 0;
    if (!this.#cap.lets(frame.tick, this.#options.refreshRateHz)) return 0;
    this.#buffer.fill(frame.pixels);
    return this.#parts.length;
  }

  send(from: number, to: number): void {
    if (this.#closing !== null) return;
    this.#hand(from, to);
    this.#announcer.start();
  }

  partBytes(part: number): number {
    return wireBytesOfUdp(this.#parts[part]?.length ?? 0);
  }

  isBusy(): boolean {
    return this.#link.isBusy();
  }

  async probe(signal: AbortSignal): Promise<Reachability> {
    if (this.#closing !== null) return { state: 'unconfirmed', reason: 'closed' };
    this.#watchAnnouncements();
    const { host, port } = this.#options;
    if (!this.#isStarted && host !== undefined) return probeSacn(host, port, signal);
    const problem = this.#link.takeProblem();
    return problem === null ? probeWay(this.#options, signal) : { state: 'unreachable', reason: problem };
  }

  takeFailedParts(): number {
    return this.#link.takeFailed();
  }

  /** Shows the last frame, black if nothing else is said, ends the streams, then lets the sockets go. */
  close(goodbye: Goodbye = 'black'): Promise<void> {
    this.#closing ??= this.#close(goodbye);
    return this.#closing;
  }

  #hand(from: number, to: number): void {
    this.#handData(Math.max(0, from), Math.min(to, this.#packets.length));
    if (from <= this.#packets.length && to > this.#packets.length) this.#handSync();
  }

  #handData(from: number, to: number): void {
    let begin = from;
    for (let index = from; index < to; index += 1) {
      const packet = this.#packets[index];
      if (packet === undefined) return;
      if (this.#begun[index] === 0) {
        this.#begun[index] = 1;
        this.#link.sendRange(this.#table, begin, index);
        begin = index;
        this.#link.send(forerunnerOf(packet, writeSequence), this.#options.universe + index);
      }
      const sequence = this.#sequences[index] ?? 0;
      writeSequence(packet, sequence);
      this.#sequences[index] = sequence + 1;
    }
    this.#link.sendRange(this.#table, begin, to);
  }

  #handSync(): void {
    if (this.#sync === null) return;
    if (!this.#hasSyncBegun) {
      this.#hasSyncBegun = true;
      this.#link.send(forerunnerOf(this.#sync, writeSyncSequence), this.#options.syncAddress ?? 0);
    }
    writeSyncSequence(this.#sync, this.#syncSequence);
    this.#syncSequence = (this.#syncSequence + 1) & 0xff;
    this.#link.sendRange(this.#syncTable, 0, 1);
  }

  /** Where discovery finds no way, pictures may: that is worth a line, once, and nothing more. */
  #watchAnnouncements(): void {
    const problem = this.#announcementLink?.takeProblem() ?? null;
    if (problem !== null && problem !== this.#announcementProblem) {
      this.#log.warn({ reason: problem }, 'universe discovery cannot be sent');
    }
    this.#announcementProblem = problem;
  }

  async #close(goodbye: Goodbye): Promise<void> {
    await this.#announcer.close();
    await this.#sayGoodbye(goodbye);
    await Promise.all([this.#link.close(), this.#announcementLink?.close()]);
  }

  async #sayGoodbye(goodbye: Goodbye): Promise<void> {
    if (!this.#link.isOpen || goodbye === 'silent') return;
    if (goodbye === 'black') for (const packet of this.#packets) packet.fill(0, HEADER_BYTES);
    else this.#buffer.fill(goodbye.pixels);
    await this.#handPaced(this.#parts);
    for (const packet of this.#packets) writeTerminated(packet);
    for (let time = 0; time < TERMINATED_PACKETS; time += 1) await this.#handPaced(this.#packets);
  }

  #handPaced(parts: readonly Buffer[]): Promise<void> {
    return sendDatagramsPaced(parts, this.#options.rateLimitMbit, (from, to) => this.#hand(from, to));
  }
}

import { DatagramTable } from '../../datagram-table.js';
import type { CanvasFrame, DriverContext, Goodbye, OutputDriver, Reachability } from '../../output-driver.js';
import { sendDatagramsPaced } from '../../paced.js';
import { UdpLink } from '../../udp-link.js';
import { CopyPlan } from '../../view/copy-plan.js';
import { wireBytesOfUdp } from '../../wire-bytes.js';
import type { FlaschenTaschenOptions } from './options.js';
import { headerOf, tilesOf } from './packet.js';
import { probeFlaschenTaschen } from './probe.js';

/**
 * Sends pictures to a Flaschen-Taschen server, in tiles where one datagram cannot hold them. All datagrams lie ready, headers
 * written once; a frame only changes pixels. The protocol has no latch: tiles are shown as they come.
 */
export class FlaschenTaschenDriver implements OutputDriver {
  readonly #options: FlaschenTaschenOptions;
  readonly #link: UdpLink;
  readonly #plan = new CopyPlan();
  readonly #bytes: Buffer;
  readonly #datagrams: readonly Buffer[];
  readonly #table: DatagramTable;
  readonly #pictureBytes: number;
  #closing: Promise<void> | null = null;

  constructor(options: FlaschenTaschenOptions, { size, log }: DriverContext) {
    this.#options = options;
    const { host, port, x, y, layer, datagramBytes } = options;
    const tiles = tilesOf(size, datagramBytes);
    const headers = tiles.map((tile) => headerOf({ ...tile, x: x + tile.x, y: y + tile.y }, layer));
    this.#pictureBytes = size.widthPx * size.heightPx * 3;
    this.#bytes = Buffer.alloc(headers.reduce((sum, header) => sum + header.length, this.#pictureBytes));
    let at = 0;
    this.#datagrams = tiles.map((tile, index) => {
      const from = at;
      at += headers[index]?.copy(this.#bytes, at) ?? 0;
      for (let row = 0; row < tile.heightPx; row += 1, at += tile.widthPx * 3) {
        this.#plan.add(((tile.y + row) * size.widthPx + tile.x) * 3, at, tile.widthPx * 3);
      }
      return this.#bytes.subarray(from, at);
    });
    this.#table = new DatagramTable(this.#datagrams);
    this.#link = new UdpLink({ host, port, sendBufferBytes: this.#bytes.length, log });
  }

  start(): Promise<void> {
    return this.#link.start();
  }

  prepare(frame: CanvasFrame): number {
    if (!this.#link.isOpen || this.#closing !== null) return 0;
    this.#plan.copy(frame.pixels, this.#bytes);
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
    return probeFlaschenTaschen(this.#options.host, this.#options.port, signal);
  }

  takeFailedParts(): number {
    return this.#link.takeFailed();
  }

  /** Shows the last frame, black if nothing else is said (transparent above layer 0), then lets the socket go. */
  close(goodbye: Goodbye = 'black'): Promise<void> {
    this.#closing ??= this.#sayGoodbye(goodbye).finally(() => this.#link.close());
    return this.#closing;
  }

  async #sayGoodbye(goodbye: Goodbye): Promise<void> {
    if (!this.#link.isOpen || goodbye === 'silent') return;
    this.#plan.copy(goodbye === 'black' ? new Uint8Array(this.#pictureBytes) : goodbye.pixels, this.#bytes);
    await sendDatagramsPaced(this.#datagrams, this.#options.rateLimitMbit, (from, to) => {
      this.#link.sendRange(this.#table, from, to);
    });
  }
}

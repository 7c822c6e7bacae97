import { setTimeout as sleep } from 'node:timers/promises';
import type { CanvasFrame, DriverContext, Goodbye, OutputDriver, Reachability } from '../../output-driver.js';
import { UdpLink } from '../../udp-link.js';
import { CopyPlan } from '../../view/copy-plan.js';
import type { FlaschenTaschenOptions } from './options.js';
import { headerOf, tilesOf } from './packet.js';
import { probeFlaschenTaschen } from './probe.js';

/** The last frame goes out in slices of so many datagrams, a millisecond apart. */
const GOODBYE_SLICE = 4;

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
  readonly #pictureBytes: number;
  #closing: Promise<void> | null = null;

  constructor(options: FlaschenTaschenOptions, { size }: DriverContext) {
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
    this.#link = new UdpLink({ host, port, sendBufferBytes: this.#bytes.length });
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
    if (this.#closing === null) this.#hand(from, to);
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

  #hand(from: number, to: number): void {
    for (let index = Math.max(0, from); index < to; index += 1) {
      const datagram = this.#datagrams[index];
      if (datagram === undefined) return;
      this.#link.send(datagram);
    }
  }

  async #sayGoodbye(goodbye: Goodbye): Promise<void> {
    if (!this.#link.isOpen || goodbye === 'silent') return;
    this.#plan.copy(goodbye === 'black' ? new Uint8Array(this.#pictureBytes) : goodbye.pixels, this.#bytes);
    for (let from = 0; from < this.#datagrams.length; from += GOODBYE_SLICE) {
      this.#hand(from, from + GOODBYE_SLICE);
      await sleep(1);
    }
  }
}

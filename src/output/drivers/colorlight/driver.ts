import type { Logger } from '../../../core/logger.js';
import type { CanvasFrame, DriverContext, Goodbye, OutputDriver, Reachability } from '../../output-driver.js';
import { FrameBuffer } from './frame-buffer.js';
import type { ColorlightOptions } from './options.js';
import type { CardReply } from './packet.js';
import { askCard, isNewFirmware, queryRecord } from './probe.js';
import { RawEthernetLink } from './raw-ethernet/raw-ethernet-link.js';

/**
 * Sends pictures to a chain of Colorlight cards. All packets of a frame lie ready in one buffer, headers written once; a frame
 * only changes pixels. A process of its own hands them to the network interface and keeps the pause before the display packet.
 */
export class ColorlightDriver implements OutputDriver {
  readonly #options: ColorlightOptions;
  readonly #log: Logger;
  readonly #link: RawEthernetLink;
  readonly #buffer: FrameBuffer;
  readonly #query = queryRecord();
  #parts: readonly Buffer[];
  #isNew: boolean;
  #isStarted = false;
  #opening = 0;
  #isMidFrame = false;
  #isToAsk = false;
  #closing: Promise<void> | null = null;

  constructor(options: ColorlightOptions, { size, log }: DriverContext) {
    this.#options = options;
    this.#log = log;
    this.#link = new RawEthernetLink(options.interface, log);
    this.#buffer = new FrameBuffer({ size, ...options });
    // What FPP does, too, until a card says otherwise.
    this.#isNew = options.firmware === 'new';
    this.#parts = this.#buffer.parts(this.#isNew);
  }

  start(): Promise<void> {
    if (this.#closing === null) {
      this.#isStarted = true;
      this.#link.start();
    }
    return Promise.resolve();
  }

  prepare(frame: CanvasFrame): number {
    if (!this.#isStarted || this.#closing !== null) return 0;
    this.#parts = this.#buffer.parts(this.#isNew);
    this.#opening = this.#link.opening;
    if (this.#link.isOpen) this.#buffer.fill(frame.pixels);
    return this.#parts.length;
  }

  send(from: number, to: number): void {
    if (this.#isStarted && this.#closing === null) this.#hand(Math.max(0, from), Math.min(to, this.#parts.length));
  }

  isBusy(): boolean {
    return this.#link.isBusy();
  }

  async probe(signal: AbortSignal): Promise<Reachability> {
    if (this.#closing !== null) return { state: 'unconfirmed', reason: 'closed' };
    if (this.#isStarted) return this.#probe(this.#link, () => this.#ask(), signal);
    const link = new RawEthernetLink(this.#options.interface, this.#log);
    link.start();
    return this.#probe(link, () => link.write(this.#query, 1), signal).finally(() => link.close());
  }

  takeFailedParts(): number {
    return this.#link.takeFailed();
  }

  /** Shows the last frame, black if nothing else is said, then lets the process end. */
  close(goodbye: Goodbye = 'black'): Promise<void> {
    if (this.#closing === null) {
      this.#sayGoodbye(goodbye);
      this.#closing = this.#link.close();
    }
    return this.#closing;
  }

  async #probe(link: RawEthernetLink, ask: () => void, signal: AbortSignal): Promise<Reachability> {
    const card = await askCard(link, ask, signal);
    if (card !== null) this.#learn(card);
    // A card that answers does not yet show anything: what keeps frames from leaving counts more.
    if (link.reason !== null) return { state: 'unreachable', reason: link.reason };
    if (card !== null) return { state: 'reachable', reason: null };
    return { state: 'unconfirmed', reason: 'no-answer' };
  }

  #learn(card: CardReply): void {
    const isNew = isNewFirmware(card);
    if (this.#options.firmware !== 'auto' || isNew === this.#isNew) return;
    this.#isNew = isNew;
    this.#log.info({ ...card }, isNew ? 'cards of new firmware: display is sent twice' : 'cards of old firmware');
  }

  /** Asks between two frames: no card is asked while it takes in rows. */
  #ask(): void {
    if (this.#isMidFrame) this.#isToAsk = true;
    else this.#link.write(this.#query, 1);
  }

  #hand(from: number, to: number): void {
    const records = this.#buffer.range(this.#parts, from, to);
    if (records === null || from >= to) return;
    // The beginning of this frame went nowhere: its end is worth nothing.
    if (this.#opening !== this.#link.opening) this.#link.giveUp(to - from);
    else this.#link.write(records, to - from);
    this.#isMidFrame = to < this.#parts.length;
    if (this.#isMidFrame || !this.#isToAsk) return;
    this.#isToAsk = false;
    this.#link.write(this.#query, 1);
  }

  #sayGoodbye(goodbye: Goodbye): void {
    if (!this.#link.isOpen || goodbye === 'silent') return;
    if (goodbye === 'black') this.#buffer.clear();
    else this.#buffer.fill(goodbye.pixels);
    this.#opening = this.#link.opening;
    this.#hand(0, this.#parts.length);
  }
}

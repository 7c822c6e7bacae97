import { EventEmitter } from 'node:events';
import type { Closable } from '../core/closing.js';
import { monotonicMs } from '../core/clock.js';
import { FrameSlot } from '../core/frame-slot.js';
import type { Fit, Size } from '../core/geometry.js';
import type { Logger } from '../core/logger.js';
import type { Redactor } from '../core/secrets.js';
import type { Camera } from './camera.js';
import { Decoder } from './decode/decoder.js';
import { SlotWriter } from './decode/slot-writer.js';
import { ChangeDetector } from './health/change-detector.js';
import { PictureHealth, type PictureState } from './health/picture-health.js';
import type { Ingest } from './ingest/ingest.js';
import type { KnownStream } from './stream-choice.js';

/** How often time passing is looked at: what does not come has no event of its own. */
const LOOK_EVERY_MS = 100;

/** What can be said of a picture now. */
export type PictureReport = {
  readonly state: PictureState;
  /** Whether its slate is shown, however new its frames are. */
  readonly showsSlate: boolean;
  /** Whether data arrives and nothing can be shown of it, because no key picture has come to begin decoding with. */
  readonly awaitsKeyPicture: boolean;
  /** Monotonic milliseconds of the newest frame while it was live, null before the first. */
  readonly lastLiveAtMs: number | null;
};

type Source = {
  readonly stream: KnownStream;
  readonly ingest: Ingest;
  readonly decoder: Decoder;
  readonly release: () => void;
};

export type PictureParts = Size & {
  readonly camera: Camera;
  readonly fit: Fit;
  /** Pictures need not follow each other sooner than this; 0: all are wanted. */
  readonly leastIntervalMs: number;
  /** Of this size, to go on in; null: a new one. */
  readonly slot: FrameSlot | null;
  /** Null: a picture may stand still for ever. */
  readonly frozenAfterMs: number | null;
  readonly log: Logger;
  readonly redactor: Redactor;
};

/**
 * One camera's picture at one size, decoded while it exists. When the cell is larger than the warm stream, a larger one is
 * connected; the warm one, enlarged, stands in until that delivers, and again whenever it fails. Both write into the same
 * slot and change over between two pictures.
 */
export class Picture extends EventEmitter<{ health: [] }> implements Closable {
  readonly slot: FrameSlot;
  readonly #parts: PictureParts;
  readonly #writer: SlotWriter;
  readonly #closing = new Set<Promise<void>>();
  readonly #ready: Promise<void>;
  readonly #health = new PictureHealth();
  readonly #changes: ChangeDetector;
  readonly #looking: NodeJS.Timeout;
  #told = '';
  #resolveReady: () => void = () => undefined;
  #wanted: Source | null = null;
  #wantedDelivers = false;
  #standIn: Decoder | null = null;
  #closed = false;
  readonly #onChange = (): void => this.#arrange();

  constructor(parts: PictureParts) {
    super();
    this.#parts = parts;
    this.#changes = new ChangeDetector(parts.frozenAfterMs);
    this.slot = parts.slot ?? FrameSlot.create({ widthPx: parts.widthPx, heightPx: parts.heightPx });
    this.#writer = new SlotWriter(this.slot);
    this.#ready = new Promise((resolve) => (this.#resolveReady = resolve));
    parts.camera.on('change', this.#onChange);
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#arrange();
  }

  /** Resolves at the first picture. */
  ready(): Promise<void> {
    return this.#ready;
  }

  isLive(): boolean {
    return this.#health.look(monotonicMs()) === 'live';
  }

  report(): PictureReport {
    const state = this.#health.look(monotonicMs());
    return {
      state,
      showsSlate: this.#health.showsSlate,
      awaitsKeyPicture: state !== 'live' && (this.#wanted?.decoder.awaitsKeyPicture ?? false),
      lastLiveAtMs: this.#health.lastLiveMs,
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#looking);
    this.#parts.camera.off('change', this.#onChange);
    this.#dropWanted();
    this.#dropStandIn();
    await Promise.all(this.#closing);
    this.removeAllListeners();
  }

  /** Makes what decodes agree with what the camera has. */
  #arrange(): void {
    if (this.#closed) return;
    const { camera, fit } = this.#parts;
    const chosen = camera.choose(this.slot.handle, fit);
    if (chosen === null) return;
    if (this.#wanted === null || this.#wanted.stream.key !== chosen.key) this.#want(chosen);
    const wanted = this.#wanted;
    if (wanted === null) return;
    const isLive = wanted.ingest.status.state === 'live';
    if (!isLive) this.#wantedDelivers = false;
    const isSoon = isLive && wanted.ingest.hasFastStart;
    if (wanted.ingest !== camera.warm && !this.#wantedDelivers && !isSoon)
      this.#standIn ??= this.#decode(camera.warm, 0);
    else if (wanted.ingest === camera.warm || this.#wantedDelivers) this.#dropStandIn();
  }

  #want(stream: KnownStream): void {
    const { camera } = this.#parts;
    const before = this.#wanted;
    const { ingest, release } = camera.hold(stream);
    this.#wantedDelivers = false;
    // What decoded so far goes on as the stand-in when it can.
    if (before !== null && before.ingest === camera.warm && this.#standIn === null) this.#standIn = before.decoder;
    else if (before !== null) this.#close(before.decoder);
    before?.release();
    const decoder = this.#decode(ingest, 1);
    this.#wanted = { stream, ingest, decoder, release };
  }

  #decode(ingest: Ingest, rank: number): Decoder {
    const { fit, leastIntervalMs, log, redactor } = this.#parts;
    const decoder = new Decoder({ ingest, writer: this.#writer, rank, fit, leastIntervalMs, log, redactor });
    decoder.on('picture', () => this.#onPicture(decoder));
    return decoder;
  }

  #look(): void {
    const { state, showsSlate, awaitsKeyPicture } = this.report();
    this.slot.suspended = showsSlate;
    const now = `${state} ${showsSlate} ${awaitsKeyPicture}`;
    if (now === this.#told) return;
    this.#told = now;
    this.emit('health');
  }

  #onPicture(decoder: Decoder): void {
    const nowMs = monotonicMs();
    this.#health.picture(nowMs, this.#changes.isFrozen(this.slot, nowMs));
    this.#look();
    this.#resolveReady();
    if (this.#wantedDelivers || decoder !== this.#wanted?.decoder) return;
    this.#wantedDelivers = true;
    this.#dropStandIn();
  }

  #dropWanted(): void {
    if (this.#wanted === null) return;
    this.#close(this.#wanted.decoder);
    this.#wanted.release();
    this.#wanted = null;
  }

  #dropStandIn(): void {
    if (this.#standIn !== null) this.#close(this.#standIn);
    this.#standIn = null;
  }

  #close(decoder: Decoder): void {
    const closing = decoder.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

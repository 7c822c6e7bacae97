import { EventEmitter } from 'node:events';
import type { Closable } from '../core/closing.js';
import type { Fit, Size } from '../core/geometry.js';
import type { Logger } from '../core/logger.js';
import type { Redactor } from '../core/secrets.js';
import { Ingest, type IngestStatus } from './ingest/ingest.js';
import type { CameraOptions } from './options.js';
import { Mover, type PtzStatus } from './ptz/mover.js';
import { chooseStream, type KnownStream } from './stream-choice.js';
import type { StreamDirectory } from './stream-directory.js';

/** A stream that nobody needs any more stays connected for so long: layouts come back. */
const LINGER_MS = 5_000;

/** A camera as the rest of the house sees it. */
export type CameraStatus = {
  readonly camera: string;
  readonly state: IngestStatus['state'];
  /** A stable code, null while nothing is wrong. */
  readonly reason: string | null;
  /** How many tries in a row have failed. */
  readonly attempt: number;
  /** Epoch milliseconds of the next try, null when none is planned. */
  readonly nextTryAtMs: number | null;
  /** Monotonic milliseconds of the newest picture received, null before the first. */
  readonly lastFragmentAtMs: number | null;
  /** The largest stream that is connected, null while there is none. */
  readonly stream: (Size & { readonly name: string; readonly codec: string }) | null;
  /** Null where it cannot be turned, or has not said so yet. */
  readonly ptz: PtzStatus | null;
};

/** One of a camera's streams that is connected. */
export type ConnectedStream = { readonly ingest: Ingest; readonly name: string };

type OnDemand = { readonly ingest: Ingest; users: number; linger: NodeJS.Timeout | null };

export type CameraParts = {
  readonly options: CameraOptions;
  readonly directory: StreamDirectory;
  readonly log: Logger;
  readonly redactor: Redactor;
};

/**
 * One camera: its smallest stream, always connected, and its larger ones, connected while a picture needs them.
 * `change` follows every change of a stream's state or of the list of streams.
 */
export class Camera extends EventEmitter<{ change: [] }> implements Closable {
  readonly id: string;
  /** Turns it. */
  readonly mover: Mover;
  readonly #parts: CameraParts;
  readonly #warm: Ingest;
  readonly #onDemand = new Map<string, OnDemand>();
  readonly #closing = new Set<Promise<void>>();
  readonly #seenSizes = new Map<string, Size>();
  #closed = false;

  constructor(parts: CameraParts) {
    super();
    this.setMaxListeners(0);
    this.id = parts.options.id;
    this.#parts = parts;
    this.mover = new Mover(() => parts.directory.ptz(), parts.log);
    this.mover.on('change', () => this.emit('change'));
    this.#warm = this.#connect(null, false);
  }

  /** Whether it was made of just these options. */
  has(options: CameraOptions): boolean {
    return JSON.stringify(options) === JSON.stringify(this.#parts.options);
  }

  /** The stream for a cell, null while the camera has not told its streams. */
  choose(cell: Size, fit: Fit): KnownStream | null {
    return chooseStream(this.#streams(), cell, fit);
  }

  /** A picture that stands still for so long is frozen; null: it may. */
  get frozenAfterMs(): number | null {
    const { frozenAfter } = this.#parts.options;
    return frozenAfter === 'off' ? null : frozenAfter;
  }

  /** The ingest that is always connected. */
  get warm(): Ingest {
    return this.#warm;
  }

  /** Connects a stream (or keeps it connected) until `release`. */
  hold(stream: KnownStream): { readonly ingest: Ingest; readonly release: () => void } {
    if (stream.key === this.#streams()[0]?.key) return { ingest: this.#warm, release: () => undefined };
    const held = this.#onDemand.get(stream.key) ?? this.#open(stream.key);
    held.users += 1;
    if (held.linger !== null) clearTimeout(held.linger);
    held.linger = null;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      held.users -= 1;
      if (held.users === 0 && !this.#closed) held.linger = setTimeout(() => this.#drop(stream.key, held), LINGER_MS);
    };
    return { ingest: held.ingest, release };
  }

  /** The largest stream that is connected and live; the warm one while none is. Connects nothing. */
  get best(): ConnectedStream {
    const connected = this.#connected();
    const live = connected.findLast(({ ingest }) => ingest.status.state === 'live');
    return live ?? connected[0] ?? { ingest: this.#warm, name: '' };
  }

  status(): CameraStatus {
    const shown = this.best;
    const { state, reason, attempt, nextTryAtMs, information } = shown.ingest.status;
    const newest = Math.max(...this.#connected().map(({ ingest }) => ingest.lastFragmentAtMs ?? -1));
    const stream = information && {
      name: shown.name,
      widthPx: information.widthPx,
      heightPx: information.heightPx,
      codec: information.codec,
    };
    return {
      camera: this.id,
      state,
      reason,
      attempt,
      nextTryAtMs,
      lastFragmentAtMs: newest < 0 ? null : newest,
      stream,
      ptz: this.mover.status,
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const [key, held] of this.#onDemand) this.#drop(key, held);
    await Promise.all([this.mover.close(), this.#warm.close(), ...this.#closing]);
    this.removeAllListeners();
  }

  /** Smallest first; the warm one is always there. */
  #connected(): ConnectedStream[] {
    const streams = this.#streams();
    const connected = [{ ingest: this.#warm, name: streams[0]?.name ?? '' }];
    for (const { key, name } of streams) {
      const held = this.#onDemand.get(key);
      if (held !== undefined) connected.push({ ingest: held.ingest, name });
    }
    return connected;
  }

  /** As the camera tells them, with the sizes that were really seen. */
  #streams(): readonly KnownStream[] {
    return this.#parts.directory
      .streams()
      .map((stream) => ({ ...stream, size: this.#seenSizes.get(stream.key) ?? stream.size }));
  }

  #open(key: string): OnDemand {
    const held: OnDemand = { ingest: this.#connect(key, true), users: 0, linger: null };
    this.#onDemand.set(key, held);
    return held;
  }

  #drop(key: string, held: OnDemand): void {
    if (held.linger !== null) clearTimeout(held.linger);
    this.#onDemand.delete(key);
    const closing = held.ingest.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #connect(key: string | null, urgent: boolean): Ingest {
    const { options, directory, log, redactor } = this.#parts;
    const ingest = new Ingest({
      address: (attempt, signal) => directory.address(key, attempt, signal),
      door: () => directory.door(),
      askForKeyPicture: (signal) => directory.requestKeyPicture(key, signal),
      transport: options.transport,
      urgent,
      log: log.child({ stream: key ?? 'warm' }),
      redactor,
    });
    ingest.on('status', ({ information }) => {
      const seenKey = key ?? directory.streams()[0]?.key;
      if (information !== null && seenKey !== undefined) {
        this.#seenSizes.set(seenKey, { widthPx: information.widthPx, heightPx: information.heightPx });
      }
      this.emit('change');
    });
    return ingest;
  }
}

/**
 * Ingest holds one stream of one camera: connects, copies it unchanged into fragments, keeps the pictures since the last
 * key picture, hands every fragment to whoever subscribed, and tries again for ever when the camera is not there.
 * It decodes nothing, so that a hidden camera costs next to nothing.
 */
import { EventEmitter } from 'node:events';
import { monotonicMs } from '../../core/clock.js';
import type { Closable } from '../../core/closing.js';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { Redactor } from '../../core/secrets.js';
import { Connection } from './connection.js';
import { Door, doorOf, type DoorAddress } from './door.js';
import { Pace } from './pace.js';
import type { Fragment } from './fragment.js';
import type { InitialisationSegment } from './fragment-reader.js';
import type { Probing } from './ingest-arguments.js';
import type { AskForKeyPicture } from './key-picture-request.js';
import { KeptPictures } from './kept-pictures.js';
import { KeyWatch } from './key-watch.js';
import { pause } from './pause.js';
import { RetryPlan } from './retry.js';
import type { StreamInformation } from './stream-information.js';

/** A connection that began while the camera was away gets so long for a first picture once it is back. */
const BACK_MS = 1_000;

export type IngestStatus = {
  readonly state: 'connecting' | 'live' | 'stale' | 'retrying' | 'off';
  /** A stable code, null while nothing is wrong. */
  readonly reason: string | null;
  /** How many tries in a row have failed. */
  readonly attempt: number;
  /** Epoch milliseconds of the next try, null when none is planned. */
  readonly nextTryAtMs: number | null;
  readonly information: StreamInformation | null;
};

/** Receives one stream. Must not block; what it cannot take in time it drops itself. */
export type FragmentSubscriber = {
  /** A connection begins: decode from here. `kept` begins with a key picture, or is empty. */
  begin(segment: InitialisationSegment, kept: readonly Fragment[]): void;
  fragment(fragment: Fragment): void;
  /** The connection is gone; nothing comes until the next `begin`. */
  end(): void;
};

export type IngestOptions = {
  /**
   * The stream's address, with percent-encoded credentials, asked for anew before every try.
   * @throws GlasshallError whose code becomes the reason
   */
  readonly address: (attempt: number, signal: AbortSignal) => Promise<string>;
  /** Where to look whether the camera is back when it could not even be asked for its address. */
  readonly door: () => DoorAddress | null;
  readonly askForKeyPicture: AskForKeyPicture;
  readonly transport: 'tcp' | 'udp';
  /** Whether somebody waits for its picture. */
  readonly urgent: boolean;
  readonly log: Logger;
  readonly redactor: Redactor;
};

export class Ingest extends EventEmitter<{ status: [IngestStatus] }> implements Closable {
  readonly #options: IngestOptions;
  readonly #kept = new KeptPictures();
  readonly #keys = new KeyWatch();
  readonly #subscribers = new Set<FragmentSubscriber>();
  readonly #abort = new AbortController();
  readonly #staleTimer: NodeJS.Timeout;
  readonly #running: Promise<void>;
  #status: IngestStatus = { state: 'connecting', reason: null, attempt: 0, nextTryAtMs: null, information: null };
  #segment: InitialisationSegment | null = null;
  #lastFragmentAtMs: number | null = null;
  #liveSinceMs: number | null = null;
  readonly #retry = new RetryPlan();
  #probing: Probing = 'described';
  readonly #pace = new Pace();
  /** Watched from the first failure until pictures come again. */
  #door: Door | null = null;
  #doorOf = '';
  #connection: Connection | null = null;
  /** Ends the wait for the next try. */
  #hurry: () => void = () => undefined;
  #back: NodeJS.Timeout | null = null;
  #isBack = false;

  constructor(options: IngestOptions) {
    super();
    this.#options = options;
    this.#staleTimer = setInterval(() => this.#watchAge(), 250);
    this.#running = this.#run();
  }

  get status(): IngestStatus {
    return this.#status;
  }

  /** Monotonic milliseconds of the newest picture, null before the first. */
  get lastFragmentAtMs(): number | null {
    return this.#lastFragmentAtMs;
  }

  /** Whether a decoder that starts now has something to begin with. */
  get hasFastStart(): boolean {
    return this.#segment !== null && this.#kept.fragments.length > 0;
  }

  /** The pictures since the last key picture; empty when there is none. */
  get keptFragments(): readonly Fragment[] {
    return this.#kept.fragments;
  }

  /** Whether no key picture is to be expected: decoding has to begin anywhere. */
  get isKeyless(): boolean {
    return this.#keys.isKeyless;
  }

  /** The initialisation segment of the connection that is open, null while there is none. */
  get segment(): InitialisationSegment | null {
    return this.#segment;
  }

  /** From now on the subscriber gets everything, beginning with what is kept. The result ends it. */
  subscribe(subscriber: FragmentSubscriber): () => void {
    this.#subscribers.add(subscriber);
    // What is kept of a stream that has fallen silent would pass for live: then only what comes next is given.
    if (this.#segment !== null) subscriber.begin(this.#segment, this.#isSilent ? [] : [...this.#kept.fragments]);
    return () => {
      this.#subscribers.delete(subscriber);
    };
  }

  /** Asked for each time: it may have changed while something was waited for. */
  get #isClosing(): boolean {
    return this.#abort.signal.aborted;
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      const beganAtMs = monotonicMs();
      const reason = await this.#tryOnce(signal);
      this.#endConnection();
      if (!isOver()) await this.#waitAfter(reason, beganAtMs, signal);
    }
    clearInterval(this.#staleTimer);
    await this.#leaveDoor();
    this.#subscribers.clear();
    this.#set({ state: 'off', reason: null, attempt: 0, nextTryAtMs: null, information: null });
  }

  /** What follows a connection that ended. */
  async #waitAfter(reason: string, beganAtMs: number, signal: AbortSignal): Promise<void> {
    const nowMs = monotonicMs();
    const livedMs = this.#liveSinceMs === null ? null : nowMs - this.#liveSinceMs;
    this.#liveSinceMs = null;
    const waitMs = this.#retry.after({
      lastedMs: nowMs - beganAtMs,
      livedMs,
      wasUnauthorised: reason === 'unauthorised',
    });
    const attempt = this.#retry.failures;
    if (reason !== this.#status.reason) this.#options.log.warn({ reason, attempt }, 'no stream from the camera');
    this.#set({ state: 'retrying', reason, attempt, nextTryAtMs: Date.now() + waitMs, information: null });
    const hurried = new AbortController();
    this.#hurry = () => hurried.abort();
    if (!this.#isBack) await pause(waitMs, [signal, hurried.signal]);
    this.#isBack = false;
    this.#hurry = () => undefined;
    if (!signal.aborted) this.#set({ ...this.#status, nextTryAtMs: null });
  }

  /** One connection, from address to end. Returns why it ended, a stable code. */
  async #tryOnce(signal: AbortSignal): Promise<string> {
    let url: string;
    try {
      url = await this.#options.address(this.#retry.failures, signal);
    } catch (error) {
      this.#watchDoor(this.#options.door());
      if (error instanceof GlasshallError) return error.code;
      this.#options.log.error({ error: messageOf(error) }, 'the camera cannot be asked for its streams');
      return 'unreadable';
    }
    if (signal.aborted) return 'ended';
    const connection = new Connection({
      url,
      transport: this.#options.transport,
      probing: this.#probing,
      urgent: this.#options.urgent,
      askForKeyPicture: this.#options.askForKeyPicture,
      log: this.#options.log,
      redactor: this.#options.redactor,
      onInitialisation: (segment) => this.#begin(segment),
      onFragment: (fragment) => this.#take(fragment),
    });
    const stop = (): void => void connection.close();
    signal.addEventListener('abort', stop, { once: true });
    this.#connection = connection;
    const { failure, moreProbing } = await connection.ended;
    this.#connection = null;
    if (!this.#isClosing) this.#watchDoor(doorOf(url));
    signal.removeEventListener('abort', stop);
    if (moreProbing) this.#probing = 'read';
    return failure;
  }

  #begin(segment: InitialisationSegment): void {
    if (this.#segment !== null) this.#endConnection();
    this.#segment = segment;
    this.#keys.begin();
    if (this.#status.state === 'live') this.#goLive();
    for (const subscriber of this.#subscribers) subscriber.begin(segment, []);
  }

  #take(fragment: Fragment): void {
    this.#pace.observe(fragment.arrivedAtMs);
    this.#lastFragmentAtMs = fragment.arrivedAtMs;
    if (this.#door !== null) void this.#leaveDoor();
    this.#kept.push(fragment);
    this.#keys.observe(fragment);
    if (this.#status.state !== 'live') this.#goLive();
    for (const subscriber of this.#subscribers) subscriber.fragment(fragment);
  }

  #goLive(): void {
    this.#liveSinceMs ??= monotonicMs();
    const information = this.#segment?.information ?? null;
    if (this.#status.state !== 'stale') {
      this.#options.log.info(
        { codec: information?.codec, widthPx: information?.widthPx, heightPx: information?.heightPx },
        'stream is live',
      );
    }
    this.#set({ state: 'live', reason: null, attempt: 0, nextTryAtMs: null, information });
  }

  #endConnection(): void {
    this.#kept.clear();
    if (this.#segment === null) return;
    this.#segment = null;
    for (const subscriber of this.#subscribers) subscriber.end();
  }

  /** Something failed: from now on somebody looks whether the camera answers again. */
  #watchDoor(address: DoorAddress | null): void {
    const name = JSON.stringify(address);
    if (address === null || (this.#door !== null && this.#doorOf === name)) return;
    void this.#leaveDoor();
    this.#doorOf = name;
    this.#door = new Door(address, () => this.#cameBack());
  }

  /** The camera answers after it had not: the next try is now, also where one hangs that began before. */
  #cameBack(): void {
    this.#options.log.debug({}, 'the camera answers again');
    this.#hurry();
    const connection = this.#connection;
    if (connection === null || this.#back !== null) return;
    this.#back = setTimeout(() => {
      this.#back = null;
      if (this.#connection !== connection || this.#status.state === 'live') return;
      this.#isBack = true;
      void connection.close();
    }, BACK_MS);
  }

  async #leaveDoor(): Promise<void> {
    const door = this.#door;
    this.#door = null;
    if (this.#back !== null) clearTimeout(this.#back);
    this.#back = null;
    await door?.close();
  }

  get #isSilent(): boolean {
    return this.#lastFragmentAtMs !== null && monotonicMs() - this.#lastFragmentAtMs > this.#pace.staleAfterMs;
  }

  #watchAge(): void {
    if (this.#status.state === 'live' && this.#isSilent) {
      this.#set({ ...this.#status, state: 'stale', reason: 'timeout' });
    }
  }

  #set(status: IngestStatus): void {
    this.#status = status;
    this.emit('status', status);
  }
}

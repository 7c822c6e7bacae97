import type { Closable } from '../../core/closing.js';
import { monotonicMs } from '../../core/clock.js';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { Redactor } from '../../core/secrets.js';
import { FfmpegChild } from '../../ffmpeg/child.js';
import { failureOf, mayNeedMoreProbing, type StreamFailure } from './failure-reason.js';
import type { Fragment } from './fragment.js';
import { type AskForKeyPicture, KeyPictureRequest } from './key-picture-request.js';
import { FragmentReader, type InitialisationSegment } from './fragment-reader.js';
import { ParameterWatch } from './parameter-sets.js';
import { Pace } from './pace.js';
import { ingestArguments, ingestScript, type Probing } from './ingest-arguments.js';

/** Without a first picture by then, the camera is tried again. */
const CONNECT_MS = 10_000;
/** Without a picture for so long, a stream is dead, whatever its connection says. */
const SILENCE_MS = 4_000;
/** … or for so many of its intervals, where its pace is slow. */
const SILENT_INTERVALS = 6;
const WATCH_EVERY_MS = 500;

export type IngestSessionOptions = {
  /** With percent-encoded credentials. */
  readonly url: string;
  readonly transport: 'tcp' | 'udp';
  readonly probing: Probing;
  readonly urgent: boolean;
  readonly askForKeyPicture: AskForKeyPicture;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly onInitialisation: (segment: InitialisationSegment) => void;
  readonly onFragment: (fragment: Fragment) => void;
  /** The camera sends another resolution or profile from here on; the session goes on. */
  readonly onChange: () => void;
};

/** How a session ended, and whether the next one should read more before it decides. */
export type SessionEnd = { readonly failure: StreamFailure; readonly moreProbing: boolean };

/**
 * One connection to one stream, from start to whatever ends it. The watchdog counts pictures: ffmpeg's own time limit
 * acts late, and not at all while the camera keeps its connection busy without pictures.
 */
export class IngestSession implements Closable {
  /** Resolves when nothing of the session is left. */
  readonly ended: Promise<SessionEnd>;
  readonly #options: IngestSessionOptions;
  readonly #silence: NodeJS.Timeout;
  readonly #keyRequest: KeyPictureRequest;
  #deadlineMs = monotonicMs() + CONNECT_MS;
  #child: FfmpegChild | null = null;
  #failure: StreamFailure | null = null;
  #closed = false;
  #wake: () => void = () => undefined;

  constructor(options: IngestSessionOptions) {
    this.#options = options;
    this.#silence = setInterval(() => this.#watch(), WATCH_EVERY_MS);
    this.#keyRequest = new KeyPictureRequest(options.askForKeyPicture, options.log);
    this.ended = this.#run().finally(() => {
      clearInterval(this.#silence);
      return this.#keyRequest.close();
    });
  }

  async close(): Promise<void> {
    this.#stop('ended');
    await this.ended;
  }

  async #run(): Promise<SessionEnd> {
    const { url, transport, probing, urgent, log, redactor } = this.#options;
    let watch: ParameterWatch | null = null as ParameterWatch | null;
    const pace = new Pace();
    const reader = new FragmentReader(
      {
        onInitialisation: (segment) => {
          watch = new ParameterWatch(segment.information.family);
          this.#options.onInitialisation(segment);
        },
        onFragment: (fragment) => {
          if (this.#closed) return;
          if (watch?.isChange(fragment) === true) this.#options.onChange();
          pace.observe(fragment.arrivedAtMs);
          if (fragment.isKey) this.#keyRequest.end();
          this.#deadlineMs = fragment.arrivedAtMs + Math.max(SILENCE_MS, pace.intervalMs * SILENT_INTERVALS);
          this.#options.onFragment(fragment);
        },
      },
      monotonicMs,
    );
    const onOutput = (bytes: Buffer): void => {
      if (this.#closed) return;
      try {
        reader.push(bytes);
      } catch (error) {
        log.debug({ error: messageOf(error) }, 'the stream is not what it should be');
        this.#stop('unreadable');
      }
    };
    const options = { arguments: ingestArguments(probing), urgent, onOutput, log, redactor };
    const child = await FfmpegChild.start(options, () => !this.#closed);
    if (child === null) return { failure: this.#failure ?? 'ended', moreProbing: false };
    this.#child = child;
    this.#keyRequest.begin();
    child.stdin?.end(ingestScript(url, transport, probing));
    await Promise.race([child.exited, new Promise<void>((resolve) => (this.#wake = resolve))]);
    if (this.#closed) await child.close();
    const exit = await child.exited;
    return { failure: this.#failure ?? failureOf(exit), moreProbing: mayNeedMoreProbing(exit) };
  }

  #watch(): void {
    if (monotonicMs() > this.#deadlineMs) this.#stop('timeout');
  }

  #stop(failure: StreamFailure): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#failure = failure;
    if (this.#child !== null) this.#wake();
  }
}

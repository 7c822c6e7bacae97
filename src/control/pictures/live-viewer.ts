import type { LiveFragment, LiveStream, LiveWatcher } from '../../camera/camera-pool.js';
import { monotonicMs } from '../../core/clock.js';
import { LIVE_HEADER_BYTES, writeLiveHeader, type LiveHeader } from './live-header.js';
import { MAXIMUM_BEGINNING_BYTES, OnItsWay } from './on-its-way.js';
import type { LiveMessage } from './subscription.js';

/** How one live view reaches its client. */
export type LiveViewerOptions = {
  readonly index: number;
  readonly subscription: number;
  readonly nextSequence: () => number;
  readonly send: (message: Buffer) => void;
  readonly say: (message: LiveMessage) => void;
  /** A picture was passed over because the client is too slow. */
  readonly onSkipped: () => void;
};

/**
 * One camera's live pictures on their way to one client: never waited for. A client that does not keep up misses pictures
 * up to a key picture, where it can begin anew.
 */
export class LiveViewer implements LiveWatcher {
  readonly #options: LiveViewerOptions;
  readonly #onItsWay = new OnItsWay();
  #isPlayable = false;
  #hasSpoken = false;
  #ticksPerSecond = 1;
  /** Until a key picture comes, nothing that comes can be played. */
  #awaitsKey = true;
  /** Whether that is so because the client did not keep up. */
  #isSlow = false;

  constructor(options: LiveViewerOptions) {
    this.#options = options;
  }

  /** Whether the client was told how it is. */
  get hasSpoken(): boolean {
    return this.#hasSpoken;
  }

  begin(stream: LiveStream, segment: Buffer, kept: readonly LiveFragment[]): void {
    // What browsers play everywhere, with a codec string that says which; anything else would have to be encoded anew.
    this.#isPlayable = stream.family === 'h264' && stream.codec.includes('.');
    this.#awaitsKey = true;
    this.#isSlow = false;
    const { name, widthPx, heightPx, codec } = stream;
    this.#say({ stream: { name, widthPx, heightPx, codec }, reason: this.#isPlayable ? null : 'unsupported' });
    if (!this.#isPlayable) return;
    this.#onItsWay.reset();
    this.#ticksPerSecond = Math.max(1, stream.ticksPerSecond);
    this.#send({ bytes: segment, decodeTicks: 0n, arrivedAtMs: monotonicMs() }, 'initialisation');
    const keptBytes = kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (keptBytes <= MAXIMUM_BEGINNING_BYTES) for (const fragment of kept) this.fragment(fragment);
  }

  fragment(fragment: LiveFragment): void {
    if (!this.#isPlayable) return;
    if (!this.#isSlow && this.#onItsWay.isTooMuch(monotonicMs())) {
      this.#isSlow = true;
      this.#awaitsKey = true;
    }
    if (fragment.isKey && (!this.#isSlow || this.#onItsWay.isNearlyNothing)) {
      this.#isSlow = false;
      this.#awaitsKey = false;
    }
    if (this.#isSlow) this.#options.onSkipped();
    else if (!this.#awaitsKey) this.#send(fragment, fragment.isKey ? 'key' : 'picture');
  }

  end(): void {
    this.#isPlayable = false;
    this.#say({ stream: null, reason: 'no-stream' });
  }

  /** The client has received the message with this number, and all before it. */
  received(sequence: number): void {
    this.#onItsWay.received(sequence);
  }

  #say(message: Pick<LiveMessage, 'stream' | 'reason'>): void {
    const { index, subscription } = this.#options;
    this.#hasSpoken = true;
    this.#options.say({ index, subscription, ...message });
  }

  #send({ bytes, decodeTicks, arrivedAtMs }: Omit<LiveFragment, 'isKey'>, kind: LiveHeader['kind']): void {
    const { index, subscription, nextSequence, send } = this.#options;
    const sequence = nextSequence();
    const message = Buffer.allocUnsafe(LIVE_HEADER_BYTES + bytes.length);
    const nowMs = monotonicMs();
    const timeMs = Date.now() - (nowMs - arrivedAtMs);
    const mediaSeconds = Number(decodeTicks) / this.#ticksPerSecond;
    writeLiveHeader(message, { index, subscription, sequence, kind, timeMs, mediaSeconds });
    bytes.copy(message, LIVE_HEADER_BYTES);
    this.#onItsWay.add(sequence, message.length, nowMs);
    send(message);
  }
}

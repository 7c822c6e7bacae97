import { monotonicMs } from '../../../core/clock.js';
import type { PollReply } from './poll-reply.js';

/** Nodes are asked so often; the specification wants 2.5 to 3 s. */
export const POLL_EVERY_MS = 2_750;
/** Whoever is silent for so long is gone, says the specification. Outputs ask more often than that. */
const SILENT_AFTER_MS = 3_000;

/** What one node has said of itself, by BindIndex: big nodes answer once for each of their ports. */
export class Node {
  readonly #replies = new Map<number, PollReply>();
  readonly #waiting = new Set<() => void>();
  #lastReplyMs: number | null = null;

  hear(reply: PollReply): void {
    this.#replies.set(reply.bindIndex, reply);
    this.#lastReplyMs = monotonicMs();
    for (const answered of this.#waiting) answered();
    this.#waiting.clear();
  }

  /** Whether it has ever answered. */
  get isKnown(): boolean {
    return this.#lastReplyMs !== null;
  }

  /** Whether it has answered lately. */
  get isThere(): boolean {
    return this.#lastReplyMs !== null && monotonicMs() - this.#lastReplyMs < SILENT_AFTER_MS;
  }

  /** Frames a second that all of it can show, null where it does not say. */
  get refreshRateHz(): number | null {
    let least: number | null = null;
    for (const { refreshRateHz } of this.#replies.values()) {
      if (refreshRateHz !== null && (least === null || refreshRateHz < least)) least = refreshRateHz;
    }
    return least;
  }

  /** Resolves with the next answer, or when the signal aborts. @returns whether it has answered */
  nextReply(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const onReply = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve(true);
      };
      const onAbort = (): void => {
        this.#waiting.delete(onReply);
        resolve(false);
      };
      this.#waiting.add(onReply);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}

import { reasonOf } from './network-errors.js';

/**
 * Every how many datagrams the system's answer is asked for: it costs a fifth of the send. Odd, because a refusal hits
 * every other datagram. Once one has failed, all are asked for.
 */
const ASK_EVERY = 7;
/** For so many datagrams after a failure, every one is watched. */
const WATCH_AFTER_FAILURE = 10_000;

/** What became of one output's datagrams on a socket that it may share with others: failures counted, their reason kept. */
export class SendTally {
  readonly #onFailure: () => void;
  #count = 0;
  #watchUntil = 0;
  #failed = 0;
  #problem: string | null = null;

  /** @param onFailure called for every failure that is seen */
  constructor(onFailure: () => void = () => undefined) {
    this.#onFailure = onFailure;
  }

  /** What `send` is to be given as its callback for the next datagram; undefined where nothing is asked. */
  next(): ((failure: Error | null) => void) | undefined {
    this.#count += 1;
    return this.#count < this.#watchUntil || this.#count % ASK_EVERY === 0 ? this.#sent : undefined;
  }

  fail(failure: unknown): void {
    this.failFor(reasonOf(failure), 1);
  }

  /** Counts datagrams that failed for a reason that is known. Allocates nothing: a network that is down fails all of them. */
  failFor(reason: string, count: number): void {
    this.#failed += count;
    this.#problem = reason;
    this.#watchUntil = this.#count + WATCH_AFTER_FAILURE;
    this.#onFailure();
  }

  /** Counts datagrams for which there was no socket. */
  miss(count = 1): void {
    this.#failed += count;
  }

  /** Datagrams known to have failed since the last call. Where Node sends them one by one, up to six more go unseen at the first failure after a good time. */
  takeFailed(): number {
    const failed = this.#failed;
    this.#failed = 0;
    return failed;
  }

  /** Why sending failed since the last call, null when it did not. */
  takeProblem(): string | null {
    const problem = this.#problem;
    this.#problem = null;
    return problem;
  }

  readonly #sent = (failure: Error | null): void => {
    if (failure !== null) this.fail(failure);
  };
}

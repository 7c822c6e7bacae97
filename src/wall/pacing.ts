import { monotonicMs } from '../core/clock.js';

/** Closer than this to a moment, the thread sleeps to it instead of returning to the event loop. */
const FINE_MS = 2;
/** A timer that would fire sooner is not worth setting: timers are good to about a millisecond. */
const COARSE_MS = 3;
/** The system wakes a sleeper about this late; the rest is spent looking at the clock. */
const WAKE_UP_MS = 0.08;

const neverNotified = new Int32Array(new SharedArrayBuffer(4));

/**
 * Which tick is due when: tick n at start + n / rate, however late the ones before were, so the mean rate is exact and
 * nothing drifts. A tick that is late by whole periods takes the place of those it overslept: they are missed, never made up for.
 */
export class TickSchedule {
  readonly periodMs: number;
  readonly #startMs: number;
  readonly #framesPerSecond: number;
  #next = 0;
  #missed = 0;

  constructor(framesPerSecond: number, startMs: number) {
    this.periodMs = 1_000 / framesPerSecond;
    this.#framesPerSecond = framesPerSecond;
    this.#startMs = startMs;
  }

  /** When the next tick is due, monotonic milliseconds. */
  get dueMs(): number {
    return this.#startMs + (this.#next * 1_000) / this.#framesPerSecond;
  }

  /** Ticks that were skipped because a later one was due already. */
  get missedTicks(): number {
    return this.#missed;
  }

  /** Begins the tick that is due. @returns how late it is, milliseconds, always less than a period */
  begin(nowMs: number): number {
    const lateMs = nowMs - this.dueMs;
    const skipped = Math.max(0, Math.floor(lateMs / this.periodMs));
    this.#next += skipped;
    this.#missed += skipped;
    const latenessMs = nowMs - this.dueMs;
    this.#next += 1;
    return latenessMs;
  }
}

/** What is done at the wall's rate. */
export type PacedWork = {
  /** One tick. @param latenessMs how late it begins */
  tick(nowMs: number, latenessMs: number): void;
  /** Does what is due between ticks. @returns when it wants to be called again (monotonic ms), Infinity when nothing is left */
  between(nowMs: number): number;
};

/**
 * Runs paced work in this thread: waits coarsely with a timer, finely by sleeping. The event loop turns at least once
 * after every tick and every call in between, so messages and sockets are served, but never while a tick is due.
 */
export class Pacer {
  readonly #schedule: TickSchedule;
  readonly #work: PacedWork;
  #timer: NodeJS.Timeout | null = null;
  #immediate: NodeJS.Immediate | null = null;
  #running = false;

  constructor(schedule: TickSchedule, work: PacedWork) {
    this.#schedule = schedule;
    this.#work = work;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#turn();
  }

  stop(): void {
    this.#running = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#immediate !== null) clearImmediate(this.#immediate);
    this.#timer = null;
    this.#immediate = null;
  }

  readonly #turn = (): void => {
    const { dueMs } = this.#schedule;
    if (dueMs - monotonicMs() <= FINE_MS) {
      sleepUntil(dueMs);
      const nowMs = monotonicMs();
      this.#work.tick(nowMs, this.#schedule.begin(nowMs));
    }
    const wantedMs = this.#work.between(monotonicMs());
    if (this.#running) this.#wait(wantedMs);
  };

  #wait(wantedMs: number): void {
    const restMs = Math.min(wantedMs, this.#schedule.dueMs) - monotonicMs();
    if (restMs > COARSE_MS) {
      this.#timer = setTimeout(this.#turn, Math.floor(restMs - FINE_MS));
      return;
    }
    // Up to the next tick itself is slept in `#turn`, after the event loop has turned.
    sleepUntil(Math.min(wantedMs, this.#schedule.dueMs - FINE_MS));
    this.#immediate = setImmediate(this.#turn);
  }
}

/** Blocks the thread until the moment has come. */
function sleepUntil(atMs: number): void {
  const restMs = atMs - monotonicMs();
  if (restMs > WAKE_UP_MS) Atomics.wait(neverNotified, 0, 0, restMs - WAKE_UP_MS);
  while (monotonicMs() < atMs);
}

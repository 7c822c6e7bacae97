import { poisson, seededRandom, type Random } from './random.js';

/** People wait in this range; the hall opens more windows, or people come later, before it is left. */
export const WAITING_RANGE = { minimum: 8, maximum: 160 } as const;
/** Cases finished a second: between one every ten seconds and one a second. */
export const RATE_RANGE = { minimum: 0.1, maximum: 1 } as const;

const MEAN_RATE = 0.4;
const WINDOWS = 48;
const SECOND_MS = 1_000;
const DAY_SECONDS = 86_400;
/** Two slow waves that do not repeat together, so that no two hours are alike. */
const WAVES_SECONDS = [2_820, 610] as const;

/** The counts of the whole hall at one moment. They agree with each other. */
export type QueueCounts = {
  /** Number of the ticket that was drawn last today. */
  readonly lastTicketIssued: number;
  /** Number of the ticket that was called last today; never above `lastTicketIssued`. */
  readonly ticketServed: number;
  /** People who wait: `lastTicketIssued` − `ticketServed`. */
  readonly ticketsToServe: number;
  /** Cases finished since midnight; only rises within a day. */
  readonly servedToday: number;
  /** Cases finished since the first of the month, those of today included. */
  readonly servedThisMonth: number;
  /** Whole minutes that somebody who comes now will wait, at the pace of the moment. */
  readonly averageWaitMinutes: number;
  /** Epoch milliseconds of the last change. */
  readonly changedAtMs: number;
};

/**
 * A service hall as a queue: people draw tickets, windows call them, cases are finished. Pure: time comes in as epoch
 * milliseconds, chance from a seed. Days begin at midnight, local time.
 */
export class QueueModel {
  readonly #seed: number;
  readonly #random: Random;
  #dayStartMs = 0;
  #secondsDone = 0;
  #doneBeforeToday = 0;
  #done = 0;
  #inService = 0;
  #waiting = 0;
  #pace = MEAN_RATE;
  #changedAtMs: number;

  constructor(seed: number, nowMs: number) {
    this.#seed = seed;
    this.#random = seededRandom(seed);
    this.#changedAtMs = nowMs;
    this.#waiting = 40 + Math.floor(this.#random() * 40);
    this.#inService = WINDOWS;
    this.#beginDay(nowMs);
    this.#secondsDone = Math.floor((nowMs - this.#dayStartMs) / SECOND_MS);
    this.#done = Math.floor(this.#secondsDone * MEAN_RATE * dayFactor(seed, nowMs));
  }

  /** Lets the hall work until the given time. A clock that went back changes nothing until it has caught up. */
  advanceTo(nowMs: number): void {
    while (nowMs >= endOfDayMs(this.#dayStartMs)) {
      if (nowMs >= endOfDayMs(endOfDayMs(this.#dayStartMs))) this.#beginDay(nowMs);
      else this.#beginDay(endOfDayMs(this.#dayStartMs));
    }
    const seconds = Math.floor((nowMs - this.#dayStartMs) / SECOND_MS);
    while (this.#secondsDone < seconds) {
      this.#secondsDone += 1;
      this.#workOneSecond();
    }
  }

  counts(): QueueCounts {
    const ticketServed = this.#done + this.#inService;
    return {
      lastTicketIssued: ticketServed + this.#waiting,
      ticketServed,
      ticketsToServe: this.#waiting,
      servedToday: this.#done,
      servedThisMonth: this.#doneBeforeToday + this.#done,
      averageWaitMinutes: Math.max(1, Math.round(this.#waiting / this.#pace / 60)),
      changedAtMs: this.#changedAtMs,
    };
  }

  #workOneSecond(): void {
    const rate = this.#rate();
    // People stay away when it is full and come when it is empty; the middle of the range drifts through the day.
    const middle = 70 + 40 * Math.sin((2 * Math.PI * this.#secondsDone) / 5_400);
    const attraction = Math.min(2, Math.max(0, 1 + (middle - this.#waiting) / 60));
    const room = WAITING_RANGE.maximum - this.#waiting;
    const drawn = Math.min(room, poisson(rate * attraction, this.#random));
    const finished = Math.min(poisson(rate, this.#random), this.#waiting + drawn - WAITING_RANGE.minimum);
    if (drawn === 0 && finished <= 0) return;
    // A window that is done calls the next ticket at once, so that as many as before are being served.
    this.#waiting += drawn - Math.max(0, finished);
    this.#done += Math.max(0, finished);
    this.#pace += (rate - this.#pace) * 0.02;
    this.#changedAtMs = this.#dayStartMs + this.#secondsDone * SECOND_MS;
  }

  #rate(): number {
    const swing = WAVES_SECONDS.reduce((sum, wave) => sum + Math.sin((2 * Math.PI * this.#secondsDone) / wave), 0);
    return Math.min(RATE_RANGE.maximum, Math.max(RATE_RANGE.minimum, MEAN_RATE + 0.14 * swing));
  }

  #beginDay(nowMs: number): void {
    const date = new Date(nowMs);
    this.#dayStartMs = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
    this.#secondsDone = 0;
    this.#done = 0;
    this.#doneBeforeToday = 0;
    for (let day = 1; day < date.getDate(); day += 1) {
      const earlier = new Date(date.getFullYear(), date.getMonth(), day).getTime();
      this.#doneBeforeToday += Math.floor(DAY_SECONDS * MEAN_RATE * dayFactor(this.#seed, earlier));
    }
  }
}

/** How busy a day is against the mean, 0.85 to 1; the same for the same day and seed. */
function dayFactor(seed: number, atMs: number): number {
  const date = new Date(atMs);
  const day = date.getFullYear() * 372 + date.getMonth() * 31 + date.getDate();
  return 0.85 + 0.15 * seededRandom(seed ^ Math.imul(day, 0x9e3779b1))();
}

function endOfDayMs(dayStartMs: number): number {
  const date = new Date(dayStartMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

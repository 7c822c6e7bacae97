import type { Closable } from '../../core/closing.js';
import { networkOf } from './attempts.js';
import type { Person } from './people.js';

/** Where somebody says who they are: a challenge of obs-websocket, the page's sign-in, a bearer token over HTTP. */
export type Entrance = 'obs' | 'page' | 'http';

/** Somebody came in or left, could not come in, or may not try for a while. */
export type Visit = {
  readonly kind: 'login' | 'logout' | 'login-failed' | 'lockout';
  /** Null where nobody knows who it was. */
  readonly person: Person | null;
  readonly entrance: Entrance;
  /** The address, as far as it is known. */
  readonly from: string | null;
  /**
   * A stable code; null for a login. Of a logout: `left`, `signed-out`, `revoked`, `expired`, `pushed-out` (by more sessions of
   * the same person), `service-stopped`, `closed-CODE` (the protocol was broken). Of a login that failed: `wrong-token`,
   * `no-token`, `too-many-attempts` (not even compared). Of a lockout: `wrong-tokens`, `flood` (from everywhere).
   */
  readonly reason: string | null;
  /** Of a lockout: epoch milliseconds at which it ends. */
  readonly untilMs?: number;
};

/** A visit as it is told; `count`: so many of the same within a minute are told as one, with the latest of them. */
export type VisitRecord = Visit & { readonly atMs: number; readonly count: number };

const WINDOW_MS = 60_000;
/** Of the same person or address by the same entrance, told one by one within a window. */
const EACH_ALONE = 5;
/** Of everybody together, told one by one. Strangers have a budget of their own: they cannot hide who came in. */
const ALL_ALONE = 40;
/** Sums that are told apart by person and address. */
const MOST_SUMS = 20;

type Sum = { latest: Visit; atMs: number; count: number };
type Group = { alone: number; readonly sums: Map<string, Sum> };

/**
 * Tells of visits, and of no more than a bounded number a minute: the first ones each by itself, the rest as sums. Whoever
 * floods the door with wrong tokens fills no disk.
 */
export class VisitorBook implements Closable {
  readonly #onVisit: (record: VisitRecord) => void;
  readonly #now: () => number;
  readonly #alone = new Map<string, number>();
  readonly #people: Group = { alone: 0, sums: new Map() };
  readonly #strangers: Group = { alone: 0, sums: new Map() };
  #windowFromMs: number;

  /** @param onVisit must not throw @param now epoch milliseconds; another clock for tests */
  constructor(onVisit: (record: VisitRecord) => void, now: () => number = Date.now) {
    this.#onVisit = onVisit;
    this.#now = now;
    this.#windowFromMs = now();
  }

  /** Takes down a visit; it is told now, or as part of a sum when the minute is over. */
  enter(visit: Visit): void {
    this.tidy();
    const { kind, person, entrance, from, reason } = visit;
    const group = person === null ? this.#strangers : this.#people;
    const network = from === null ? null : networkOf(from);
    const key = JSON.stringify([kind, entrance, person?.name ?? null, network, reason]);
    const alone = this.#alone.get(key) ?? 0;
    if (alone < EACH_ALONE && group.alone < ALL_ALONE) {
      this.#alone.set(key, alone + 1);
      group.alone += 1;
      this.#onVisit({ ...visit, atMs: this.#now(), count: 1 });
      return;
    }
    if (group.sums.has(key) || group.sums.size < MOST_SUMS) this.#add(group, key, { ...visit, from: network });
    // More than can be told apart: how many, and no more.
    else this.#add(group, kind, { ...visit, person: null, from: null });
  }

  /** Tells the sums of a minute that is over. To be called now and then. */
  tidy(): void {
    const isOver = Math.abs(this.#now() - this.#windowFromMs) >= WINDOW_MS;
    if (isOver) this.#endWindow();
  }

  /** Tells what is not told yet. */
  close(): Promise<void> {
    this.#endWindow();
    return Promise.resolve();
  }

  #add({ sums }: Group, key: string, visit: Visit): void {
    const atMs = this.#now();
    const sum = sums.get(key) ?? { latest: visit, atMs, count: 0 };
    sums.set(key, { latest: visit, atMs, count: sum.count + 1 });
  }

  #endWindow(): void {
    this.#windowFromMs = this.#now();
    this.#alone.clear();
    for (const group of [this.#people, this.#strangers]) {
      group.alone = 0;
      for (const { latest, atMs, count } of group.sums.values()) this.#onVisit({ ...latest, atMs, count });
      group.sums.clear();
    }
  }
}

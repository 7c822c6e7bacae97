import { DAY_MS } from '../core/time-zone.js';
import type { Almanac, DayPoint } from './day-point.js';

/** What begins at a point of every day, or of some weekdays (0 is Sunday). */
export type AgendaEntry<T> = { readonly at: DayPoint; readonly weekdays?: readonly number[]; readonly value: T };

/** A value that holds for a time, epoch milliseconds from `fromMs` up to `toMs`. */
export type Span<T> = { readonly fromMs: number; readonly toMs: number; readonly value: T };

/** So many days before are looked through: a week, should an entry come once in it, one for the sun and one to look back. */
const DAYS_BEFORE = 9;
const DAYS_AFTER = 3;

/**
 * Values that change at points of the day: each holds until the next one begins. Where none has begun (the sun does not do
 * what they wait for), the last one that is written holds.
 */
export class Agenda<T> {
  readonly #entries: readonly AgendaEntry<T>[];
  readonly #last: T;
  readonly #almanac: Almanac;
  #spans: readonly Span<T>[] = [];
  /** For which moments the spans are good. */
  #knownFromMs = 0;
  #knownToMs = 0;

  /** @throws RangeError when it is empty */
  constructor(entries: readonly AgendaEntry<T>[], almanac: Almanac) {
    const last = entries.at(-1);
    if (last === undefined) throw new RangeError('an agenda needs an entry');
    this.#entries = entries;
    this.#last = last.value;
    this.#almanac = almanac;
  }

  /** What holds at a moment, and until when as far as is known. @param epochMs of the moment */
  at(epochMs: number): Span<T> {
    if (epochMs < this.#knownFromMs || epochMs >= this.#knownToMs) this.#look(epochMs);
    // From behind: nearly every question is about now or soon.
    for (let index = this.#spans.length - 1; index >= 0; index -= 1) {
      const span = this.#spans[index];
      if (span !== undefined && span.fromMs <= epochMs) return span;
    }
    const toMs = this.#spans[0]?.fromMs ?? this.#knownToMs;
    return { fromMs: Number.NEGATIVE_INFINITY, toMs, value: this.#last };
  }

  #look(epochMs: number): void {
    const today = this.#almanac.timeZone.dayOf(epochMs);
    const moments: { readonly ms: number; readonly value: T }[] = [];
    for (let day = today - DAYS_BEFORE; day <= today + DAYS_AFTER; day += 1) {
      const weekday = this.#almanac.timeZone.weekdayOf(day);
      for (const { at, weekdays, value } of this.#entries) {
        const ms = weekdays?.includes(weekday) === false ? null : this.#almanac.momentOf(day, at);
        if (ms !== null) moments.push({ ms, value });
      }
    }
    moments.sort((a, b) => a.ms - b.ms);
    // Beyond the days that were looked through, something else may begin.
    const endMs = epochMs + (DAYS_AFTER - 1) * DAY_MS;
    this.#spans = moments
      .map(({ ms, value }, index) => ({
        fromMs: ms,
        toMs: Math.min(moments[index + 1]?.ms ?? endMs, endMs),
        value,
      }))
      .filter(({ fromMs }) => fromMs < endMs);
    this.#knownFromMs = epochMs - DAY_MS;
    this.#knownToMs = epochMs + DAY_MS;
  }
}

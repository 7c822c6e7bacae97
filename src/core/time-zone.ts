export const DAY_MS = 86_400_000;

/** A time zone's calendar. Days are counted from 1 January 1970, as the calendar of the zone has them. */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat;

  /** @throws RangeError for a time zone that does not exist */
  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** The day that it is there. */
  dayOf(epochMs: number): number {
    return Math.floor((epochMs + this.#offsetMs(epochMs)) / DAY_MS);
  }

  /** 0 for Sunday, 6 for Saturday. */
  weekdayOf(day: number): number {
    return (((day + 4) % 7) + 7) % 7;
  }

  /**
   * The moment at which clocks there show a time of a day, epoch milliseconds. A time that a change of the clocks leaves out is
   * taken an hour off; of one that comes twice, it is one of the two.
   */
  momentOf(day: number, msOfDay: number): number {
    const local = day * DAY_MS + msOfDay;
    const near = local - this.#offsetMs(local);
    return local - this.#offsetMs(near);
  }

  /** How far clocks there are ahead of UTC. */
  #offsetMs(epochMs: number): number {
    const parts = new Map(this.#format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return local - Math.floor(epochMs / 1_000) * 1_000;
  }
}

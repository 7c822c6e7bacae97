import { DAY_MS, TimeZone } from '../../../core/time-zone.js';

/**
 * Moments in words, and words as moments, as the wall's own clock has them: whoever looks may sit in another time zone, and
 * means the hall's time all the same.
 */
export type WallClock = {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Whether the browser's own clock shows another time than the wall's at this moment. */
  readonly isElsewhere: (epochMs: number) => boolean;
  /** `09:30`. */
  readonly time: (epochMs: number) => string;
  /** `09:30:05`. */
  readonly seconds: (epochMs: number) => string;
  /** Date and time to the second, as the page's language writes them. */
  readonly moment: (epochMs: number) => string;
  /** What a field of date and time holds, such as `2026-10-01T09:30`; null where that is none. */
  readonly momentOf: (text: string) => number | null;
  /** The next moment at which the wall's clock shows `time`, such as `17:30`; null where that is no time. */
  readonly nextMomentOf: (time: string, nowMs: number) => number | null;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** @param timeZone of the wall; null, before that is known: the browser's own */
export function createWallClock(timeZone: string | null, language: string): WallClock {
  const zone = timeZone ?? browserZone();
  const calendar = new TimeZone(zone);
  const short = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const time = new Intl.DateTimeFormat('en', short);
  const seconds = new Intl.DateTimeFormat('en', { ...short, second: '2-digit' });
  const moment = new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const own = new Intl.DateTimeFormat('en', { ...short, timeZone: browserZone() });
  const inDay = (hours: string, minutes: string): number => (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return {
    timeZone: zone,
    isElsewhere: (epochMs) => own.format(epochMs) !== time.format(epochMs),
    time: (epochMs) => time.format(epochMs),
    seconds: (epochMs) => seconds.format(epochMs),
    moment: (epochMs) => moment.format(epochMs),
    momentOf: (text) => {
      const [, date, hours, minutes, rest] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/.exec(text) ?? [];
      if (date === undefined || hours === undefined || minutes === undefined) return null;
      const day = Date.parse(`${date}T00:00Z`) / DAY_MS;
      return calendar.momentOf(day, inDay(hours, minutes) + Number(rest ?? 0) * SECOND_MS);
    },
    nextMomentOf: (text, nowMs) => {
      const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(text) ?? [];
      if (hours === undefined || minutes === undefined) return null;
      const day = calendar.dayOf(nowMs);
      const atMs = calendar.momentOf(day, inDay(hours, minutes));
      return atMs > nowMs ? atMs : calendar.momentOf(day + 1, inDay(hours, minutes));
    },
  };
}

function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

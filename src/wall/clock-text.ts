import type { WallLocale } from '../core/wall-locale.js';

/** Writes date and time of one time zone, as people in China read them, or as everybody does (ISO 8601, 5.4). */
export class ClockText {
  readonly #format: Intl.DateTimeFormat;
  readonly #isChinese: boolean;

  /** @throws RangeError for a time zone that does not exist */
  constructor({ timeZone, language }: WallLocale) {
    this.#isChinese = language === 'zh-CN';
    this.#format = new Intl.DateTimeFormat('zh-CN-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** The same moment in several lengths, longest first: the clock shows the longest that fits. All of them with seconds. */
  variants(epochMs: number): readonly string[] {
    const parts = new Map(this.#format.formatToParts(epochMs).map((part) => [part.type, part.value]));
    const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    const [year, month, day] = [of('year'), of('month'), of('day')];
    const time = `${of('hour')}:${of('minute')}:${of('second')}`;
    const plain = [`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${time}`, time];
    if (!this.#isChinese) return plain;
    const date = `${year}年${month}月${day}日`;
    return [`${date} ${of('weekday')} ${time}`, `${date} ${time}`, ...plain];
  }
}

/** Writes date and time of one time zone, as people in China read them. */
export class ClockText {
  readonly #format: Intl.DateTimeFormat;

  /** @throws RangeError for a time zone that does not exist */
  constructor(timeZone: string) {
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
    return [
      `${year}年${month}月${day}日 ${of('weekday')} ${time}`,
      `${year}年${month}月${day}日 ${time}`,
      `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${time}`,
      time,
    ];
  }
}

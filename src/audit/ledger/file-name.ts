/** A file of the log, from its name `audit-2026-11-25.001.jsonl`. */
export type LedgerFile = {
  readonly name: string;
  /** Day of its first entry, such as `2026-11-25`; never before that of the file before it. */
  readonly day: string;
  /** From 1, within the day. */
  readonly number: number;
};

const PATTERN = /^audit-(\d{4}-\d{2}-\d{2})\.(\d{3,6})\.jsonl$/;

export function fileNamed(day: string, number: number): LedgerFile {
  return { name: `audit-${day}.${String(number).padStart(3, '0')}.jsonl`, day, number };
}

/** Of the names in a folder those of the log, in the order of its chain. */
export function inOrder(names: readonly string[]): LedgerFile[] {
  const files = names.flatMap((name) => {
    const [, day, number] = PATTERN.exec(name) ?? [];
    return day === undefined || number === undefined ? [] : [{ name, day, number: Number(number) }];
  });
  return files.sort((a, b) => (a.day === b.day ? a.number - b.number : a.day < b.day ? -1 : 1));
}

/** The file that follows. A clock that was set back does not lead back: the order of names is that of the chain. */
export function fileAfter(last: LedgerFile | null, day: string): LedgerFile {
  if (last === null || day > last.day) return fileNamed(day, 1);
  return fileNamed(last.day, last.number + 1);
}

/** Of these files, in order, those that need not be kept on a day. The last one always stays: it is being written. */
export function expiredFiles(files: readonly LedgerFile[], today: string, retentionDays: number): LedgerFile[] {
  const oldest = new Date(Date.parse(today) - retentionDays * 86_400_000).toISOString().slice(0, 10);
  const kept = files.slice(0, -1).findIndex(({ day }) => day >= oldest);
  return files.slice(0, kept < 0 ? Math.max(0, files.length - 1) : kept);
}

/** The day of a moment in a time zone, such as `2026-11-25`. @returns a function that remembers, because the calendar is slow */
export function calendarOf(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  // Days begin with a minute in every time zone.
  let known = { minute: Number.NaN, day: '' };
  return (atMs) => {
    const minute = Math.floor(atMs / 60_000);
    if (minute !== known.minute) known = { minute, day: format.format(atMs) };
    return known.day;
  };
}

/**
 * The programme-editor folder: tours and rules while they are being made, apart from how they look. `when.ts` takes the words of a
 * rule apart into choices, `days.ts` its days, `tour.ts` and `rules.ts` are what can be done and what is not finished.
 */

/** Kinds of times that the configuration has, in the order in which they are offered. */
export const WHEN_KINDS = [
  'open',
  'closed',
  'lunch',
  'holiday',
  'always',
  'span',
  'before-opening',
  'after-closing',
  'cron',
] as const;
export type WhenKind = (typeof WHEN_KINDS)[number];

/** The words of `when` as choices; what is not finished yet is empty. */
export type WhenFields =
  | { readonly kind: 'open' | 'closed' | 'lunch' | 'holiday' | 'always' }
  /** `09:30`; until at or before from: on the next day. */
  | { readonly kind: 'span'; readonly from: string; readonly until: string }
  | { readonly kind: 'before-opening' | 'after-closing'; readonly minutes: string }
  | { readonly kind: 'cron'; readonly expression: string; readonly minutes: string };

/** What a kind begins with. */
export const FIRST_WHEN: Readonly<Record<WhenKind, string>> = {
  open: 'open',
  closed: 'closed',
  lunch: 'lunch',
  holiday: 'holiday',
  always: 'always',
  span: '09:00-17:00',
  'before-opening': '30m before opening',
  'after-closing': '30m after closing',
  cron: 'cron 0 10 * * 1-5 for 10m',
};

/** Takes the words apart; whatever else they are, they are meant as cron. */
export function whenFieldsOf(text: string): WhenFields {
  const words = text.trim();
  switch (words) {
    case 'open':
    case 'closed':
    case 'lunch':
    case 'holiday':
    case 'always':
      return { kind: words };
  }
  const span = /^([\d:]*)\s*-\s*([\d:]*)$/.exec(words);
  // A field of the browser has no 24:00, and from 08:00 until 00:00 is the same.
  if (span !== null) return { kind: 'span', from: span[1] ?? '', until: (span[2] ?? '').replace('24:00', '00:00') };
  const beside = /^(\S*) ?(before opening|after closing)$/.exec(words);
  if (beside !== null) {
    const kind = beside[2] === 'before opening' ? 'before-opening' : 'after-closing';
    return { kind, minutes: minutesOf(beside[1] ?? '') };
  }
  const cron = /^cron ?(.*?)(?: for ?(\S*))?$/.exec(text);
  return { kind: 'cron', expression: cron?.[1] ?? text, minutes: minutesOf(cron?.[2] ?? '') };
}

/** The words of `when`. */
export function whenTextOf(fields: WhenFields): string {
  switch (fields.kind) {
    case 'span':
      return `${fields.from}-${fields.until}`;
    case 'before-opening':
      return `${lengthOf(fields.minutes)} before opening`;
    case 'after-closing':
      return `${lengthOf(fields.minutes)} after closing`;
    case 'cron':
      return `cron ${fields.expression} for ${lengthOf(fields.minutes)}`;
    default:
      return fields.kind;
  }
}

/** Whether something is missing in them, or cannot be: what cron means only the server knows. */
export function isWhenFinished(fields: WhenFields): boolean {
  const isLength = (minutes: string, most: number): boolean => Number(minutes) >= 5 / 60 && Number(minutes) <= most;
  switch (fields.kind) {
    case 'span':
      return fields.from !== '' && fields.until !== '' && fields.from !== fields.until;
    case 'before-opening':
    case 'after-closing':
      return isLength(fields.minutes, 12 * 60);
    case 'cron':
      return fields.expression.trim() !== '' && isLength(fields.minutes, 24 * 60);
    default:
      return true;
  }
}

const UNIT_MINUTES: Readonly<Record<string, number>> = { ms: 1 / 60_000, s: 1 / 60, m: 1, h: 60 };

function minutesOf(length: string): string {
  const [, figure, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(length) ?? [];
  if (figure === undefined || unit === undefined) return '';
  return String(Math.round(Number(figure) * (UNIT_MINUTES[unit] ?? 1) * 1_000) / 1_000);
}

/** Fractions of a minute become seconds. */
function lengthOf(minutes: string): string {
  if (minutes === '') return '';
  return Number.isInteger(Number(minutes)) ? `${minutes}m` : `${Math.round(Number(minutes) * 60)}s`;
}

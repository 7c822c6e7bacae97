import type { WallLocale } from '../../core/wall-locale.js';
import type { CountReading } from '../../counts/count.js';
import type { BoardRequest, BoardRow } from '../../paint/board.js';
import { lastDataWords, noDataWords } from '../../paint/slate-words.js';
import { formatCount, NO_VALUE } from '../../ticker/format.js';
import { parseTemplate, type Template } from '../../ticker/template.js';
import type { BoardOptions } from './options.js';

/** A board with its values taken apart. */
export type ParsedBoard = readonly { readonly caption: string; readonly value: Template }[];

/** What a board says now. */
export type BoardContent = Pick<BoardRequest, 'rows' | 'missingWords' | 'note'>;

/** @throws GlasshallError `bad-template` */
export function parseBoard({ rows }: Pick<BoardOptions, 'rows'>): ParsedBoard {
  return rows.map(({ caption, value }) => ({ caption, value: parseTemplate(value) }));
}

/**
 * What a board says of these counts. A value of which any count is missing, stale or impossible is no value at all, and the board says
 * when it was last told of it.
 */
export function boardContent(board: ParsedBoard, readings: readonly CountReading[], locale: WallLocale): BoardContent {
  const bySource = new Map(readings.map((reading) => [reading.id, reading]));
  const lastReadsMs: number[] = [];
  const rows = board.map(({ caption, value }): BoardRow => {
    const parts: { kind: 'count' | 'words'; text: string }[] = [];
    let isMissing = false;
    for (const token of value.tokens) {
      if (token.kind === 'text') {
        parts.push({ kind: 'words', text: token.text });
        continue;
      }
      const reading = bySource.get(token.source);
      const values = reading?.values ?? {};
      const text = formatCount(Object.hasOwn(values, token.field) ? values[token.field] : null);
      if (text === NO_VALUE) {
        isMissing = true;
        // A source that goes on telling of its other fields says nothing of when it last told of this one.
        if (reading !== undefined && reading.readAtMs !== null && reading.state !== 'fresh')
          lastReadsMs.push(reading.readAtMs);
      }
      parts.push({ kind: 'count', text });
    }
    return { caption, value: isMissing ? null : parts };
  });
  const oldestMs = lastReadsMs.length === 0 ? null : Math.min(...lastReadsMs);
  const note = oldestMs === null ? null : lastDataWords(oldestMs, locale);
  return { rows, missingWords: noDataWords(locale.language), note };
}

/** How many rows have no value. */
export function missingRows({ rows }: BoardContent): number {
  return rows.filter(({ value }) => value === null).length;
}

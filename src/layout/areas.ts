import type { Rectangle, Size } from '../core/geometry.js';
import type { LayoutProblem } from './problem.js';
import { layTracks, type TrackFailure, type TrackSpan } from './tracks.js';

/** One named area of a drawing, in wall pixels, and where its first word stands. */
export type Area = {
  readonly name: string;
  readonly rectangle: Rectangle;
  /** Line of the text (from 0) and word in it (from 0) of the area's top left corner. */
  readonly drawing: { readonly line: number; readonly word: number };
};

/** A drawing with its tracks, as it stands in the configuration. Tracks that are absent share the wall evenly. */
export type AreaDrawing = {
  readonly areas: string;
  readonly columns: readonly string[] | undefined;
  readonly rows: readonly string[] | undefined;
  readonly gapPx: number;
};

/** Areas in reading order; empty when there is any problem. */
export type AreaResult = { readonly areas: readonly Area[]; readonly problems: readonly LayoutProblem[] };

type Row = { readonly line: number; readonly words: readonly string[] };
type Block = { readonly name: string; top: number; left: number; bottom: number; right: number };

/** A word that leaves its place empty, as in CSS. */
const EMPTY = /^\.+$/;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u;

/**
 * Turns a text drawing (CSS Grid Layout, `grid-template-areas`: one line a row, one word a column, `.` empty) into rectangles that fill the
 * wall exactly, with `gapPx` between them. Every area must be a rectangle.
 */
export function layAreas(drawing: AreaDrawing, wall: Size): AreaResult {
  const rows = readRows(drawing.areas);
  const problems = [...checkShape(rows), ...checkTrackCounts(drawing, rows)];
  if (problems.length > 0) return { areas: [], problems };
  const columnCount = rows[0]?.words.length ?? 0;
  const columns = layDirection('columns', drawing.columns ?? evenTracks(columnCount), wall.widthPx, drawing.gapPx);
  const lines = layDirection('rows', drawing.rows ?? evenTracks(rows.length), wall.heightPx, drawing.gapPx);
  problems.push(...columns.problems, ...lines.problems);
  const blocks = findBlocks(rows);
  problems.push(...checkRectangles(rows, blocks));
  if (problems.length > 0) return { areas: [], problems };
  return {
    areas: [...blocks.values()].map((block) => ({
      name: block.name,
      rectangle: rectangleOf(block, columns.spans, lines.spans),
      drawing: { line: rows[block.top]?.line ?? 0, word: block.left },
    })),
    problems,
  };
}

function readRows(text: string): Row[] {
  return text
    .split('\n')
    .map((content, line) => ({
      line,
      words: content
        .trim()
        .split(/\s+/)
        .filter((word) => word !== ''),
    }))
    .filter((row) => row.words.length > 0);
}

function checkShape(rows: readonly Row[]): LayoutProblem[] {
  const problems: LayoutProblem[] = [];
  const columnCount = rows[0]?.words.length ?? 0;
  if (rows.every((row) => row.words.every((word) => EMPTY.test(word)))) {
    problems.push({
      code: 'areas-empty',
      path: ['areas'],
      message: 'the drawing shows nothing',
      mend: 'write one line for each row and one camera id for each column',
    });
  }
  rows.forEach((row, index) => {
    if (row.words.length !== columnCount) {
      problems.push({
        code: 'areas-ragged',
        path: ['areas'],
        drawing: { line: row.line, word: Math.min(row.words.length, columnCount) - 1 },
        message: `row ${index + 1} has ${count(row.words.length, 'column')}, row 1 has ${columnCount}`,
        mend: 'give every row as many words as the first; "." leaves a place empty',
      });
    }
    row.words.forEach((word, column) => {
      if (EMPTY.test(word) || NAME.test(word)) return;
      problems.push({
        code: 'areas-bad-name',
        path: ['areas'],
        drawing: { line: row.line, word: column },
        message: `"${word}" in row ${index + 1}, column ${column + 1} is no name`,
        mend: 'use a camera id, "ticker", "clock" or "."',
      });
    });
  });
  return problems;
}

function checkTrackCounts(drawing: AreaDrawing, rows: readonly Row[]): LayoutProblem[] {
  const problems: LayoutProblem[] = [];
  const check = (key: 'columns' | 'rows', tracks: readonly string[] | undefined, drawn: number): void => {
    if (tracks === undefined || tracks.length === drawn) return;
    problems.push({
      code: 'tracks-do-not-match',
      path: [key],
      message: `${key} lists ${tracks.length}, but the drawing has ${drawn}`,
      mend: `list ${count(drawn, 'track')}, such as [${evenTracks(drawn).join(', ')}]`,
    });
  };
  if (rows.length > 0) {
    check('columns', drawing.columns, rows[0]?.words.length ?? 0);
    check('rows', drawing.rows, rows.length);
  }
  return problems;
}

function findBlocks(rows: readonly Row[]): Map<string, Block> {
  const blocks = new Map<string, Block>();
  rows.forEach((row, top) => {
    row.words.forEach((name, left) => {
      if (EMPTY.test(name)) return;
      const block = blocks.get(name);
      if (block === undefined) {
        blocks.set(name, { name, top, left, bottom: top + 1, right: left + 1 });
      } else {
        block.left = Math.min(block.left, left);
        block.right = Math.max(block.right, left + 1);
        block.bottom = top + 1;
      }
    });
  });
  return blocks;
}

/** An area is a rectangle when nothing else stands inside the smallest rectangle around it. */
function checkRectangles(rows: readonly Row[], blocks: ReadonlyMap<string, Block>): LayoutProblem[] {
  const problems: LayoutProblem[] = [];
  const blamed = new Set<string>();
  for (const block of blocks.values()) {
    const stranger = findStranger(rows, block);
    // Two areas that reach into each other are one mistake.
    if (stranger === null || blamed.has(stranger.word)) continue;
    blamed.add(block.name);
    problems.push({
      code: 'area-not-rectangle',
      path: ['areas'],
      drawing: { line: rows[stranger.row]?.line ?? 0, word: stranger.column },
      message: `area "${block.name}" is no rectangle: row ${stranger.row + 1}, column ${stranger.column + 1} holds "${stranger.word}"`,
      mend: `let "${block.name}" fill one rectangle; to show a camera twice, write the layout as cells`,
    });
  }
  return problems;
}

function findStranger(rows: readonly Row[], block: Block): { row: number; column: number; word: string } | null {
  for (let row = block.top; row < block.bottom; row += 1) {
    for (let column = block.left; column < block.right; column += 1) {
      const word = rows[row]?.words[column] ?? '';
      if (word !== block.name) return { row, column, word };
    }
  }
  return null;
}

function layDirection(
  key: 'columns' | 'rows',
  tracks: readonly string[],
  lengthPx: number,
  gapPx: number,
): { spans: readonly TrackSpan[]; problems: LayoutProblem[] } {
  const spans = layTracks(tracks, lengthPx, gapPx);
  return Array.isArray(spans) ? { spans, problems: [] } : { spans: [], problems: [trackProblem(key, tracks, spans)] };
}

function trackProblem(key: 'columns' | 'rows', tracks: readonly string[], failure: TrackFailure): LayoutProblem {
  switch (failure.kind) {
    case 'too-large':
      return {
        code: 'tracks-too-large',
        path: [key],
        message: `${key} need ${failure.neededPx} px, but the wall has ${failure.availablePx} px besides the gaps`,
        mend: 'make a track smaller, or give it a share such as "1fr"',
      };
    case 'not-filling':
      return {
        code: 'tracks-not-filling',
        path: [key],
        message: `${key} fill ${failure.neededPx} px of ${failure.availablePx} px`,
        mend: 'give one track a share such as "1fr": it takes what is left',
      };
    case 'vanishing':
      return {
        code: 'track-vanishes',
        path: [key, failure.track],
        message: `${tracks[failure.track] ?? ''} comes to less than a pixel`,
        mend: 'make this track larger or the others smaller',
      };
  }
}

function rectangleOf(block: Block, columns: readonly TrackSpan[], rows: readonly TrackSpan[]): Rectangle {
  const x = columns[block.left]?.startPx ?? 0;
  const y = rows[block.top]?.startPx ?? 0;
  return {
    x,
    y,
    widthPx: (columns[block.right - 1]?.endPx ?? 0) - x,
    heightPx: (rows[block.bottom - 1]?.endPx ?? 0) - y,
  };
}

function evenTracks(length: number): string[] {
  return Array.from({ length }, () => '1fr');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

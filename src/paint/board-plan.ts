import type { Size } from '../core/geometry.js';

/** A board's texts as widths, in ems of each one's own font. */
export type BoardMeasures = {
  /** 0 without a title. */
  readonly titleEm: number;
  /** 0 without a note. */
  readonly noteEm: number;
  readonly rows: readonly {
    readonly captionEm: number;
    /** In ems of the numbers' font. */ readonly valueEm: number;
  }[];
};

/** Where everything of a board goes. All in pixels. */
export type BoardPlan = {
  /** Of the numbers; the other sizes follow from it. */
  readonly valuePx: number;
  readonly captionPx: number;
  readonly titlePx: number;
  readonly notePx: number;
  readonly paddingXPx: number;
  /** Whether captions stand above their values, and not beside them. */
  readonly isStacked: boolean;
  /** Top edges of title and bar, of the rows' part, of the note; null where there is none. */
  readonly titleTopPx: number;
  readonly barTopPx: number | null;
  readonly barHeightPx: number;
  readonly noteTopPx: number;
  /** One for each row of the board, filling lines from the left. */
  readonly cells: readonly {
    readonly x: number;
    readonly y: number;
    readonly widthPx: number;
    readonly heightPx: number;
  }[];
  readonly columns: number;
};

export const CAPTION_SHARE = 0.64;
export const UNIT_SHARE = 0.58;
const TITLE_SHARE = 0.74;
const NOTE_SHARE = 0.46;
const PADDING_X = 0.55;
const PADDING_TOP = 0.42;
const PADDING_BOTTOM = 0.34;
/** Above and below the bar under the title. */
const BAR_AIR = 0.24;
const BAR = 0.08;
const LINE_BESIDE = 1.44;
const LINE_STACKED = 2.34;
const NOTE_LINE = 0.66;
const COLUMN_GAP = 0.9;
const CAPTION_GAP = 0.7;
/** Numbers this high fill a line of a wall; more is a shout. */
const HIGHEST_SHARE = 0.38;

/**
 * The arrangement with the largest type in which everything fits: arithmetic on widths in ems, all sizes being multiples of the counts'.
 * @param size of the cell
 */
export function planBoard(measures: BoardMeasures, size: Size): BoardPlan {
  const count = measures.rows.length;
  let best = { valuePx: 0, columns: 1, isStacked: false };
  for (const isStacked of [false, true]) {
    for (let columns = 1; columns <= count; columns += 1) {
      // Holes in the middle of a board look like something that is missing.
      if (columns > 1 && count % columns !== 0 && columns > count / 2 + 1) continue;
      const valuePx = largestPx(measures, size, columns, isStacked);
      // One column is read most easily: another arrangement has to be worth it.
      if (valuePx > best.valuePx * 1.08) best = { valuePx, columns, isStacked };
    }
  }
  return placed(measures, size, best);
}

function largestPx({ titleEm, noteEm, rows }: BoardMeasures, size: Size, columns: number, isStacked: boolean): number {
  const lines = Math.ceil(rows.length / columns);
  const highEm =
    PADDING_TOP +
    PADDING_BOTTOM +
    (titleEm > 0 ? TITLE_SHARE + 2 * BAR_AIR + BAR : 0) +
    lines * (isStacked ? LINE_STACKED : LINE_BESIDE) +
    (noteEm > 0 ? NOTE_LINE : 0);
  const cellEm = Math.max(
    ...rows.map(({ captionEm, valueEm }) => {
      const caption = captionEm * CAPTION_SHARE;
      return isStacked ? Math.max(caption, valueEm) : caption + CAPTION_GAP + valueEm;
    }),
  );
  const wideEm = Math.max(columns * cellEm + (columns - 1) * COLUMN_GAP, titleEm * TITLE_SHARE, noteEm * NOTE_SHARE);
  return Math.max(
    1,
    Math.floor(
      Math.min(size.heightPx / highEm, size.widthPx / (wideEm + 2 * PADDING_X), size.heightPx * HIGHEST_SHARE),
    ),
  );
}

function placed(
  { titleEm, noteEm, rows }: BoardMeasures,
  size: Size,
  { valuePx, columns, isStacked }: { valuePx: number; columns: number; isStacked: boolean },
): BoardPlan {
  const px = (em: number): number => Math.floor(em * valuePx);
  const paddingXPx = px(PADDING_X);
  const titleTopPx = px(PADDING_TOP);
  const barHeightPx = Math.max(2, px(BAR));
  const barTopPx = titleEm > 0 ? titleTopPx + px(TITLE_SHARE + BAR_AIR) : null;
  const top = barTopPx === null ? titleTopPx : barTopPx + barHeightPx + px(BAR_AIR);
  const noteHeightPx = noteEm > 0 ? px(NOTE_LINE) : 0;
  const bottom = size.heightPx - px(PADDING_BOTTOM) - noteHeightPx;
  const lines = Math.ceil(rows.length / columns);
  const heightPx = (bottom - top) / lines;
  const gapPx = px(COLUMN_GAP);
  const widthPx = Math.floor((size.widthPx - 2 * paddingXPx - (columns - 1) * gapPx) / columns);
  return {
    valuePx,
    captionPx: Math.max(1, px(CAPTION_SHARE)),
    titlePx: Math.max(1, px(TITLE_SHARE)),
    notePx: Math.max(1, px(NOTE_SHARE)),
    paddingXPx,
    isStacked,
    titleTopPx,
    barTopPx,
    barHeightPx,
    noteTopPx: bottom + Math.floor((noteHeightPx - px(NOTE_SHARE)) / 2),
    cells: rows.map((_, index) => ({
      x: paddingXPx + (index % columns) * (widthPx + gapPx),
      y: Math.round(top + Math.floor(index / columns) * heightPx),
      widthPx,
      heightPx: Math.floor(heightPx),
    })),
    columns,
  };
}

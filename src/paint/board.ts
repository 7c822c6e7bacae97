import type { Bitmap } from '../core/bitmap.js';
import type { Size } from '../core/geometry.js';
import { planBoard, UNIT_SHARE, type BoardMeasures, type BoardPlan } from './board-plan.js';
import { lineMarkup } from './line.js';
import { SMALLEST_TEXT_PX } from './sizes.js';
import { paintSvg, toOneLine } from './svg.js';
import { BASELINE_EM, textAdvancePx } from './text.js';

const WEIGHT = 'bold';
const CAPTION_OPACITY = 0.82;
const NOTE_COLOUR = '#8c98a5';
/** Amber, as on slates: something is missing. */
const MISSING_COLOUR = '#c9a15a';
const RULE_OPACITY = 0.14;
const BAR_COLOUR = '#4f7399';
const RULE_PX = 2;
/** Room that a number has at least, so that nothing changes its size while counts stay below ten thousand. */
const ROOMY_NUMBER = '0000';

/** A part of a value: a count, in large type, or the words around it. */
export type BoardPart = { readonly kind: 'count' | 'words'; readonly text: string };

/** A line of a board. `value` null: there is none that may be shown, and the words for that stand in its place. */
export type BoardRow = { readonly caption: string; readonly value: readonly BoardPart[] | null };

/** What a board is painted for. */
export type BoardRequest = {
  /** The board has exactly this size. */
  readonly size: Size;
  readonly title: string | null;
  readonly rows: readonly BoardRow[];
  /** What stands where a value is missing. */
  readonly missingWords: string;
  /** Beneath everything, such as since when data is missing; null: nothing. */
  readonly note: string | null;
  /** `#rrggbb` each: of the words, the counts, and behind them. */
  readonly colour: string;
  readonly numberColour: string;
  readonly background: string;
};

/**
 * Paints a board of counts: a title with a bar, under it captions with their values, counts large and in digits of one width.
 * The type is as large as everything fits with; nothing is cut. Opaque.
 */
export async function paintBoard(request: BoardRequest): Promise<Bitmap> {
  const { size, title, rows, colour } = request;
  const { plan, note } = await planned(request);
  const ground = `<rect width="${size.widthPx}" height="${size.heightPx}" fill="${request.background}"/>`;
  const pieces: string[] = [ground];
  if (title !== null && plan.barTopPx !== null) {
    pieces.push(text(title, plan.paddingXPx, plan.titleTopPx, plan.titlePx, colour));
    pieces.push(
      rectangle(plan.paddingXPx, plan.barTopPx, Math.round(plan.titlePx * 1.6), plan.barHeightPx, BAR_COLOUR),
    );
  }
  for (const [index, row] of rows.entries()) {
    const cell = plan.cells[index];
    if (cell === undefined) continue;
    if (index >= plan.columns) pieces.push(rule(cell.x, cell.y - RULE_PX / 2, cell.widthPx, RULE_PX, colour));
    pieces.push(...(await setRow(row, cell, plan, request)));
  }
  if (note !== null) pieces.push(text(note, plan.paddingXPx, plan.noteTopPx, plan.notePx, NOTE_COLOUR));
  return paintSvg(size, pieces.join(''));
}

/** The smallest type on a board of this size, in pixels: whether it can be read on LEDs. */
export async function smallestBoardTextPx(request: BoardRequest): Promise<number> {
  return Math.floor((await planned(request)).plan.valuePx * UNIT_SHARE);
}

/** The note goes where it could not be read. */
async function planned(request: BoardRequest): Promise<{ plan: BoardPlan; note: string | null }> {
  const measures = await measure(request);
  const plan = planBoard(measures, request.size);
  if (request.note === null || plan.notePx >= SMALLEST_TEXT_PX) return { plan, note: request.note };
  return { plan: planBoard({ ...measures, noteEm: 0 }, request.size), note: null };
}

async function measure({ title, rows, note, missingWords }: BoardRequest): Promise<BoardMeasures> {
  const missingEm = (await em(missingWords)) * UNIT_SHARE;
  return {
    titleEm: title === null ? 0 : await em(title),
    noteEm: note === null ? 0 : await em(note),
    rows: await Promise.all(
      rows.map(async ({ caption, value }) => ({
        captionEm: await em(caption),
        valueEm: Math.max(missingEm, value === null ? 0 : await valueEm(value, true)),
      })),
    ),
  };
}

/** @param isRoomy with the room that counts are given, and not what they take */
async function valueEm(value: readonly BoardPart[], isRoomy: boolean): Promise<number> {
  let width = 0;
  for (const { kind, text: words } of value) {
    if (kind === 'words') width += (await em(words)) * UNIT_SHARE;
    else width += Math.max(await em(words), isRoomy ? await em(ROOMY_NUMBER) : 0);
  }
  return width;
}

/** Width in ems of its own font. */
function em(line: string): Promise<number> {
  return textAdvancePx(line, { fontSizePx: 1, weight: WEIGHT });
}

async function setRow(
  { caption, value }: BoardRow,
  cell: BoardPlan['cells'][number],
  plan: BoardPlan,
  { colour, numberColour, missingWords }: BoardRequest,
): Promise<string[]> {
  const { valuePx, captionPx, isStacked } = plan;
  const wordsPx = Math.max(1, Math.floor(valuePx * UNIT_SHARE));
  const highPx = isStacked ? captionPx + valuePx * 1.32 : valuePx;
  const top = cell.y + (cell.heightPx - highPx) / 2;
  // Captions and values stand on one line when they are beside one another.
  const valueBaselinePx = Math.round(top + highPx - (1 - BASELINE_EM) * valuePx);
  const captionBaselinePx = isStacked ? Math.round(top + BASELINE_EM * captionPx) : valueBaselinePx;
  const pieces = [line(caption, cell.x, captionBaselinePx, captionPx, colour, CAPTION_OPACITY)];
  const parts = value ?? [{ kind: 'words', text: missingWords } as const];
  const widthPx = (await valueEm(parts, false)) * valuePx;
  let xPx = isStacked ? cell.x : cell.x + cell.widthPx - widthPx;
  for (const part of parts) {
    const isCount = part.kind === 'count';
    const fontSizePx = isCount ? valuePx : wordsPx;
    const ink = value === null ? MISSING_COLOUR : isCount ? numberColour : colour;
    pieces.push(line(part.text, xPx, valueBaselinePx, fontSizePx, ink));
    xPx += (await em(part.text)) * fontSizePx;
  }
  return pieces;
}

function text(words: string, xPx: number, topPx: number, fontSizePx: number, colour: string): string {
  return line(words, xPx, Math.round(topPx + BASELINE_EM * fontSizePx), fontSizePx, colour);
}

function line(words: string, xPx: number, baselinePx: number, fontSizePx: number, colour: string, opacity = 1): string {
  const markup = lineMarkup({ text: toOneLine(words), xPx, baselinePx, fontSizePx, weight: WEIGHT, colour });
  return opacity === 1 ? markup : `<g opacity="${opacity}">${markup}</g>`;
}

function rectangle(x: number, y: number, widthPx: number, heightPx: number, colour: string): string {
  return `<rect x="${x}" y="${y}" width="${widthPx}" height="${heightPx}" fill="${colour}"/>`;
}

function rule(x: number, y: number, widthPx: number, heightPx: number, colour: string): string {
  return `<g opacity="${RULE_OPACITY}">${rectangle(x, y, widthPx, heightPx, colour)}</g>`;
}

import type { Bitmap } from '../core/bitmap.js';
import { createBitmap } from '../core/bitmap.js';
import type { Size } from '../core/geometry.js';
import { labelFontSizePx } from './sizes.js';
import { lineMarkup } from './line.js';
import { outerAirEm } from './spacing.js';
import { rasterise } from './svg.js';
import { BASELINE_EM, fitText, textAdvancePx } from './text.js';

const PLATE_COLOUR = '#070b11';
const PLATE_OPACITY = 0.74;
const TEXT_COLOUR = '#f4f1e8';
const WEIGHT = 'bold';
/** In ems of the label's font. */
const PADDING_X_EM = 0.5;
const PLATE_HEIGHT_EM = 1.44;
const INSET_EM = 0.4;
const CORNER_EM = 0.22;
/** A plate covers no more of a tile than this. */
const WIDEST_SHARE = 0.92;
const HIGHEST_SHARE = 0.34;
const FEWEST_CHARACTERS = 2;

/** What a name plate is painted for. */
export type TileLabelRequest = {
  readonly name: string;
  readonly cell: Size;
  /** Keeps the plate of a very large cell in proportion; the cell's own height when absent. */
  readonly wallHeightPx?: number;
};

/** A painted name plate and where its top left corner goes, counted from the cell's. */
export type TileLabel = { readonly x: number; readonly y: number; readonly bitmap: Bitmap };

/**
 * Paints the name plate for the bottom left of a tile: light bold text on a dark plate that lets a little of the picture
 * through, names that are too long ending in an ellipsis.
 * @returns null when the cell is too small for anything that can be read, or the name is empty
 */
export async function paintTileLabel({ name, cell, wallHeightPx }: TileLabelRequest): Promise<TileLabel | null> {
  const fontSizePx = labelFontSizePx(cell.heightPx, wallHeightPx ?? cell.heightPx);
  const inset = Math.round(INSET_EM * fontSizePx);
  const padding = Math.round(PADDING_X_EM * fontSizePx);
  const heightPx = Math.round(PLATE_HEIGHT_EM * fontSizePx);
  const widestTextPx = Math.floor(cell.widthPx * WIDEST_SHARE) - inset - 2 * padding;
  if (heightPx + inset > cell.heightPx * HIGHEST_SHARE || widestTextPx < FEWEST_CHARACTERS * fontSizePx) return null;

  const style = { fontSizePx, weight: WEIGHT, colour: TEXT_COLOUR } as const;
  const text = await fitText(name, widestTextPx, style);
  if (text === '') return null;
  const air = outerAirEm(text);
  const textPx = (await textAdvancePx(text, style)) - (air.left + air.right) * fontSizePx;
  const widthPx = Math.ceil(textPx) + 2 * padding;
  const baselinePx = Math.round((heightPx - fontSizePx) / 2 + BASELINE_EM * fontSizePx);
  const size = { widthPx, heightPx };
  const corner = Math.round(CORNER_EM * fontSizePx);
  const plate = `<rect width="${widthPx}" height="${heightPx}" rx="${corner}" fill="${PLATE_COLOUR}" fill-opacity="${PLATE_OPACITY}"/>`;
  const rgba = await rasterise(
    size,
    plate + lineMarkup({ text, xPx: padding - air.left * fontSizePx, baselinePx, ...style }),
  );
  return { x: inset, y: cell.heightPx - inset - heightPx, bitmap: createBitmap(size, rgba) };
}

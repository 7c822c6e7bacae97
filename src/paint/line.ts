import { spacedPieces } from './spacing.js';
import { escapeXml } from './svg.js';

/** The weights that Debian's fonts-noto-cjk brings; anything else would be faked by smearing. */
export type FontWeight = 'regular' | 'bold';

const FAMILY = 'Noto Sans CJK SC';
const WEIGHTS: Readonly<Record<FontWeight, number>> = { regular: 400, bold: 700 };

/** One line of text as SVG. `tail` is markup put directly behind the text. */
export type Line = {
  readonly text: string;
  /** Where the pen starts. */
  readonly xPx: number;
  readonly baselinePx: number;
  readonly fontSizePx: number;
  readonly weight: FontWeight;
  /** `#rrggbb` */
  readonly colour: string;
  readonly tail?: string;
};

/** One line of text as an SVG element, with Chinese punctuation closed up as it is in print. */
export function lineMarkup(line: Line): string {
  const pieces = spacedPieces(line.text)
    .map(({ text, shiftEm }) =>
      shiftEm === 0 ? escapeXml(text) : `<tspan dx="${shiftEm * line.fontSizePx}">${escapeXml(text)}</tspan>`,
    )
    .join('');
  return (
    `<text x="${line.xPx}" y="${line.baselinePx}" xml:space="preserve" xml:lang="zh-Hans" font-family="${FAMILY}" ` +
    `font-weight="${WEIGHTS[line.weight]}" font-size="${line.fontSizePx}" fill="${line.colour}">${pieces}${line.tail ?? ''}</text>`
  );
}

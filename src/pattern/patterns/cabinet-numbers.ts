import type { Rectangle, Size } from '../../core/geometry.js';
import { BLACK, fill, fillRectangle, strokeRectangle, type Rgb } from '../drawing.js';
import type { PatternFamily, PatternPlace, PlacedCabinet, Sign } from '../pattern.js';

/** Grounds of neighbours on a chain differ; those of outputs differ in hue. Dark: the whole wall is lit by them. */
const GROUNDS: readonly (readonly [even: Rgb, odd: Rgb])[] = [
  [
    [10, 30, 56],
    [16, 46, 84],
  ],
  [
    [44, 26, 8],
    [68, 42, 14],
  ],
  [
    [12, 40, 20],
    [20, 62, 32],
  ],
  [
    [44, 14, 44],
    [66, 24, 66],
  ],
];
const BORDER: Rgb = [120, 132, 146];
const ARROW: Rgb = [255, 176, 0];
const ENTRY: Rgb = [0, 220, 70];
const EXIT: Rgb = [230, 40, 30];
const NUMBER_COLOUR = '#ffffff';
const DETAILS_COLOUR = '#b4bec9';

/** The parts of a cabinet's face; in the area. */
type Face = { readonly arrow: Rectangle; readonly number: Rectangle; readonly details: readonly Rectangle[] };

/** From which height of a cabinet on there is room for one line of details, and for two. */
const ONE_LINE_PX = 48;
const TWO_LINES_PX = 96;
/** A cabinet so much wider than high has its arrow beside its number. */
const LYING = 1.2;

function faceOf({ x, y, widthPx, heightPx }: Rectangle): Face {
  const insetPx = Math.max(1, Math.round(Math.min(widthPx, heightPx) * 0.06));
  const innerWidthPx = widthPx - 2 * insetPx;
  const innerHeightPx = heightPx - 2 * insetPx;
  const lineCount = heightPx >= TWO_LINES_PX ? 2 : heightPx >= ONE_LINE_PX ? 1 : 0;
  const linePx = Math.round(innerHeightPx * (lineCount === 2 ? 0.14 : 0.22));
  const upperPx = innerHeightPx - lineCount * linePx;
  const left = x + insetPx;
  const top = y + insetPx;
  const details = Array.from({ length: lineCount }, (_, line) => {
    return { x: left, y: top + upperPx + line * linePx, widthPx: innerWidthPx, heightPx: linePx };
  });
  if (widthPx >= heightPx * LYING) {
    const arrowPx = Math.round(Math.min(innerWidthPx * 0.28, upperPx * 0.7));
    return {
      arrow: { x: left, y: top, widthPx: arrowPx, heightPx: upperPx },
      number: { x: left + arrowPx, y: top, widthPx: innerWidthPx - arrowPx, heightPx: upperPx },
      details,
    };
  }
  const arrowPx = Math.round(upperPx * 0.3);
  return {
    arrow: { x: left, y: top, widthPx: innerWidthPx, heightPx: arrowPx },
    number: { x: left, y: top + arrowPx, widthPx: innerWidthPx, heightPx: upperPx - arrowPx },
    details,
  };
}

function signsOf(cabinet: PlacedCabinet, isOnlyOutput: boolean): readonly Sign[] {
  const { number, details } = faceOf(cabinet.rectangle);
  const { output, outputNumber, from, to } = cabinet;
  const own = String(cabinet.number ?? outputNumber);
  const whole = isOnlyOutput || cabinet.number === null ? own : `${outputNumber}-${own}`;
  const pixels = [`${from}–${to - 1}`, String(from)];
  const lines = details.length === 1 ? [[`${output} ${from}–${to - 1}`, ...pixels]] : [[output], pixels];
  return [
    { texts: [whole, own], box: number, shape: 'digits', largestPx: 400, smallestPx: 8, colour: NUMBER_COLOUR },
    ...details.map((box, line): Sign => {
      const texts = lines[line] ?? [];
      return { texts, box, shape: 'text', largestPx: 40, smallestPx: 8, colour: DETAILS_COLOUR };
    }),
  ];
}

function signs({ cabinets }: PatternPlace): readonly Sign[] {
  const isOnlyOutput = new Set(cabinets.map(({ output }) => output)).size === 1;
  return cabinets.flatMap((cabinet) => signsOf(cabinet, isOnlyOutput));
}

/** An arrow that points up: a head on a shaft, in the middle of its box. */
function drawArrow(into: Uint8Array, size: Size, box: Rectangle): void {
  const heightPx = Math.floor(Math.min(box.heightPx * 0.8, box.widthPx * 1.2));
  const headPx = Math.ceil(heightPx * 0.55);
  const middle = box.x + Math.floor(box.widthPx / 2);
  const top = box.y + Math.floor((box.heightPx - heightPx) / 2);
  for (let row = 0; row < headPx; row += 1) {
    const half = Math.round((row * 0.9 * heightPx) / 2 / Math.max(1, headPx - 1));
    fill(into, size, middle - half, top + row, middle + half + 1, top + row + 1, ARROW);
  }
  const shaft = Math.floor(heightPx * 0.12);
  fill(into, size, middle - shaft, top + headPx, middle + shaft + 1, top + heightPx, ARROW);
}

/** Where the chain comes in (green, with a tail along its first line) and where it leaves (red). */
function drawChain(into: Uint8Array, size: Size, { rectangle, first, lineEnd, last }: PlacedCabinet): void {
  const sidePx = Math.max(1, Math.round(Math.min(rectangle.widthPx, rectangle.heightPx) * 0.07));
  const alongX = Math.sign(lineEnd.x - first.x);
  const alongY = Math.sign(lineEnd.y - first.y);
  fillSquare(into, size, rectangle, last.x, last.y, sidePx, EXIT);
  for (let step = 0; step < 3; step += 1) {
    // Along the line, with a gap: square, dash.
    if (step === 1) continue;
    fillSquare(
      into,
      size,
      rectangle,
      first.x + alongX * step * sidePx,
      first.y + alongY * step * sidePx,
      sidePx,
      ENTRY,
    );
  }
}

/** A square that begins at a pixel by the cabinet's edge and grows inwards. */
function fillSquare(
  into: Uint8Array,
  size: Size,
  cabinet: Rectangle,
  x: number,
  y: number,
  sidePx: number,
  rgb: Rgb,
): void {
  const left = x < cabinet.x + cabinet.widthPx / 2 ? x : x - sidePx + 1;
  const top = y < cabinet.y + cabinet.heightPx / 2 ? y : y - sidePx + 1;
  fill(into, size, left, top, left + sidePx, top + sidePx, rgb);
}

/**
 * On every cabinet its number, with the number of its output where there are several (`2-7`), an arrow that points up when it
 * hangs as configured, the output's name and the cabinet's first and last pixel on the chain, and the corners at which the
 * chain comes in (green) and leaves (red).
 */
export const cabinetNumberPatterns = {
  'cabinet-numbers': {
    moves: false,
    signs,
    painter: ({ area, cabinets }) => ({
      paint: (into) => {
        fill(into, area, 0, 0, area.widthPx, area.heightPx, BLACK);
        for (const cabinet of cabinets) {
          const hues = GROUNDS[(cabinet.outputNumber - 1) % GROUNDS.length];
          const ground = hues?.[(cabinet.number ?? 0) % 2] ?? BLACK;
          fillRectangle(into, area, cabinet.rectangle, ground);
          strokeRectangle(into, area, cabinet.rectangle, 1, BORDER);
          drawArrow(into, area, faceOf(cabinet.rectangle).arrow);
          if (cabinet.number !== null) drawChain(into, area, cabinet);
        }
      },
    }),
  },
} as const satisfies PatternFamily;

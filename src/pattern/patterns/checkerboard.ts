import type { Pattern, PatternFamily } from '../pattern.js';

/** White and black squares, white in the top left corner: scaling on the way, swapped or shifted pixels, crosstalk. */
function checkerboard(sidePx: number): Pattern {
  return {
    moves: false,
    painter: ({ area: { widthPx, heightPx } }) => ({
      paint: (into) => {
        let at = 0;
        for (let y = 0; y < heightPx; y += 1)
          for (let x = 0; x < widthPx; x += 1, at += 3) {
            const isWhite = (Math.floor(x / sidePx) + Math.floor(y / sidePx)) % 2 === 0;
            into.fill(isWhite ? 255 : 0, at, at + 3);
          }
      },
    }),
  };
}

export const checkerboardPatterns = {
  'checkerboard-1': checkerboard(1),
  'checkerboard-2': checkerboard(2),
  'checkerboard-16': checkerboard(16),
} as const satisfies PatternFamily;

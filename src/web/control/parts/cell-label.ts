/** How a name is written into a cell of a drawing: lines, and the height of the type in wall pixels. */
export type CellLabel = { readonly lines: readonly string[]; readonly fontSize: number };

/**
 * Fits a name into a cell: in one line or two, as large as it can be up to `largest`. A name for which even `smallest`
 * is too large is cut short; null where not even two characters fit.
 */
export function fitLabel(
  name: string,
  widthPx: number,
  heightPx: number,
  smallest: number,
  largest: number,
): CellLabel | null {
  const candidates = [[name], inTwo(name)].map((lines) => ({
    lines,
    fontSize: Math.min(
      largest,
      (heightPx * 0.86) / (lines.length * 1.15),
      (widthPx * 0.92) / Math.max(...lines.map(widthInEms)),
    ),
  }));
  const best = candidates.reduce((a, b) => (b.fontSize > a.fontSize * 1.15 ? b : a));
  if (best.fontSize >= smallest) return best;
  if (heightPx < smallest * 1.1) return null;
  if (widthInEms(name) * smallest <= widthPx) return { lines: [name], fontSize: smallest };
  const characters = [...name];
  while (characters.length > 1 && widthInEms(`${characters.join('')}…`) * smallest > widthPx * 0.96) characters.pop();
  return characters.length < 2 ? null : { lines: [`${characters.join('')}…`], fontSize: smallest };
}

/** The name in two lines: at the space next to its middle, or in the middle. */
function inTwo(name: string): readonly string[] {
  const middle = name.length / 2;
  const spaces = [...name.matchAll(/ /g)].map(({ index }) => index);
  const at =
    spaces.length === 0
      ? Math.ceil(middle)
      : spaces.reduce((a, b) => (Math.abs(b - middle) < Math.abs(a - middle) ? b : a));
  return [name.slice(0, at).trim(), name.slice(at).trim()];
}

/** CJK characters are as wide as the type is high, others a little more than half. */
function widthInEms(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.6), 0);
}

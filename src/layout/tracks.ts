/** The columns or rows of a grid: from what was written to whole pixels that fill the wall exactly. */

/** One column or row in whole pixels; `endPx` is the first pixel after it. */
export type TrackSpan = { readonly startPx: number; readonly endPx: number };

/** Why tracks cannot be laid out. `track` is the index of the one to blame, where one is. */
export type TrackFailure =
  | { readonly kind: 'too-large'; readonly neededPx: number; readonly availablePx: number }
  | { readonly kind: 'not-filling'; readonly neededPx: number; readonly availablePx: number }
  | { readonly kind: 'vanishing'; readonly track: number };

type Track = { readonly value: number; readonly unit: 'fr' | 'px' | '%' };

/**
 * Lays tracks out along a length.
 * `px` is taken as it is, `%` is a share of the length without the gaps, `fr` shares what is left. Fractions of a pixel are given to the
 * tracks that lost most by rounding (largest remainder, the earlier first), so that the spans and the gaps between them fill the length exactly.
 * @param tracks such as `['2fr', '1fr', '48px']`, at least one
 * @param lengthPx whole pixels of the wall along this direction
 * @param gapPx whole pixels between neighbours
 */
export function layTracks(tracks: readonly string[], lengthPx: number, gapPx: number): TrackSpan[] | TrackFailure {
  const parsed = tracks.map(parseTrack);
  const availablePx = lengthPx - gapPx * (parsed.length - 1);
  const sizes = idealSizes(parsed, availablePx);
  if (!Array.isArray(sizes)) return sizes;
  const whole = roundToSum(sizes, availablePx);
  const vanishing = whole.findIndex((size) => size < 1);
  if (vanishing >= 0) return { kind: 'vanishing', track: vanishing };
  const spans: TrackSpan[] = [];
  let startPx = 0;
  for (const size of whole) {
    spans.push({ startPx, endPx: startPx + size });
    startPx += size + gapPx;
  }
  return spans;
}

/** Sizes with fractions whose sum is the available length. */
function idealSizes(tracks: readonly Track[], availablePx: number): number[] | TrackFailure {
  const shares = tracks.reduce((sum, track) => sum + (track.unit === 'fr' ? track.value : 0), 0);
  const fixedPx = tracks.reduce((sum, track) => sum + fixedSizePx(track, availablePx), 0);
  const percentPx = tracks.reduce((sum, track) => sum + (track.unit === '%' ? fixedSizePx(track, availablePx) : 0), 0);
  const restPx = availablePx - fixedPx;
  // Three times 33.3 % is meant to be all: with percentages, a pixel more or less a track is rounding and not a mistake.
  const tolerancePx = percentPx > 0 ? tracks.length : 1e-6;
  if (availablePx < tracks.length || restPx < -tolerancePx) {
    return { kind: 'too-large', neededPx: Math.ceil(fixedPx), availablePx: Math.max(0, availablePx) };
  }
  if (shares > 0) {
    return tracks.map((track) =>
      track.unit === 'fr' ? (Math.max(0, restPx) * track.value) / shares : fixedSizePx(track, availablePx),
    );
  }
  if (restPx > tolerancePx) return { kind: 'not-filling', neededPx: Math.floor(fixedPx), availablePx };
  const stretch = percentPx > 0 ? (percentPx + restPx) / percentPx : 1;
  return tracks.map((track) => fixedSizePx(track, availablePx) * (track.unit === '%' ? stretch : 1));
}

function fixedSizePx(track: Track, availablePx: number): number {
  if (track.unit === 'fr') return 0;
  return track.unit === 'px' ? track.value : (track.value * availablePx) / 100;
}

/** Whole numbers near the given ones, whose sum is `sum`: largest remainder, the earlier first. */
function roundToSum(sizes: readonly number[], sum: number): number[] {
  // Sizes such as 319.9999999 come from floating point and mean 320.
  const whole = sizes.map((size) => Math.floor(size + 1e-6));
  const byRemainder = sizes
    .map((size, index) => ({ index, remainder: size - (whole[index] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let missing = sum - whole.reduce((total, size) => total + size, 0);
  for (const { index } of missing < 0 ? byRemainder.reverse() : byRemainder) {
    if (missing === 0) break;
    const step = Math.sign(missing);
    whole[index] = (whole[index] ?? 0) + step;
    missing -= step;
  }
  return whole;
}

function parseTrack(text: string): Track {
  const match = /^(\d+(?:\.\d+)?)(fr|px|%)$/.exec(text);
  if (match === null) throw new RangeError(`not a track: ${text}`);
  return { value: Number(match[1]), unit: match[2] === 'fr' ? 'fr' : match[2] === 'px' ? 'px' : '%' };
}

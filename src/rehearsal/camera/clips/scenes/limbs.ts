/** A point relative to where a limb begins. */
export type Offset = readonly [x: number, y: number];

/** What everybody wears on their feet. */
export const SHOES = '#22242a';

/** A colour made darker (factor below 1) or lighter. @param colour `#rrggbb` */
export function shade(colour: string, factor: number): string {
  const channels = [1, 3, 5].map((at) =>
    Math.min(255, Math.round(Number.parseInt(colour.slice(at, at + 2), 16) * factor)),
  );
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The points of a limb: where it begins, and each joint relative to that. */
export function chain(from: Offset, steps: readonly [Offset, Offset]): Offset[] {
  return [from, ...steps.map(([x, y]): Offset => [from[0] + x, from[1] + y])];
}

/** A hand at the end of a limb. */
export function hand(points: readonly Offset[], skin: string): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="12" fill="${skin}"/>`;
}

/** A limb or anything else with round joints. */
export function line(points: readonly Offset[], width: number, colour: string): string {
  const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

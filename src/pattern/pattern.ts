import type { Bitmap } from '../core/bitmap.js';
import type { Rectangle, Size } from '../core/geometry.js';

/** A pixel of the area, counted from its top left corner. */
export type Point = { readonly x: number; readonly y: number };

/** A cabinet within the area of a pattern. All places are counted from the area's top left corner. */
export type PlacedCabinet = {
  /** Id of the output that drives it, and the number of that output on the wall, from 1. */
  readonly output: string;
  readonly outputNumber: number;
  /** Its number on the output's chain, from 1; null where the output has no map and all of it counts as one. */
  readonly number: number | null;
  readonly rectangle: Rectangle;
  /** Its first pixel on the chain, and one more than its last. */
  readonly from: number;
  readonly to: number;
  /** Where the chain comes in, where its first line ends, where it leaves. */
  readonly first: Point;
  readonly lineEnd: Point;
  readonly last: Point;
};

/** Where a pattern is put: a part of the wall, and the cabinets in it. */
export type PatternPlace = {
  /** In wall pixels, on the wall. */
  readonly area: Rectangle;
  readonly cabinets: readonly PlacedCabinet[];
};

/** The canvas that is drawn: `tick` rises by one with every canvas, `epochMs` is the time that people read. */
export type PatternMoment = { readonly tick: number; readonly epochMs: number };

/** Draws one pattern at one place. Everything that it needs was made with it: drawing allocates nothing. */
export interface PatternPainter {
  /** @param into every pixel of the area, RGB, 8 bits each, row by row: widthPx × heightPx × 3 bytes */
  paint(into: Uint8Array, moment: PatternMoment): void;
}

/** A text that is painted beforehand and laid over a pattern, in the middle of a box. */
export type Sign = {
  /** The first that fits is taken; none where none does. */
  readonly texts: readonly string[];
  /** In the area. */
  readonly box: Rectangle;
  /** `digits`: nothing in it reaches below the line, so that it may fill its box. */
  readonly shape: 'digits' | 'text';
  readonly largestPx: number;
  readonly smallestPx: number;
  /** `#rrggbb` */
  readonly colour: string;
};

/** Date and time that a pattern wants to be laid over it. */
export type ClockSign = { readonly box: Rectangle; readonly fontSizePx: number };

/** The figures 0 to 9, white on nothing, equally wide. */
export type Digits = readonly Bitmap[];

/** One test pattern. */
export type Pattern = {
  /** Whether every tick has a picture of its own; one that stands still is drawn once. */
  readonly moves: boolean;
  /** Where there is room, in its lower left corner, for the words that this is a test picture; absent: nowhere. */
  readonly label?: (place: PatternPlace) => Rectangle;
  /** The texts on it. */
  readonly signs?: (place: PatternPlace) => readonly Sign[];
  readonly clock?: (area: Size) => ClockSign | null;
  /** The height of the figures that its painter is given, in pixels; null for none. */
  readonly digitsPx?: (area: Size) => number | null;
  /** @param digits as `digitsPx` asked for them, empty for none */
  readonly painter: (place: PatternPlace, digits: Digits) => PatternPainter;
};

/** Some patterns of a kind, by name. */
export type PatternFamily = Readonly<Record<string, Pattern>>;

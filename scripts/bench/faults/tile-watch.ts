import type { Closable } from '../../../src/core/closing.js';
import { monotonicMs } from '../../../src/core/clock.js';
import { readFrameCounter } from '../../../src/rehearsal/camera/clips/frame-counter.js';
import type { ScreenWatch, WatchedFrame } from '../screen-watch.js';

/** A tile whose picture stands still for longer is interrupted. */
const INTERRUPTED_MS = 300;
/** A tile that was not to be touched may stand still for so long: then it would count as stale. */
const TOUCHED_MS = 1_000;
const SLATE_SPREAD = 24;
const SLATE_BRIGHTEST = 100;

/** Where a camera's tile is on the wall. */
export type TilePlace = {
  readonly camera: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** What one tile showed during a recording; moments on the monotonic clock. */
export type TileRecord = {
  readonly camera: string;
  readonly slateAtMs: number | null;
  /** The times in which the picture did not move. */
  readonly interruptions: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** How long it showed what is neither the test card nor a slate. */
  readonly damagedMs: number;
  readonly isTouched: boolean;
};

/** What was seen from the beginning of a recording to its end. */
export type Recording = {
  readonly tiles: readonly TileRecord[];
  readonly longestGapMs: number;
  /** When no tile showed its camera: the slate of the whole wall. */
  readonly wallSlateAtMs: number | null;
};

type Tile = {
  readonly place: TilePlace;
  readonly pixels: Uint8Array;
  counter: number | null;
  movedAtMs: number;
  movingSinceMs: number;
  slateAtMs: number | null;
  damagedMs: number;
  interruptions: { fromMs: number; toMs: number }[];
};

/**
 * Watches what passers-by see: reads the test card's counter out of the pixels of every tile of every picture that the
 * screen latched. Nothing that the service says of itself goes into it.
 */
export class TileWatch implements Closable {
  readonly #tiles: readonly Tile[];
  readonly #stop: () => void;
  #latest: WatchedFrame | null = null;
  #longestGapMs = 0;
  #wallSlateAtMs: number | null = null;
  /** The screen was not there: no picture could come. */
  #away = { fromMs: Infinity, toMs: Infinity };
  #begunAtMs = 0;

  constructor(screen: ScreenWatch, places: readonly TilePlace[]) {
    this.#tiles = places.map((place) => ({
      place,
      pixels: new Uint8Array(place.width * place.height * 3),
      counter: null,
      movedAtMs: 0,
      movingSinceMs: Number.POSITIVE_INFINITY,
      slateAtMs: null,
      damagedMs: 0,
      interruptions: [],
    }));
    this.#stop = screen.listen((frame) => this.#observe(frame));
  }

  /** Whether every tile has moved without interruption for so long. */
  areMoving(forMs: number): boolean {
    const nowMs = monotonicMs();
    return this.#tiles.every((tile) => nowMs - tile.movingSinceMs > forMs && nowMs - tile.movedAtMs < INTERRUPTED_MS);
  }

  /** Cameras whose tiles do not move. */
  still(): string[] {
    const nowMs = monotonicMs();
    return this.#tiles.filter((tile) => nowMs - tile.movedAtMs > INTERRUPTED_MS).map((tile) => tile.place.camera);
  }

  /** Whether the slate has been on all of these tiles since the recording began. */
  haveSlates(cameras: readonly string[]): boolean {
    if (this.#wallSlateAtMs !== null) return true;
    return this.#tiles.every((tile) => !cameras.includes(tile.place.camera) || tile.slateAtMs !== null);
  }

  /** Begins a recording. */
  begin(): void {
    this.#begunAtMs = monotonicMs();
    this.#longestGapMs = 0;
    this.#wallSlateAtMs = null;
    this.#away = { fromMs: Infinity, toMs: Infinity };
    for (const tile of this.#tiles) {
      tile.slateAtMs = null;
      tile.damagedMs = 0;
      tile.interruptions = [];
    }
  }

  /** From now on, and until it is back, pictures cannot come: what is missing then is no gap. */
  screenIsAway(): void {
    this.#away = { fromMs: monotonicMs(), toMs: Infinity };
  }

  screenIsBack(): void {
    this.#away = { ...this.#away, toMs: monotonicMs() };
  }

  /** Ends the recording. */
  end(): Recording {
    const nowMs = monotonicMs();
    const tiles = this.#tiles.map((tile): TileRecord => {
      const interruptions = [...tile.interruptions];
      if (nowMs - tile.movedAtMs > INTERRUPTED_MS) interruptions.push({ fromMs: tile.movedAtMs, toMs: Infinity });
      const isTouched = tile.slateAtMs !== null || interruptions.some(({ fromMs, toMs }) => toMs - fromMs > TOUCHED_MS);
      const { place, slateAtMs, damagedMs } = tile;
      return { camera: place.camera, slateAtMs, damagedMs, interruptions, isTouched };
    });
    return { tiles, longestGapMs: this.#longestGapMs, wallSlateAtMs: this.#wallSlateAtMs };
  }

  close(): Promise<void> {
    this.#stop();
    return Promise.resolve();
  }

  #observe(frame: WatchedFrame): void {
    const before = this.#latest;
    this.#latest = frame;
    const atMs = frame.latchedAtMonotonicMs;
    if (before !== null && atMs > this.#begunAtMs) {
      // Pictures that the screen latched and we did not see were no gap.
      const steps = Math.max(1, frame.frameNumber - before.frameNumber);
      const gapMs = (atMs - before.latchedAtMonotonicMs) / steps;
      const wasAway = before.latchedAtMonotonicMs < this.#away.toMs && atMs > this.#away.fromMs;
      if (!wasAway) this.#longestGapMs = Math.max(this.#longestGapMs, gapMs);
    }
    const stoodMs = before === null ? 0 : atMs - before.latchedAtMonotonicMs;
    const shows = this.#tiles.map((tile) => observeTile(tile, frame, stoodMs));
    if (!shows.includes('camera')) this.#wallSlateAtMs ??= atMs;
  }
}

/** @returns what the tile shows now */
function observeTile(tile: Tile, frame: WatchedFrame, stoodMs: number): 'camera' | 'slate' | 'else' {
  const atMs = frame.latchedAtMonotonicMs;
  const { x, y, width, height } = tile.place;
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * frame.widthPx + x) * 3;
    tile.pixels.set(frame.rgb.subarray(from, from + width * 3), row * width * 3);
  }
  const counter = readFrameCounter(tile.pixels, width, height);
  if (counter !== null && counter !== tile.counter) {
    if (atMs - tile.movedAtMs > INTERRUPTED_MS) {
      if (tile.movedAtMs > 0) tile.interruptions.push({ fromMs: tile.movedAtMs, toMs: atMs });
      tile.movingSinceMs = atMs;
    }
    tile.movedAtMs = atMs;
    tile.counter = counter;
  }
  if (counter !== null) return 'camera';
  if (isSlate(tile.pixels, width, height)) {
    tile.slateAtMs ??= atMs;
    return 'slate';
  }
  tile.damagedMs += stoodMs;
  return 'else';
}

/** The ground of a slate: dark, and the same all the way down, where the test card has its white edge. */
function isSlate(pixels: Uint8Array, width: number, height: number): boolean {
  let lowest = 255;
  let highest = 0;
  for (let row = 0; row < height; row += 1) {
    const green = pixels[row * width * 3 + 1] ?? 0;
    lowest = Math.min(lowest, green);
    highest = Math.max(highest, green);
  }
  return highest < SLATE_BRIGHTEST && highest - lowest < SLATE_SPREAD;
}

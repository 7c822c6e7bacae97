import type { Size } from '../core/geometry.js';

/** What a kind of source is, as far as layouts care. */
type KindFacts = {
  /** The smallest cell in which it can be read or seen at all. Chinese characters under 20 px are mush on LEDs, and a ticker needs air. */
  readonly smallest: Size;
  /** The list of the configuration that has them; null: there is one, whose id is its kind. */
  readonly list: 'cameras' | 'boards' | 'images' | null;
  /** Whether a cell's `fit` means something to it: it brings a shape of its own. */
  readonly hasShape: boolean;
};

/**
 * Everything that a cell can show, by kind. A further kind is one entry here; one that is painted, and not filmed, is besides a
 * folder of `src/source` with an entry in its registry.
 */
export const sourceKinds = {
  camera: { smallest: { widthPx: 16, heightPx: 16 }, list: 'cameras', hasShape: true },
  ticker: { smallest: { widthPx: 64, heightPx: 24 }, list: null, hasShape: false },
  clock: { smallest: { widthPx: 64, heightPx: 20 }, list: null, hasShape: false },
  board: { smallest: { widthPx: 96, heightPx: 48 }, list: 'boards', hasShape: false },
  image: { smallest: { widthPx: 16, heightPx: 16 }, list: 'images', hasShape: true },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type SourceKind = keyof typeof sourceKinds;

/** A source that is no camera. `name` is as people read it; null for those that every hall has, which each language names. */
export type OtherSource = {
  readonly id: string;
  readonly kind: Exclude<SourceKind, 'camera'>;
  readonly name: string | null;
};

/** The sources that every hall has, whatever its configuration says. Their ids are reserved. */
export const ownSources = [
  { id: 'ticker', kind: 'ticker', name: null },
  { id: 'clock', kind: 'clock', name: null },
] as const satisfies readonly OtherSource[];

/** The kind of a source that every hall has; null for any other id. */
export function ownKindOf(source: string): (typeof ownSources)[number]['kind'] | null {
  return ownSources.find(({ id }) => id === source)?.kind ?? null;
}

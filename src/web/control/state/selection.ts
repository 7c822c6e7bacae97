import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';

/** A camera on its way into a cell of the prepared layout. */
export type Placing = {
  readonly camera: string;
  /** Under finger or pointer, or chosen first, with the cell to be pressed then. */
  readonly way: 'drag' | 'press';
  /** The cell that it would fall into now. */
  readonly over: string | null;
};

/** What is picked up or opened at this desk; the wall knows nothing of it. */
export type Selection = {
  /** Id of the cell of the prepared layout for which a source is being chosen. */
  readonly cell: Signal<string | null>;
  readonly placing: Signal<Placing | null>;
};

export function createSelection(): Selection {
  return { cell: signal(null), placing: signal(null) };
}

import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { LayoutCatalogue } from '../../commands/layout-making.js';
import { drawingOf, isSame, layoutFrom } from '../../layout-editor/drawing.js';
import type { Drawing, GivenLayout } from '../../layout-editor/drawing.js';
import { historyOf, record, redo, undo } from '../../layout-editor/history.js';
import type { History } from '../../layout-editor/history.js';
import type { Outcome } from '../../layout-editor/operations.js';
import type { Guide } from '../../layout-editor/snapping.js';

/** Where a work comes from: a layout of the configuration, a draft, or nothing yet. */
export type WorkOrigin = {
  /** What stood in the page's address since it was begun, the latest first: it changes when it is saved. */
  readonly addresses: readonly [string, ...string[]];
  /** The layout that it replaces, null for a new one. */
  readonly replaces: string | null;
  readonly draft: { readonly id: string; readonly savedAtMs: number } | null;
  /** As it was kept last, null where it never was. */
  readonly kept: GivenLayout | null;
  readonly drawing: Drawing;
};

/** What is under the hand, and not done yet. */
type Live = { readonly drawing: Drawing; readonly guides: readonly Guide[] };

/** A layout on the drawing board. It outlives the view, so that looking elsewhere loses nothing. */
export type Work = {
  readonly origin: Signal<WorkOrigin>;
  readonly history: ReadonlySignal<History>;
  /** As it is seen: with what is under the hand. */
  readonly drawing: ReadonlySignal<Drawing>;
  readonly guides: ReadonlySignal<readonly Guide[]>;
  /** Names of the chosen cells, the one that counts first. */
  readonly selection: Signal<readonly string[]>;
  readonly isUnsaved: ReadonlySignal<boolean>;
  /** Lines draw what is moved to them; a shape of 16:9 is kept; a press adds to what is chosen. */
  readonly tools: {
    readonly snap: Signal<boolean>;
    readonly aspect: Signal<boolean>;
    readonly several: Signal<boolean>;
  };
  /** Shows a step that is not done yet; null ends it and changes nothing. */
  readonly show: (live: Live | null) => void;
  /** Does a step. @param topic steps of one topic are taken back together */
  readonly step: (drawing: Drawing, topic?: string) => void;
  /** Does a step, and goes on with its cells. */
  readonly does: (outcome: Outcome) => void;
  readonly undo: () => void;
  readonly redo: () => void;
};

export function createWork(first: WorkOrigin): Work {
  const origin = signal(first);
  const history = signal(historyOf(first.drawing));
  const live = signal<Live | null>(null);
  const selection = signal<readonly string[]>([]);
  const drawing = computed(() => live.value?.drawing ?? history.value.present);
  const go = (next: History): void => {
    history.value = next;
    live.value = null;
    const there = new Set(next.present.cells.map(({ id }) => id));
    selection.value = selection.value.filter((id) => there.has(id));
  };
  const step = (next: Drawing, topic?: string): void => go(record(history.value, next, topic ?? null));
  return {
    origin,
    history,
    drawing,
    guides: computed(() => live.value?.guides ?? []),
    selection,
    isUnsaved: computed(() => {
      const { kept } = origin.value;
      return kept === null || !isSame(layoutFrom(history.value.present), kept);
    }),
    tools: { snap: signal(true), aspect: signal(false), several: signal(false) },
    show: (next) => (live.value = next),
    step,
    does: (outcome) => {
      step(outcome.drawing);
      selection.value = outcome.selection;
    },
    undo: () => go(undo(history.value)),
    redo: () => go(redo(history.value)),
  };
}

/** The work that is open, if any: at most one. */
export const openWork = signal<Work | null>(null);

const DRAFT = 'draft:';

/** The address of a draft inside of the view. */
export function detailOfDraft(id: string): string {
  return DRAFT + id;
}

/** What an address means: a layout of the configuration, or a draft; null where there is none. */
export function originOf(detail: string, { layouts, drafts }: LayoutCatalogue): WorkOrigin | null {
  if (detail.startsWith(DRAFT)) {
    const found = drafts.find(({ id }) => detailOfDraft(id) === detail);
    if (found === undefined) return null;
    const { id, savedAtMs, layout, replaces } = found;
    return { addresses: [detail], replaces, draft: { id, savedAtMs }, kept: layout, drawing: drawingOf(layout) };
  }
  const layout = layouts.find(({ id }) => id === detail);
  return layout === undefined
    ? null
    : { addresses: [detail], replaces: layout.id, draft: null, kept: layout, drawing: drawingOf(layout) };
}

/** A number that no layout and no draft is called by yet. */
export function freeNumber({ layouts, drafts }: LayoutCatalogue): number {
  const taken = new Set([...layouts, ...drafts.map(({ layout }) => layout)].map(({ id }) => id));
  let number = 1;
  while (taken.has(`layout-${number}`)) number += 1;
  return number;
}

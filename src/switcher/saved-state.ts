import { z } from 'zod';
import type { Layout } from '../layout/layout.js';
import { automationThere, initialState, type Catalogue } from './reduce.js';
import type { Automation, SwitcherState } from './state.js';

/** What is kept of the switcher's state. A ticker text that nobody changed is null: then the configuration's counts. */
export const savedState = z.object({
  revision: z.int().min(0),
  studioMode: z.boolean(),
  program: z.string(),
  preview: z.string(),
  cellSources: z.record(z.string(), z.record(z.string(), z.string())),
  hiddenCells: z.record(z.string(), z.array(z.string())),
  tickerText: z.string().nullable(),
  urgentMessage: z
    .object({ text: z.string().max(200), untilMs: z.number() })
    .nullable()
    .default(null),
  transition: z.enum(['cut', 'fade']),
  fadeMs: z.int().min(50).max(20_000),
  blackout: z.boolean(),
  blackoutReason: z.string().nullable().default(null),
  brightness: z.number().min(0).max(100).nullable().default(null),
  freeze: z.boolean().default(false),
  freezeReason: z.string().nullable().default(null),
  automation: z
    .discriminatedUnion('mode', [
      z.object({ mode: z.literal('manual'), untilMs: z.number().nullable() }),
      z.object({ mode: z.literal('tour'), tour: z.string() }),
      z.object({ mode: z.literal('schedule') }),
    ])
    .default({ mode: 'manual', untilMs: null }),
});

/** What is kept of the switcher's state. */
export type SavedState = z.output<typeof savedState>;

/** What to keep. @param configuredText the ticker text of the configuration */
export function toSaved(state: SwitcherState, configuredText: string): SavedState {
  return {
    ...state,
    cellSources: structuredClone(state.cellSources),
    hiddenCells: structuredClone(state.hiddenCells) as SavedState['hiddenCells'],
    tickerText: state.tickerText === configuredText ? null : state.tickerText,
  };
}

/** A state that fits what there is now, and what had to be left behind: layouts, cells and sources that are gone. */
export type Restored = { readonly state: SwitcherState; readonly dropped: readonly string[] };

/** Brings a kept state to the layouts and sources of now. @param configuredText the ticker text of the configuration */
export function restore(saved: SavedState, catalogue: Catalogue, configuredText: string): Restored {
  const { layouts, sources } = catalogue;
  const byId = new Map(layouts.map((layout) => [layout.id, layout]));
  const first = initialState(layouts, configuredText);
  const dropped: string[] = [];
  const layoutOf = (id: string, instead: string): string => {
    if (byId.has(id)) return id;
    dropped.push(`layout ${id}`);
    return instead;
  };
  const program = layoutOf(saved.program, first.program);
  const preview = layoutOf(saved.preview, first.preview);
  const hasCell = (layout: Layout, cell: string): boolean => layout.cells.some(({ id }) => id === cell);
  const cellSources = keep(saved.cellSources, byId, dropped, (layout, cells) =>
    Object.fromEntries(
      Object.entries(cells).filter(([cell, source]) => {
        const stays = hasCell(layout, cell) && sources.has(source);
        if (!stays) dropped.push(`source ${source} of cell ${cell} in ${layout.id}`);
        return stays;
      }),
    ),
  );
  const hiddenCells = keep(saved.hiddenCells, byId, dropped, (layout, cells) =>
    cells.filter((cell) => {
      if (!hasCell(layout, cell)) dropped.push(`hidden cell ${cell} in ${layout.id}`);
      return hasCell(layout, cell);
    }),
  );
  const state = {
    ...saved,
    program,
    preview,
    cellSources,
    hiddenCells,
    tickerText: saved.tickerText ?? configuredText,
    automation: automationOf(saved, catalogue, dropped),
  };
  return { state, dropped };
}

/** A tour or a schedule that is gone leaves what it showed, in the hands of people. */
function automationOf({ automation }: SavedState, catalogue: Catalogue, dropped: string[]): Automation {
  const kept = automationThere(automation, catalogue);
  if (kept !== automation) dropped.push(automation.mode === 'tour' ? `tour ${automation.tour}` : 'schedule');
  return kept;
}

/** The entries of layouts that are there, each brought to what is in it. */
function keep<T>(
  entries: Readonly<Record<string, T>>,
  layouts: ReadonlyMap<string, Layout>,
  dropped: string[],
  fit: (layout: Layout, entry: T) => T,
): Record<string, T> {
  const kept: Record<string, T> = {};
  for (const [id, entry] of Object.entries(entries)) {
    const layout = layouts.get(id);
    if (layout === undefined) dropped.push(`cells of layout ${id}`);
    else kept[id] = fit(layout, entry);
  }
  return kept;
}

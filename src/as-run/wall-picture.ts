import type { AuditEvent } from '../audit/entry/entry.js';
import type { Actor, ShownCell, ShownTile } from '../audit/entry/wall-parts.js';
import type { Decided, WallShown } from '../audit/entry/wall-shown.js';
import type { TileStatus, WallEngine } from '../control/engine.js';
import type { TestPatternStatus } from '../control/test-pattern-desk.js';
import type { Layout } from '../layout/layout.js';
import { cellsShown } from '../switcher/reduce.js';
import type { SwitcherState } from '../switcher/state.js';

/** How the engine's state reads in the words of the audit log. */

/** The fields of an entry that says who changed what with which command. */
export type Cause = { readonly actor: Actor | null; readonly command: string | null };

type ShownCells = Extract<AuditEvent, { kind: 'cells' }>;

/** A layout with the cells that it shows now, overrides and hidden cells included. @returns null where there is no such layout */
export function cellsOnAir(engine: WallEngine, layoutId: string): Pick<ShownCells, 'layout' | 'cells'> | null {
  const layout = engine.layouts().find(({ id }) => id === layoutId);
  if (layout === undefined) return null;
  const names = new Map<string, string | null>([
    ...engine.tiles().map(({ camera, name }) => [camera, name] as const),
    ...engine.otherSources().map(({ id, name }) => [id, name] as const),
  ]);
  return { layout: { id: layout.id, name: layout.name }, cells: cellsOf(engine.state(), layout, names) };
}

function cellsOf(state: SwitcherState, layout: Layout, names: ReadonlyMap<string, string | null>): ShownCell[] {
  return cellsShown(state, layout).map(({ id, source, rectangle, z }) => {
    const { x, y, widthPx, heightPx } = rectangle;
    return { cell: id, source, name: names.get(source) ?? null, x, y, widthPx, heightPx, z };
  });
}

/** What of a tile is worth an entry. */
export function tileShown({ camera, name, state, reason, slate }: TileStatus): ShownTile {
  return { camera, name, state, reason, slate };
}

/** The test pattern that lies over the scene. */
export function patternShown(
  status: TestPatternStatus | null,
): Pick<Extract<AuditEvent, { kind: 'test-pattern' }>, 'pattern' | 'target' | 'by'> {
  if (status === null) return { pattern: null, target: null, by: null };
  const { pattern, target, by } = status;
  switch (target.kind) {
    case 'wall':
      return { pattern, target: 'wall', by };
    case 'output':
      return { pattern, target: `output ${target.output}`, by };
    case 'cabinet':
      return { pattern, target: `cabinet ${target.cabinet} of ${target.output}`, by };
  }
}

/** What the running line says: its template, or what is urgent. */
export function tickerShown({ tickerText, urgentMessage }: SwitcherState): string {
  return urgentMessage?.text ?? tickerText;
}

/** All counts, with their age. */
export function countsShown(engine: WallEngine, nowMs: number): Extract<AuditEvent, { kind: 'counts' }>['counts'] {
  return engine.counts().map(({ id, state, reason, values, readAtMs }) => ({
    id,
    state,
    reason,
    values: { ...values },
    ageMs: readAtMs === null ? null : Math.max(0, nowMs - readAtMs),
  }));
}

/** All that the wall shows now. Who decided it, the log may know from before. */
export function wallPicture(engine: WallEngine, nowMs: number): WallShown {
  const state = engine.state();
  const { program, blackout, blackoutReason, freeze, freezeReason } = state;
  const onAir = cellsOnAir(engine, program);
  const transition = { kind: 'cut', fadeMs: 0, prepared: null, tick: null };
  const since = <Value>(value: Value): Decided<Value> => ({ value, sinceMs: nowMs, decision: null });
  return {
    isRunning: true,
    layout: onAir === null ? null : since({ ...onAir, transition }),
    cells: null,
    ticker: since({ text: tickerShown(state) }),
    brightness: since({ percent: Math.round(engine.brightness().percent) }),
    blackout: since({ on: blackout, reason: blackoutReason }),
    freeze: since({ on: freeze, reason: freezeReason }),
    testPattern: since(patternShown(engine.testPatterns.current())),
    tiles: engine.tiles().map((tile) => ({ ...tileShown(tile), sinceMs: tile.sinceMs })),
    counts: { atMs: nowMs, counts: countsShown(engine, nowMs) },
  };
}

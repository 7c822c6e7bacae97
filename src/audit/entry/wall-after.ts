import type { AuditEntry, UnnumberedEntry } from './entry.js';
import type { Decided, WallShown } from './wall-shown.js';

/** What the wall shows after an entry. */
export function wallAfter(wall: WallShown, entry: UnnumberedEntry): WallShown {
  switch (entry.kind) {
    case 'shown': {
      const { layout, cells: shownCells, transition } = entry;
      return { ...wall, layout: decide(entry, { layout, cells: shownCells, transition }), cells: null };
    }
    case 'cells':
      return { ...wall, cells: decide(entry, { layout: entry.layout, cells: entry.cells }) };
    case 'ticker':
      return { ...wall, ticker: decide(entry, { text: entry.text }) };
    case 'brightness':
      return { ...wall, brightness: decide(entry, { percent: entry.percent }) };
    case 'blackout':
      return { ...wall, blackout: decide(entry, { on: entry.on, reason: entry.reason }) };
    case 'freeze':
      return { ...wall, freeze: decide(entry, { on: entry.on, reason: entry.reason }) };
    case 'test-pattern':
      return { ...wall, testPattern: decide(entry, { pattern: entry.pattern }) };
    case 'tile': {
      const { camera, name, state, reason, slate, atMs: sinceMs } = entry;
      const others = wall.tiles.filter((known) => known.camera !== camera);
      return { ...wall, tiles: [...others, { camera, name, state, reason, slate, sinceMs }] };
    }
    case 'counts':
      return { ...wall, counts: { atMs: entry.atMs, counts: entry.counts } };
    case 'service':
      if (entry.event === 'started') return { ...wall, isRunning: true };
      return entry.event === 'stopped' ? { ...wall, isRunning: false } : wall;
    case 'snapshot':
      return rememberDecisions(entry.wall, wall, entry.reason === 'started');
    default:
      return wall;
  }
}

function decide<Value>(
  {
    atMs,
    command,
    actor: person,
  }: { readonly atMs: number; readonly command: string | null } & Pick<AuditEntry, 'actor'>,
  value: Value,
): Decided<Value> {
  return { value, sinceMs: atMs, decision: command === null ? null : { atMs, command, actor: person } };
}

/**
 * A service that starts shows again what was decided before it ended, but does not know by whom; nor does it after a reload: what
 * is the same as before was decided by whoever decided it before.
 */
function rememberDecisions(next: WallShown, before: WallShown, isStart: boolean): WallShown {
  const remember = <Value>(
    value: Decided<Value> | null,
    earlier: Decided<Value> | null,
    identityOf: (value: Value) => unknown = (whole) => whole,
  ): Decided<Value> | null => {
    if (value === null || value.decision !== null || earlier === null) return value;
    if (JSON.stringify(identityOf(value.value)) !== JSON.stringify(identityOf(earlier.value))) return value;
    return { ...value, sinceMs: isStart ? value.sinceMs : earlier.sinceMs, decision: earlier.decision };
  };
  const cells = next.cells ?? (before.cells === null ? null : cellsOf(next));
  const kept = remember(cells, before.cells, sourcesOf);
  return {
    ...next,
    layout: remember(next.layout, before.layout, ({ layout }) => layout.id),
    cells: kept === null || (next.cells === null && kept.decision === null) ? null : kept,
    ticker: remember(next.ticker, before.ticker),
    brightness: remember(next.brightness, before.brightness),
    blackout: remember(next.blackout, before.blackout),
    freeze: remember(next.freeze, before.freeze),
    testPattern: remember(next.testPattern, before.testPattern),
  };
}

/** The cells of a snapshot, which are those of the moment. */
function cellsOf({ layout }: WallShown): WallShown['cells'] {
  if (layout === null) return null;
  return { value: { layout: layout.value.layout, cells: layout.value.cells }, sinceMs: layout.sinceMs, decision: null };
}

/** What is the same when nobody changed it, although a configuration may have moved it. */
function sourcesOf({ layout, cells }: NonNullable<WallShown['cells']>['value']): unknown {
  return [layout.id, cells.map(({ cell, source }) => [cell, source])];
}

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
      const { camera, name, state, reason, slate, onAir, atMs: sinceMs } = entry;
      const others = wall.tiles.filter((known) => known.camera !== camera);
      return { ...wall, tiles: [...others, { camera, name, state, reason, slate, onAir, sinceMs }] };
    }
    case 'counts':
      return { ...wall, counts: { atMs: entry.atMs, counts: entry.counts } };
    case 'service':
      if (entry.event === 'started') return { ...wall, isRunning: true };
      return entry.event === 'stopped' ? { ...wall, isRunning: false } : wall;
    case 'snapshot':
      return rememberDecisions(entry.wall, wall);
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
 * A service that starts shows again what was decided before it ended, but does not know by whom: what is the same as before was
 * decided by whoever decided it before.
 */
function rememberDecisions(next: WallShown, before: WallShown): WallShown {
  return {
    ...next,
    layout: remember(next.layout, before.layout, ({ layout }) => layout.id),
    cells: remember(next.cells, before.cells, ({ layout, cells: list }) => [
      layout.id,
      list.map(({ cell, source }) => [cell, source]),
    ]),
    ticker: remember(next.ticker, before.ticker),
    brightness: remember(next.brightness, before.brightness),
    blackout: remember(next.blackout, before.blackout),
    freeze: remember(next.freeze, before.freeze),
    testPattern: remember(next.testPattern, before.testPattern),
  };
}

function remember<Value>(
  next: Decided<Value> | null,
  before: Decided<Value> | null,
  identityOf: (value: Value) => unknown = (value) => value,
): Decided<Value> | null {
  if (next === null || next.decision !== null || before === null) return next;
  const isSame = JSON.stringify(identityOf(next.value)) === JSON.stringify(identityOf(before.value));
  return isSame ? { ...next, decision: before.decision } : next;
}

import type { Controller, Count, Output, Received, Statistics, Tile, Wall } from './hall.js';

/** Something that is not as it should be. `alarm`: the public sees it or may; `warning`: not yet. */
export type Problem = { readonly level: 'alarm' | 'warning' } & (
  | { readonly kind: 'wall-not-ticking' }
  | { readonly kind: 'wall-slow'; readonly rate: number; readonly wanted: number }
  | { readonly kind: 'tile-on-air' | 'tile-hidden'; readonly name: string; readonly state: Tile['state'] }
  | { readonly kind: 'output-unreachable'; readonly name: string; readonly reason: string | null }
  | { readonly kind: 'controller-silent'; readonly name: string; readonly reason: string }
  | { readonly kind: 'controller-differs'; readonly name: string; readonly alarm: Controller['alarms'][number] }
  | { readonly kind: 'count-old'; readonly name: string }
  | { readonly kind: 'blackout' | 'freeze' }
  | { readonly kind: 'test-pattern'; readonly by: string }
);

/** What may go wrong in a cabinet before anybody sees it. */
const UNSEEN: ReadonlySet<Controller['alarms'][number]['code']> = new Set(['temperature', 'voltage']);

/** All that is wrong, worst first. */
export function problemsOf(
  wall: Wall,
  statistics: Statistics,
  tiles: readonly Received<Tile>[],
  counts: readonly Count[],
  outputs: readonly Output[],
  controllers: readonly Controller[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const wanted = wall.wall.framesPerSecond;
  if (!statistics.ticking) problems.push({ level: 'alarm', kind: 'wall-not-ticking' });
  else if (statistics.ticksPerSecond < wanted * 0.9 && statistics.ticks > wanted * 2) {
    problems.push({ level: 'alarm', kind: 'wall-slow', rate: Math.round(statistics.ticksPerSecond), wanted });
  }
  for (const { output, reachability } of outputs) {
    if (reachability.state === 'unreachable') {
      problems.push({ level: 'alarm', kind: 'output-unreachable', name: output, reason: reachability.reason });
    }
  }
  for (const { controller: name, reason, alarms } of controllers) {
    for (const alarm of alarms) {
      problems.push({ level: UNSEEN.has(alarm.code) ? 'warning' : 'alarm', kind: 'controller-differs', name, alarm });
    }
    if (reason !== null) problems.push({ level: 'warning', kind: 'controller-silent', name, reason });
  }
  for (const { value: tile } of tiles) {
    if (tile.state === 'live' || (tile.state === 'off' && !tile.onAir)) continue;
    problems.push({
      level: tile.onAir ? 'alarm' : 'warning',
      kind: tile.onAir ? 'tile-on-air' : 'tile-hidden',
      name: tile.name,
      state: tile.state,
    });
  }
  for (const count of counts) {
    if (count.state === 'stale' || count.state === 'failed') {
      problems.push({ level: 'warning', kind: 'count-old', name: count.id });
    }
  }
  if (wall.testPattern !== null) problems.push({ level: 'warning', kind: 'test-pattern', by: wall.testPattern.by });
  if (wall.freeze) problems.push({ level: 'warning', kind: 'freeze' });
  if (wall.blackout) problems.push({ level: 'warning', kind: 'blackout' });
  return problems.sort((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'));
}

import type { PixelMap, Wall } from './hall.js';

/** What a test picture is put on. */
export type PatternTarget = NonNullable<Wall['testPattern']>['target'];

export function isCabinet(target: PatternTarget, output: string, cabinet: number): boolean {
  return target.kind === 'cabinet' && target.output === output && target.cabinet === cabinet;
}

/** The target as far as it is there: another configuration may have taken its output or cabinet away. */
export function targetThere(
  target: PatternTarget,
  outputs: readonly string[],
  maps: readonly PixelMap[] | null,
): PatternTarget {
  if (target.kind === 'wall' || maps === null) return target;
  if (!outputs.includes(target.output)) return { kind: 'wall' };
  if (target.kind === 'output') return target;
  const cabinets = maps.find(({ output }) => output === target.output)?.cabinets ?? [];
  return cabinets.some(({ number }) => number === target.cabinet) ? target : { kind: 'output', output: target.output };
}

/**
 * The state folder holds what the page knows, in signals, and pure functions over it. Nothing is assumed:
 * what a command changed appears here only when the server said so.
 */
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { VendorEvent, VendorResponse } from '../../../control/vendor.js';

/** What the wall is and shows. */
export type Wall = Omit<VendorEvent<'WallChanged'>, 'statistics'>;
export type Statistics = VendorEvent<'WallChanged'>['statistics'];
export type Tile = VendorEvent<'TileChanged'>;
export type Count = VendorEvent<'CountChanged'>;
export type Output = VendorEvent<'OutputChanged'>;
export type Controller = VendorEvent<'ControllerChanged'>;
export type Brightness = VendorEvent<'BrightnessChanged'>;
export type ScheduleDay = NonNullable<VendorResponse<'GetSchedule'>['day']>;
export type PixelMap = VendorResponse<'GetPixelMaps'>['pixelMaps'][number];
export type WallLayout = Wall['layouts'][number];
export type WallCell = WallLayout['cells'][number];

/** Something and when it came, in milliseconds of `performance.now()`: its ages go on from there. */
export type Received<Value> = { readonly value: Value; readonly receivedAtMs: number };

/** Rates are reckoned over so long: answers come a little early or late. */
const RATE_OVER_MS = 2_500;

/** All that the server told us. Null until it did. */
export type Hall = {
  readonly wall: Signal<Wall | null>;
  readonly statistics: Signal<Statistics | null>;
  readonly tiles: Signal<readonly Received<Tile>[] | null>;
  readonly counts: Signal<readonly Count[] | null>;
  readonly outputs: Signal<readonly Output[] | null>;
  /** Pictures a second that each output was given lately, by its id; known from the second look on. */
  readonly outputRates: Signal<ReadonlyMap<string, number>>;
  /** What the rates are reckoned from. */
  outputLook: { readonly atMs: number; readonly outputs: readonly Output[] } | null;
  readonly controllers: Signal<readonly Controller[] | null>;
  /** Epoch milliseconds at which another configuration came into use, as far as that was heard of; null before. */
  readonly configurationLoadedAtMs: Signal<number | null>;
  /** Counts up whenever a draft of a layout came, changed or went. */
  readonly draftsChanged: Signal<number>;
  readonly brightness: Signal<Brightness | null>;
  /** Names of the test pictures. */
  readonly patterns: Signal<readonly string[] | null>;
  /** From today on; empty without a schedule, null while nobody has wanted to see it. */
  readonly scheduleDays: Signal<readonly ScheduleDay[] | null>;
  /** Null while nobody wants to see them. */
  readonly pixelMaps: Signal<readonly PixelMap[] | null>;
};

export function createHall(): Hall {
  return {
    wall: signal(null),
    statistics: signal(null),
    tiles: signal(null),
    counts: signal(null),
    outputs: signal(null),
    outputRates: signal(new Map()),
    outputLook: null,
    controllers: signal(null),
    configurationLoadedAtMs: signal(null),
    draftsChanged: signal(0),
    brightness: signal(null),
    patterns: signal(null),
    scheduleDays: signal(null),
    pixelMaps: signal(null),
  };
}

/**
 * Takes in the whole wall, unless a newer one is there already; a restarted service counts from the start.
 * What did not change is not replaced, so that the figures that come every second redraw only themselves.
 */
export function applyWall(hall: Hall, { statistics, ...wall }: VendorEvent<'WallChanged'>): void {
  const held = hall.wall.peek();
  const restarted = hall.statistics.peek()?.startedAtMs !== statistics.startedAtMs;
  hall.statistics.value = statistics;
  if (held !== null && !restarted && wall.revision < held.revision) return;
  if (JSON.stringify(held) !== JSON.stringify(wall)) hall.wall.value = wall;
}

export function applyTiles(hall: Hall, { tiles }: VendorResponse<'GetTiles'>): void {
  const receivedAtMs = performance.now();
  hall.tiles.value = tiles.map((value) => ({ value, receivedAtMs }));
}

export function applyTile(hall: Hall, tile: Tile): void {
  const received = { value: tile, receivedAtMs: performance.now() };
  hall.tiles.value = replaced(hall.tiles.peek() ?? [], received, (other) => other.value.camera === tile.camera);
}

export function applyCounts(hall: Hall, { counts }: VendorResponse<'GetCounts'>): void {
  hall.counts.value = counts;
}

export function applyCount(hall: Hall, count: Count): void {
  hall.counts.value = replaced(hall.counts.peek() ?? [], count, (other) => other.id === count.id);
}

export function applyOutputs(hall: Hall, { outputs }: VendorResponse<'GetOutputs'>): void {
  const atMs = performance.now();
  hall.outputs.value = outputs;
  if (hall.outputLook !== null && atMs - hall.outputLook.atMs < RATE_OVER_MS) return;
  hall.outputRates.value = ratesOf(hall.outputLook, outputs, atMs);
  hall.outputLook = { atMs, outputs };
}

/** Pictures a second between two looks; an output that counts anew, as after a restart, is not known yet. */
export function ratesOf(
  before: { readonly atMs: number; readonly outputs: readonly Output[] } | null,
  now: readonly Output[],
  nowMs: number,
): ReadonlyMap<string, number> {
  const rates = new Map<string, number>();
  if (before === null || nowMs <= before.atMs) return rates;
  for (const { output, frames } of now) {
    const earlier = before.outputs.find((other) => other.output === output);
    if (earlier === undefined || earlier.frames > frames) continue;
    rates.set(output, ((frames - earlier.frames) * 1_000) / (nowMs - before.atMs));
  }
  return rates;
}

export function applyOutput(hall: Hall, output: Output): void {
  hall.outputs.value = replaced(hall.outputs.peek() ?? [], output, (other) => other.output === output.output);
}

export function applyControllers(hall: Hall, { controllers }: VendorResponse<'GetControllers'>): void {
  hall.controllers.value = controllers;
}

export function applyController(hall: Hall, controller: Controller): void {
  const matches = (other: Controller): boolean => other.controller === controller.controller;
  hall.controllers.value = replaced(hall.controllers.peek() ?? [], controller, matches);
}

export function applyBrightness(hall: Hall, brightness: Brightness): void {
  if (JSON.stringify(hall.brightness.peek()) !== JSON.stringify(brightness)) hall.brightness.value = brightness;
}

export function applyPatterns(hall: Hall, { patterns }: VendorResponse<'GetTestPatterns'>): void {
  hall.patterns.value = patterns;
}

/** The list with its matching entry replaced in place, or with the new one at the end. */
function replaced<Entry>(list: readonly Entry[], entry: Entry, matches: (other: Entry) => boolean): readonly Entry[] {
  return list.some(matches) ? list.map((other) => (matches(other) ? entry : other)) : [...list, entry];
}

/** Whether the layout stands in the configuration: the others are one camera over the whole wall each. */
export function isWritten({ fullScreenOf }: WallLayout): boolean {
  return fullScreenOf === null;
}

/** The layout with this id, if there is one. */
export function layoutOf(wall: Wall, id: string): WallLayout | null {
  return wall.layouts.find((layout) => layout.id === id) ?? null;
}

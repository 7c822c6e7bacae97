import { afterEach, describe, expect, it } from 'vitest';
import { monotonicMs } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import type { PatternPlace } from '../../src/pattern/pattern.js';
import { preparePattern, type PreparedPattern } from '../../src/pattern/prepare.js';
import type { PatternName } from '../../src/pattern/registry.js';
import { Compositor } from '../../src/wall/compositor.js';
import { Wall } from '../../src/wall/wall.js';
import { eventually } from '../eventually.js';
import { pixel, plain, scene } from './pictures.js';

const SIZE = { widthPx: 40, heightPx: 20 };
const SCENE = [10, 20, 30] as const;
const RED = [255, 0, 0];
const BLACK = [0, 0, 0];

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

function whole(): ReturnType<typeof scene> {
  return scene(1, { kind: 'bitmap', x: 0, y: 0, bitmap: plain(SIZE, SCENE) });
}

function on(pattern: PatternName, area: PatternPlace['area'] = { x: 0, y: 0, ...SIZE }): Promise<PreparedPattern> {
  return preparePattern(pattern, { area, cabinets: [] }, { timeZone: 'UTC', language: 'zh-CN' });
}

describe('a test pattern in the compositor', () => {
  const make = (): { compositor: Compositor; at: (monotonicMs: number, x?: number, y?: number) => number[] } => {
    const compositor = new Compositor(
      SIZE,
      () => {
        throw new Error('no running line here');
      },
      (failure) => {
        throw failure;
      },
    );
    compositor.setScene(whole());
    const canvas = new Uint8Array(SIZE.widthPx * SIZE.heightPx * 3);
    const at = (monotonicMs: number, x = 5, y = 5): number[] => {
      compositor.compose(canvas, { monotonicMs, epochMs: 0, tick: 1 });
      return pixel(canvas, SIZE.widthPx, x, y);
    };
    return { compositor, at };
  };

  it('lies over the scene and under a blackout, until its time is over', async () => {
    const { compositor, at } = make();
    expect(at(0)).toEqual([...SCENE]);
    compositor.setPattern(await on('red'), 1_000);
    expect(at(40)).toEqual(RED);
    compositor.setBlackout(true);
    expect(at(80)).toEqual(BLACK);
    compositor.setBlackout(false);
    expect(at(999)).toEqual(RED);
    expect(compositor.hasPattern).toBe(true);
    expect(at(1_000)).toEqual([...SCENE]);
    expect(compositor.hasPattern).toBe(false);
    expect(at(900)).toEqual([...SCENE]);
  });

  it('ends under a blackout as well', async () => {
    const { compositor, at } = make();
    compositor.setPattern(await on('red'), 1_000);
    compositor.setBlackout(true);
    at(1_001);
    expect(compositor.hasPattern).toBe(false);
  });

  it('lies over a fade, and scenes go on underneath', async () => {
    const { compositor, at } = make();
    compositor.setPattern(await on('red'), 10_000);
    at(0);
    compositor.setScene(scene(2, { kind: 'bitmap', x: 0, y: 0, bitmap: plain(SIZE, [0, 0, 90]) }), 400);
    expect(at(40)).toEqual(RED);
    expect(compositor.sceneNumber).toBe(2);
    expect(at(400)).toEqual(RED);
    expect(at(440)).toEqual(RED);
    compositor.setPattern(null);
    expect(at(480)).toEqual([0, 0, 90]);
  });

  it('lies over a picture that is held, and is no part of what is held', async () => {
    const { compositor, at } = make();
    const sign = { kind: 'bitmap', x: 0, y: 0, bitmap: plain({ widthPx: 2, heightPx: 2 }, [9, 9, 9]) } as const;
    compositor.setPattern(await on('red'), 1_000);
    compositor.setFreeze(sign);
    expect(at(40)).toEqual(RED);
    compositor.setScene(scene(2, { kind: 'bitmap', x: 0, y: 0, bitmap: plain(SIZE, [0, 0, 90]) }));
    expect(at(80, 0, 0)).toEqual(RED);
    expect(at(1_000)).toEqual([...SCENE]);
    expect(at(1_040, 0, 0)).toEqual([9, 9, 9]);
  });

  it('leaves the rest of the wall as it is', async () => {
    const { compositor, at } = make();
    compositor.setPattern(await on('red', { x: 10, y: 4, widthPx: 8, heightPx: 6 }), 1_000);
    for (const [x, y, expected] of [
      [9, 4, SCENE],
      [10, 3, SCENE],
      [10, 4, RED],
      [17, 9, RED],
      [18, 9, SCENE],
      [17, 10, SCENE],
    ] as const)
      expect(at(1, x, y)).toEqual([...expected]);
  });
});

describe('a test pattern on the wall', () => {
  const start = async (): Promise<{ wall: Wall; shown: () => number[] }> => {
    const wall = await Wall.start({ size: SIZE, framesPerSecond: 25, outputs: [], log: silentLogger });
    opened.push(wall);
    wall.setScene(whole());
    return { wall, shown: () => pixel(wall.program.read()?.pixels ?? new Uint8Array(3), SIZE.widthPx, 5, 5) };
  };

  it('ends in the thread of the wall while everything else stands still', async () => {
    const { wall, shown } = await start();
    const ended: number[] = [];
    wall.on('patternEnded', (number) => ended.push(number));
    const order = { number: 7, pattern: await on('red'), endsAtMs: monotonicMs() + 600 };
    wall.setPattern(order);
    await eventually(() => expect(shown()).toEqual(RED));
    // Nothing happens in this thread for so long: no timer, no message.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, order.endsAtMs - monotonicMs()) + 400);
    expect(shown()).toEqual([...SCENE]);
    expect(ended).toEqual([]);
    await eventually(() => expect(ended).toEqual([7]));
  });

  it('counts the frames as the program does', async () => {
    const { wall } = await start();
    wall.setPattern({ number: 1, pattern: await on('moving-column'), endsAtMs: monotonicMs() + 60_000 });
    const seen = new Map<number, number>();
    await eventually(() => {
      const program = wall.program.read();
      const row = Array.from({ length: SIZE.widthPx }, (_, x) =>
        pixel(program?.pixels ?? new Uint8Array(3), SIZE.widthPx, x, 0),
      );
      const column = row.findIndex(([red]) => red === 255);
      if (program !== null && column >= 0) seen.set(program.sequence, column);
      expect(seen.size).toBeGreaterThanOrEqual(5);
    });
    for (const [tick, column] of seen) expect(column).toBe(tick % SIZE.widthPx);
  });

  it('is taken away by the next order, and by the last scene', async () => {
    const { wall, shown } = await start();
    const endsAtMs = monotonicMs() + 60_000;
    wall.setPattern({ number: 1, pattern: await on('red'), endsAtMs });
    await eventually(() => expect(shown()).toEqual(RED));
    wall.setPattern({ number: 2, pattern: await on('blue'), endsAtMs });
    await eventually(() => expect(shown()).toEqual([0, 0, 255]));
    wall.setPattern(null);
    await eventually(() => expect(shown()).toEqual([...SCENE]));
    wall.setPattern({ number: 3, pattern: await on('red'), endsAtMs });
    await eventually(() => expect(shown()).toEqual(RED));
    wall.setLastScene(scene(2, { kind: 'bitmap', x: 0, y: 0, bitmap: plain(SIZE, [1, 2, 3]) }));
    wall.setPattern({ number: 4, pattern: await on('blue'), endsAtMs });
    await eventually(() => expect(shown()).toEqual([1, 2, 3]));
  });

  it('that cannot be shown counts as ended, and leaves the scene', async () => {
    const { wall, shown } = await start();
    const ended: number[] = [];
    wall.on('patternEnded', (number) => ended.push(number));
    const area = { x: 0, y: 0, widthPx: 400, heightPx: 200 };
    const clock = await preparePattern(
      'frame-counter',
      { area, cabinets: [] },
      { timeZone: 'Nowhere/Atall', language: 'zh-CN' },
    );
    wall.setPattern({ number: 5, pattern: clock, endsAtMs: monotonicMs() + 60_000 });
    await eventually(() => expect(ended).toEqual([5]));
    expect(shown()).toEqual([...SCENE]);
  });
});

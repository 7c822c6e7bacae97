import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { pixelMapsOf } from '../../src/engine/pixel-maps.js';
import { counterLayout, readCounter } from '../../src/pattern/counter-cells.js';
import type { PatternMoment, PatternPainter } from '../../src/pattern/pattern.js';
import { placeOf, type PatternTarget } from '../../src/pattern/place.js';
import { preparePattern } from '../../src/pattern/prepare.js';
import { patternNames, patternOf, type PatternName } from '../../src/pattern/registry.js';
import { compositorWith, drawAt, MOMENT, OUTPUTS, TICK_MS, WALL } from './wall-of-six.js';

const CABINET: PatternTarget = { kind: 'cabinet', output: 'bottom', cabinet: 2 };

async function painterOf(
  name: PatternName,
  target: PatternTarget,
): Promise<{ painter: PatternPainter; bytes: number }> {
  const place = placeOf(target, pixelMapsOf(OUTPUTS, WALL), WALL);
  const { digits } = await preparePattern(name, place, { timeZone: 'UTC', language: 'zh-CN' });
  return { painter: patternOf(name).painter(place, digits), bytes: place.area.widthPx * place.area.heightPx * 3 };
}

/** The moment so many ticks after the first. */
function after(ticks: number): PatternMoment {
  return { tick: MOMENT.tick + ticks, epochMs: MOMENT.epochMs + ticks * TICK_MS };
}

/** The rows (or columns) of a canvas that hold anything but black. */
function lit(canvas: Uint8Array, { widthPx, heightPx } = WALL): { rows: number[]; columns: number[] } {
  const isLit = (x: number, y: number): boolean => canvas[(y * widthPx + x) * 3] !== 0;
  const xs = Array.from({ length: widthPx }, (_, x) => x);
  const ys = Array.from({ length: heightPx }, (_, y) => y);
  return {
    rows: ys.filter((y) => xs.some((x) => isLit(x, y))),
    columns: xs.filter((x) => ys.some((y) => isLit(x, y))),
  };
}

describe.each([['wall', { kind: 'wall' }] as const, ['one cabinet', CABINET] as const])('on the %s', (_, target) => {
  it.each(patternNames)('%s paints every pixel, whatever was there', async (name) => {
    const { painter, bytes } = await painterOf(name, target);
    const over = (before: number): Buffer => {
      const canvas = Buffer.alloc(bytes, before);
      painter.paint(canvas, after(1));
      return canvas;
    };
    expect(over(0x5a).equals(over(0xa5))).toBe(true);
  });
});

it.each(patternNames)('%s on a cabinet touches nothing else', async (name) => {
  const compositor = await compositorWith(name, CABINET);
  const canvas = drawAt(compositor);
  const outside = Buffer.from(canvas);
  for (let y = 60; y < 120; y += 1) outside.fill(0, (y * 240 + 80) * 3, (y * 240 + 160) * 3);
  expect(outside.every((byte) => byte === 0)).toBe(true);
});

it.each(patternNames.filter((name) => !patternOf(name).moves))('%s stands still', async (name) => {
  const { painter, bytes } = await painterOf(name, { kind: 'wall' });
  const [first, second] = [Buffer.alloc(bytes), Buffer.alloc(bytes)];
  painter.paint(first, after(0));
  painter.paint(second, after(1_000_003));
  expect(first.equals(second)).toBe(true);
});

describe('what moves', () => {
  it.each(['moving-row', 'moving-column'] as const)(
    '%s moves by exactly one pixel a tick, round and round',
    async (name) => {
      const { painter, bytes } = await painterOf(name, { kind: 'wall' });
      const canvas = new Uint8Array(bytes);
      const length = name === 'moving-row' ? WALL.heightPx : WALL.widthPx;
      const places: number[] = [];
      for (let tick = 0; tick < length + 3; tick += 1) {
        painter.paint(canvas, after(tick));
        const { rows, columns } = lit(canvas);
        const [line, whole] = name === 'moving-row' ? [rows, columns] : [columns, rows];
        expect(line).toHaveLength(1);
        expect(whole).toHaveLength(name === 'moving-row' ? WALL.widthPx : WALL.heightPx);
        places.push(line[0] ?? -1);
      }
      const begin = MOMENT.tick % length;
      expect(places).toEqual(places.map((_, tick) => (begin + tick) % length));
    },
  );

  it('the flash is one tick long and comes with every second', async () => {
    const { painter, bytes } = await painterOf('latency-flash', { kind: 'wall' });
    const canvas = new Uint8Array(bytes);
    const middle = (20 * WALL.widthPx + 120) * 3;
    const flashes: number[] = [];
    // The moment is the first of its second: what is shown first does not flash, it may have missed the beginning.
    for (let tick = 0; tick < 80; tick += 1) {
      painter.paint(canvas, after(tick));
      if (canvas[middle] === 255) flashes.push(tick);
    }
    expect(flashes).toEqual([25, 50, 75]);
  });

  it.each([{ kind: 'wall' } as const, CABINET, { kind: 'output', output: 'top' } as const])(
    'the number of a frame and its time can be read back from $kind',
    async (target) => {
      const { area } = placeOf(target, pixelMapsOf(OUTPUTS, WALL), WALL);
      const { painter, bytes } = await painterOf('frame-counter', target);
      const canvas = new Uint8Array(bytes);
      for (const moment of [
        after(0),
        after(1),
        after(25),
        { tick: 0, epochMs: 0 },
        { tick: 2 ** 32 - 1, epochMs: 2 ** 32 - 1 },
      ]) {
        painter.paint(canvas, moment);
        expect(readCounter(canvas, area)).toEqual({ tick: moment.tick, epochMs: moment.epochMs % 2 ** 32 });
      }
    },
  );

  it('a picture without a counter, or with a damaged one, is not read as a number', async () => {
    const { painter, bytes } = await painterOf('frame-counter', { kind: 'wall' });
    const canvas = new Uint8Array(bytes);
    expect(readCounter(canvas, WALL)).toBeNull();
    painter.paint(canvas, after(0));
    const layout = counterLayout(WALL);
    if (layout === null) throw new Error('no room on the wall');
    // One bit turned over.
    const x = layout.leftPx + 5 * layout.cellWidthPx;
    for (let y = layout.topPx; y < layout.topPx + layout.cellHeightPx; y += 1) {
      const cell = canvas.subarray((y * WALL.widthPx + x) * 3, (y * WALL.widthPx + x + layout.cellWidthPx) * 3);
      for (let at = 0; at < cell.length; at += 1) cell[at] = 255 - (cell[at] ?? 0);
    }
    expect(readCounter(canvas, WALL)).toBeNull();
    expect(readCounter(new Uint8Array(3 * 3 * 3), { widthPx: 3, heightPx: 3 })).toBeNull();
  });
});

describe('levels', () => {
  const pixelsOf = async (name: PatternName): Promise<(x: number, y: number) => number[]> => {
    const canvas = drawAt(await compositorWith(name));
    return (x, y) => [...canvas.subarray((y * WALL.widthPx + x) * 3, (y * WALL.widthPx + x) * 3 + 3)];
  };

  it('of the bars are 100/0/75/0 and 100/0/100/0 in the order of ITU-R BT.471', async () => {
    const at = (pixel: (x: number, y: number) => number[]): number[][] =>
      Array.from({ length: 8 }, (_, bar) => pixel(bar * 30 + 15, 10));
    expect(at(await pixelsOf('colour-bars-75'))).toEqual([
      [255, 255, 255],
      [191, 191, 0],
      [0, 191, 191],
      [0, 191, 0],
      [191, 0, 191],
      [191, 0, 0],
      [0, 0, 191],
      [0, 0, 0],
    ]);
    expect(
      at(await pixelsOf('colour-bars-100'))
        .flat()
        .filter((level) => level !== 0 && level !== 255),
    ).toEqual([]);
  });

  it('of the low greys are 0 to 16, every one', async () => {
    const pixel = await pixelsOf('low-grey');
    const seen = new Set(Array.from({ length: WALL.widthPx }, (_, x) => pixel(x, 0).join()));
    expect([...seen]).toEqual(Array.from({ length: 17 }, (_, step) => [step, step, step].join()));
  });

  it('of a ramp begin in black, end in full and never fall', async () => {
    const pixel = await pixelsOf('ramp-green-horizontal');
    const levels = Array.from({ length: WALL.widthPx }, (_, x) => pixel(x, 60));
    expect(levels.every(([red, , blue]) => red === 0 && blue === 0)).toBe(true);
    const greens = levels.map(([, green]) => green ?? -1);
    expect(greens).toEqual(greens.toSorted((a, b) => a - b));
    expect([greens[0], greens.at(-1)]).toEqual([0, 255]);
    expect(new Set(greens).size).toBe(WALL.widthPx);
  });
});

it.each(patternNames.filter((name) => patternOf(name).moves))(
  '%s draws a thousand frames without memory of their own',
  async (name) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { painter, bytes } = await painterOf(name, { kind: 'wall' });
    const canvas = new Uint8Array(bytes);
    const moment = { epochMs: MOMENT.epochMs, tick: 0 };
    const draw = (): void => {
      moment.tick += 1;
      painter.paint(canvas, moment);
    };
    for (let frame = 0; frame < 3_000; frame += 1) draw();
    const grown: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      collect();
      const before = process.memoryUsage().heapUsed;
      for (let frame = 0; frame < 1_000; frame += 1) draw();
      grown.push(process.memoryUsage().heapUsed - before);
    }
    // Less than the smallest array a frame; what the compiler and the rest of the process take is in the larger ones.
    expect(Math.min(...grown)).toBeLessThan(1_000 * 48);
  },
);

import type { PatternTarget } from '../../src/pattern/place.js';
import { placeOf } from '../../src/pattern/place.js';
import { preparePattern } from '../../src/pattern/prepare.js';
import type { PatternName } from '../../src/pattern/registry.js';
import { pixelMapsOf } from '../../src/engine/pixel-maps.js';
import { outputOptions } from '../../src/output/options.js';
import { Compositor } from '../../src/wall/compositor.js';
import type { Moment } from '../../src/wall/layer.js';

/** A wall of 2 × 3 cabinets of 80 × 60 on two controllers, and a stream of all of it. */
export const WALL = { widthPx: 240, heightPx: 120 };

export const OUTPUTS = [
  { id: 'stream', type: 'rtsp' },
  {
    id: 'top',
    type: 'ddp',
    host: '192.0.2.1',
    area: { x: 0, y: 0, width: 240, height: 60 },
    map: { grid: { columns: 3, rows: 1, start: 'top-right' } },
  },
  {
    id: 'bottom',
    type: 'ddp',
    host: '192.0.2.2',
    area: { x: 0, y: 60, width: 240, height: 60 },
    map: { start: 'bottom-left', direction: 'columns', grid: { columns: 3, rows: 1 } },
  },
].map((output) => outputOptions.parse(output));

/** 20:00:01 in Sichuan, at the first tick of the second. */
export const MOMENT: Moment = { monotonicMs: 5_000, epochMs: Date.UTC(2026, 10, 25, 12, 0, 1), tick: 1_234_567 };
export const TICK_MS = 40;

/** A wall that shows a pattern. */
export async function compositorWith(
  pattern: PatternName,
  target: PatternTarget = { kind: 'wall' },
): Promise<Compositor> {
  const compositor = new Compositor(
    WALL,
    () => {
      throw new Error('no running line here');
    },
    (failure) => {
      throw failure;
    },
  );
  const place = placeOf(target, pixelMapsOf(OUTPUTS, WALL), WALL);
  compositor.setPattern(
    await preparePattern(pattern, place, { timeZone: 'Asia/Shanghai', language: 'zh-CN' }),
    Number.POSITIVE_INFINITY,
  );
  return compositor;
}

/** The canvas of a moment; the one before has been drawn, too. */
export function drawAt(compositor: Compositor, moment: Moment = MOMENT): Buffer {
  const canvas = Buffer.alloc(WALL.widthPx * WALL.heightPx * 3);
  const before = { ...moment, epochMs: moment.epochMs - TICK_MS, tick: moment.tick - 1 };
  compositor.compose(canvas, before);
  compositor.compose(canvas, moment);
  return canvas;
}

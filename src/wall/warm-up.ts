import { createBitmap, type Bitmap } from '../core/bitmap.js';
import { FrameSlot } from '../core/frame-slot.js';
import { PacketBuffer } from '../output/packet-buffer.js';
import { Compositor } from './compositor.js';
import type { SceneItem } from './scene.js';
import type { CreateScroller } from './tickers.js';

const SIZE = { widthPx: 160, heightPx: 90 };
const ROUNDS = 60;

/**
 * Draws small pictures nobody sees until the machine code for drawing is there: the first ticks of a wall would
 * otherwise take ten times as long as all others. Takes some ten milliseconds.
 */
export function warmUp(createScroller: CreateScroller): void {
  const { widthPx, heightPx } = SIZE;
  const opaque = bitmap(255);
  const letters = bitmap(100);
  const slot = FrameSlot.create(SIZE);
  const rectangle = { x: 0, y: 0, ...SIZE };
  const compositor = new Compositor(SIZE, createScroller, () => undefined);
  compositor.applyTicker({
    kind: 'follow',
    heightPx: 20,
    strip: { bitmap: letters, tokenStartsPx: [0], pixelsPerTick: 2 },
  });
  const items: readonly SceneItem[] = [
    { kind: 'picture', rectangle, slot: slot.handle, staleAfterMs: 1, slate: opaque, label: null },
    { kind: 'picture', rectangle: { ...rectangle, x: 10 }, slot: null, staleAfterMs: 1, slate: opaque, label: null },
    { kind: 'bitmap', x: 0, y: 0, bitmap: letters },
    { kind: 'ticker', rectangle: { x: 0, y: 70, widthPx, heightPx: 20 }, background: '#000000' },
    {
      kind: 'clock',
      rectangle: { x: 0, y: 0, widthPx, heightPx: 20 },
      glyphs: { heightPx: 2, glyphs: { ':': letters } },
      plate: { colour: '#000000', opacity: 0.5 },
      timeZone: 'UTC',
      language: 'zh-CN',
    },
  ];
  const canvas = new Uint8Array(widthPx * heightPx * 3);
  const packets = new PacketBuffer({ pictureBytes: canvas.length, headerBytes: 10, payloadBytes: 1_440 });
  for (let round = 0; round < ROUNDS; round += 1) {
    slot.beginWrite().fill(round);
    slot.publish(round);
    if (round % 8 === 0) compositor.setScene({ sceneNumber: round, items });
    // Every other round the picture is stale, so that the slate is drawn.
    compositor.compose(canvas, { monotonicMs: round + (round % 2) * 10, epochMs: round * 1_000, tick: round });
    packets.fill(canvas);
  }
}

function bitmap(alpha: number): Bitmap {
  return createBitmap(SIZE, new Uint8Array(SIZE.widthPx * SIZE.heightPx * 4).fill(alpha));
}

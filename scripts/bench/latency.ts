import { setTimeout as sleep } from 'node:timers/promises';
import { readFrameCounter } from '../../src/rehearsal/camera/clips/frame-counter.js';
import { percentile, rounded } from './percentile.js';
import { startTestCardHall } from './test-card-hall.js';

const SIZE = { widthPx: 640, heightPx: 408 };
const PICTURE = { widthPx: 640, heightPx: 360 };
const WARM_UP_MS = 4_000;
const SECONDS = 40;
/** The simulator remembers a few hundred frames: it is asked before it forgets. */
const ASK_EVERY_MS = 4_000;

/**
 * From a frame leaving the camera to its picture latched at the LED screen: the test card counts its frames, the counter
 * is read back from the pixels that arrived in DDP packets. One camera fills the wall's upper part, at 25 fps.
 */
export async function latency(print: (line: string) => void): Promise<Record<string, unknown>> {
  const hall = await startTestCardHall({
    cameraCount: 1,
    gopFrames: 50,
    size: SIZE,
    layouts: [
      {
        id: 'card',
        name: 'card',
        cells: [
          { source: 'camera-1', x: 0, y: 0, width: PICTURE.widthPx, height: PICTURE.heightPx },
          { source: 'ticker', x: 0, y: 360, width: 640, height: 48 },
        ],
      },
    ],
  });
  try {
    await sleep(WARM_UP_MS);
    const seen: { counter: number; atMs: number }[] = [];
    let latest = -1;
    hall.watch.listen((frame) => {
      const counter = readFrameCounter(
        frame.rgb.subarray(0, PICTURE.widthPx * PICTURE.heightPx * 3),
        PICTURE.widthPx,
        PICTURE.heightPx,
      );
      if (counter === null || counter === latest) return;
      latest = counter;
      seen.push({ counter, atMs: frame.latchedAtMonotonicMs });
    });
    const delays: number[] = [];
    for (let elapsedMs = 0; elapsedMs < SECONDS * 1_000; elapsedMs += ASK_EVERY_MS) {
      await sleep(ASK_EVERY_MS);
      const { main, sub } = await hall.cameras.frameTimes('camera-1');
      const frames = main.length > sub.length ? main : sub;
      for (const { counter, atMs } of seen.splice(0)) {
        // The clip repeats: the frame is the newest one with this number that had left by then.
        const sent = frames.findLast((frame) => frame.clipFrame === counter && frame.sentAtMs <= atMs);
        if (sent !== undefined) delays.push(atMs - sent.sentAtMs);
      }
    }
    const p50Ms = percentile(delays, 0.5);
    const p99Ms = percentile(delays, 0.99);
    print(`camera to screen, ms   p50 ${p50Ms.toFixed(1)}   p99 ${p99Ms.toFixed(1)}   (${delays.length} frames)`);
    return { p50Ms: rounded(p50Ms, 1), p99Ms: rounded(p99Ms, 1), frames: delays.length };
  } finally {
    await hall.close();
  }
}

import { monotonicMs } from '../../../src/core/clock.js';
import type { Size } from '../../../src/core/geometry.js';
import { silentLogger } from '../../../src/core/logger.js';
import { outputOptions } from '../../../src/output/options.js';
import { createOutput } from '../../../src/output/registry.js';
import { Sender } from '../../../src/output/sender.js';
import { Pacer, TickSchedule } from '../../../src/wall/pacing.js';
import { runSending, type Sending, type SendingTask } from './sending.js';

/** So many pictures follow each other in a circle: encoders are to have something to do. */
const PICTURES = 8;
const SHIFT = 4;

/** One output, sent to as the wall does it: the same pacer, the same sender. */
async function start({ options, size, framesPerSecond }: SendingTask): Promise<Sending> {
  const parsed = outputOptions.parse(options);
  const driver = createOutput(parsed, { wall: size, framesPerSecond, log: silentLogger });
  const channel = { id: parsed.id, driver, log: silentLogger, onReachability: () => undefined };
  const sender = new Sender([channel], { framesPerSecond });
  const pictures = Array.from({ length: PICTURES }, (_, index) => picture(size, index * SHIFT));
  const frame = { ...size, tick: 0, pixels: picture(size, 0) };
  await sender.start();
  const pacer = new Pacer(new TickSchedule(framesPerSecond, monotonicMs()), {
    tick: (nowMs) => {
      frame.tick += 1;
      frame.pixels = pictures[frame.tick % PICTURES] ?? frame.pixels;
      sender.offer(frame, nowMs);
    },
    between: (nowMs) => sender.handOut(nowMs),
  });
  pacer.start();
  return {
    figures: () => {
      const [report] = sender.reports();
      return { frames: report?.frames ?? 0, failed: report?.failedParts ?? 0 };
    },
    close: async () => {
      pacer.stop();
      await sender.close('silent');
    },
  };
}

/** Slopes of colour, moved. */
function picture({ widthPx, heightPx }: Size, shift: number): Uint8Array {
  const pixels = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, at += 3) {
      pixels[at] = x + shift;
      pixels[at + 1] = y + shift;
      pixels[at + 2] = x + y - shift;
    }
  }
  return pixels;
}

await runSending(start);

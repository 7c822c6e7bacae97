import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { OBSWebSocket } from 'obs-websocket-js';
import { readMetric } from './metrics-reader.js';
import { percentile, rounded } from './percentile.js';
import { CLIENT_NICENESS, startLoad } from './load/load-process.js';
import { meanGreen, type ScreenWatch, type WatchedFrame } from './screen-watch.js';
import { startTestCardHall } from './test-card-hall.js';

const SIZE = { widthPx: 960, heightPx: 540 };
const GROUP_OF_PICTURES = 100;
/** Enough that the 99th percentile is not the worst alone. */
const PREPARED_TAKES = 120;
const DIRECT_TAKES = 30;
/** Buttons and scripts that are connected, and what one more of them asks. */
const CLIENTS = 20;
const FLOOD_PER_SECOND = 2_000;
const MISSED = 'glasshall_wall_missed_ticks_total';
/** Until decoders that a take let go have ended. */
const SETTLE_MS = 2_200;
const BLACK_BELOW = 6;

/**
 * Time from the request to the first packet of the new layout at the LED screen, for layouts that were on preview
 * and for layouts that were not, with cameras that send a key frame every 4 s. Layouts are told apart by where the line
 * of text runs: at the top or at the bottom. The prepared ones again while 20 clients listen and one asks 2,000 times a second.
 */
export async function take(print: (line: string) => void): Promise<Record<string, unknown>> {
  const ticker = (y: number): Record<string, unknown> => ({ source: 'ticker', x: 0, y, width: 960, height: 48 });
  const hall = await startTestCardHall({
    cameraCount: 4,
    gopFrames: GROUP_OF_PICTURES,
    size: SIZE,
    layouts: [
      { id: 'below', name: 'below', cells: [...quarters(0, 480, 246), ticker(492)] },
      { id: 'above', name: 'above', cells: [...quarters(48, 480, 246), ticker(0)] },
      { id: 'below-2', name: 'below-2', cells: [...quarters(0, 472, 240), ticker(492)] },
      { id: 'above-2', name: 'above-2', cells: [...quarters(48, 464, 236), ticker(0)] },
    ],
  });
  // Whoever watches stands elsewhere, too; what was started until now is not concerned.
  setPriority(CLIENT_NICENESS);
  const obs = new OBSWebSocket();
  try {
    await obs.connect(hall.wall.obsUrl);
    await hall.watch.until((frame) => !isAbove(frame) && meanGreen(frame, 8, 100, 900, 100) > BLACK_BELOW, 30_000);
    await sleep(SETTLE_MS);
    let blackFrames = 0;
    hall.watch.listen((frame) => {
      if (meanGreen(frame, 8, 100, 900, 300) < BLACK_BELOW) blackFrames += 1;
    });
    const missedBefore = await readMetric(hall.wall.url, MISSED);

    const prepared = await preparedTakes(obs, hall.watch);
    print(line('prepared takes', prepared));

    // Priority of what people decide over what programs ask.
    const { url, obsUrl } = hall.wall;
    const floods = [
      { kind: 'buttons', count: CLIENTS, perSecond: FLOOD_PER_SECOND, url, obsUrl },
      { kind: 'requests', perSecond: FLOOD_PER_SECOND, url, obsUrl },
    ] as const;
    const flooded: Record<string, { readonly p50: number; readonly p99: number }> = {};
    for (const flood of floods) {
      const load = await startLoad(flood);
      const tookMs = await preparedTakes(obs, hall.watch);
      print(line(`… with ${flood.kind}`, tookMs));
      print(`  ${await load.stop()}`);
      flooded[flood.kind] = summary(tookMs);
    }
    const missedInFlood = (await readMetric(hall.wall.url, MISSED)) - missedBefore;

    await obs.call('SetStudioModeEnabled', { studioModeEnabled: false });
    const direct: number[] = [];
    for (let index = 0; index < DIRECT_TAKES; index += 1) {
      const above = index % 2 === 0;
      await sleep(SETTLE_MS + Math.random() * 4_000);
      const sceneName = above ? 'above-2' : 'below-2';
      const took = await timed(hall.watch, above, () => obs.call('SetCurrentProgramScene', { sceneName }));
      if (took !== null) direct.push(took);
    }
    print(line('direct takes', direct));
    const missedTicks = (await readMetric(hall.wall.url, MISSED)) - missedBefore;
    print(`black frames ${blackFrames}, missed ticks ${missedTicks}, until the end of the floods ${missedInFlood}`);
    const { buttons: floodedMs, requests: floodedByHttpMs } = flooded;
    return {
      preparedMs: summary(prepared),
      directMs: summary(direct),
      floodedMs,
      floodedByHttpMs,
      blackFrames,
      missedTicks,
    };
  } finally {
    await obs.disconnect();
    await hall.close();
  }
}

function quarters(top: number, width: number, height: number): Record<string, unknown>[] {
  return [0, 1, 2, 3].map((index) => ({
    source: `camera-${index + 1}`,
    x: (index % 2) * width,
    y: top + Math.floor(index / 2) * height,
    width,
    height,
  }));
}

async function preparedTakes(obs: OBSWebSocket, watch: ScreenWatch): Promise<number[]> {
  const tookMs: number[] = [];
  for (let index = 0; tookMs.length < PREPARED_TAKES && index < 2 * PREPARED_TAKES; index += 1) {
    const above = index % 2 === 0;
    await obs.call('SetCurrentPreviewScene', { sceneName: above ? 'above' : 'below' });
    await sleep(1_000 + Math.random() * 400);
    const took = await timed(watch, above, () => obs.call('TriggerStudioModeTransition'));
    if (took !== null) tookMs.push(took);
  }
  return tookMs;
}

/** @returns milliseconds; null when the watch did not get the picture before it, and cannot know whether it was the first */
async function timed(watch: ScreenWatch, above: boolean, request: () => Promise<unknown>): Promise<number | null> {
  const seen = { number: 0, isNext: false };
  const shown = watch.until((frame) => {
    seen.isNext = frame.frameNumber === seen.number + 1;
    seen.number = frame.frameNumber;
    return isAbove(frame) === above;
  }, 5_000);
  const since = Date.now();
  const [frame] = await Promise.all([shown, request()]);
  return seen.isNext ? frame.begunAtEpochMs - since : null;
}

/** The line's dark plate is at the top: no glyph reaches its first rows, and the test card is lighter there. */
function isAbove(frame: WatchedFrame): boolean {
  return meanGreen(frame, 60, 1, 200, 3) < 38;
}

function line(what: string, tookMs: readonly number[]): string {
  const { p50, p99 } = summary(tookMs);
  return (
    `${what}, ms`.padEnd(24) + `p50 ${p50.toFixed(1)}   p99 ${p99.toFixed(1)}   worst ${Math.max(...tookMs).toFixed(1)}`
  );
}

function summary(values: readonly number[]): { p50: number; p99: number } {
  return { p50: rounded(percentile(values, 0.5), 1), p99: rounded(percentile(values, 0.99), 1) };
}

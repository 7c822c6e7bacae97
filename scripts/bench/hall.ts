import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '../../src/core/logger.js';
import { CameraHall, type HallCamera } from '../../src/rehearsal/camera/camera-hall.js';
import { LedScreen } from '../../src/rehearsal/led-screen/led-screen.js';
import { cpuSecondsOfTree, usageOfTree } from './process-tree.js';
import { decodeAll } from './ffmpeg-peers.js';
import { readMetric } from './metrics-reader.js';
import { rounded } from './percentile.js';
import { benchCacheDirectory, startWall } from './wall-process.js';

const SECONDS = 20;
const CAMERAS = 16;
const SHOWN = 4;
/** Another number of cameras for the second table, of which nine are shown. */
const MANY = Number(process.env['GLASSHALL_BENCH_CAMERAS'] ?? 64);
const SIZE = { widthPx: 1280, heightPx: 720 };
const CLIPS = ['lobby', 'windows-a', 'windows-b', 'waiting-area'] as const;
const GROUP_OF_PICTURES = 50;
/** Cameras are connected a few at a time. */
const ALL_LIVE_WITHIN_MS = 120_000;
/** After everything is live, until what starting cost is over. */
const SETTLE_MS = 8_000;

/** What a wall cost in the measured time. */
type WallCost = {
  readonly cpuSeconds: number;
  readonly rssMiB: number;
  readonly missedTicks: number;
  readonly camerasCpuSeconds: number;
};

/**
 * What cameras cost that are configured and not shown: 16 with main stream (1080p25) and sub-stream (640×360), 4 of them
 * on a 1280×720 wall, against decoding all 16 main streams, and against a wall that has the 4 alone. Then many cameras,
 * nine of them shown. The simulated cameras' own work is counted apart.
 */
export async function hall(print: (line: string) => void): Promise<Record<string, unknown>> {
  const cameras = await startCameras(CAMERAS);
  let results: { readonly all: WallCost; readonly few: WallCost; readonly cpuDecodeAll: number };
  try {
    const all = await measureWall(cameras, cameras.cameras, SHOWN);
    print(`${CAMERAS} cameras, ${SHOWN} shown     ${described(all)}`);
    const few = await measureWall(cameras, cameras.cameras.slice(0, SHOWN), SHOWN);
    print(`${SHOWN} cameras, ${SHOWN} shown      ${described(few)}`);
    const cpuDecodeAll = await decodeAll(cameras.cameras, SECONDS);
    print(`decoding ${CAMERAS} main streams ${cpuDecodeAll.toFixed(2)} CPU s (four at a time, added up)`);
    results = { all, few, cpuDecodeAll };
  } finally {
    await cameras.close();
  }
  const { all, few, cpuDecodeAll } = results;
  const cpuPerHiddenCamera = (all.cpuSeconds - few.cpuSeconds) / SECONDS / (CAMERAS - SHOWN);
  const many = await measureMany(print);
  return {
    seconds: SECONDS,
    cpuSeconds: rounded(all.cpuSeconds),
    cpuDecodeAll: rounded(cpuDecodeAll),
    ratio: rounded(all.cpuSeconds / cpuDecodeAll, 3),
    cpuPerHiddenCamera: rounded(cpuPerHiddenCamera, 4),
    rssMiB: Math.round(all.rssMiB),
    missedTicks: all.missedTicks,
    many,
  };
}

async function measureMany(print: (line: string) => void): Promise<Record<string, unknown>> {
  const cameras = await startCameras(MANY);
  try {
    const cost = await measureWall(cameras, cameras.cameras, 9);
    print(`${MANY} cameras, 9 shown     ${described(cost)}`);
    return {
      cameras: MANY,
      shown: 9,
      cores: rounded(cost.cpuSeconds / SECONDS),
      rssMiB: Math.round(cost.rssMiB),
      missedTicks: cost.missedTicks,
      simulatorCores: rounded(cost.camerasCpuSeconds / SECONDS),
    };
  } finally {
    await cameras.close();
  }
}

/** Simulated cameras, each with a main stream and a sub-stream. */
export function startCameras(count: number): Promise<CameraHall> {
  return CameraHall.start({
    cameras: Array.from({ length: count }, (_, index) => ({
      id: `camera-${index + 1}`,
      name: `测试 ${index + 1}`,
      clip: CLIPS[index % CLIPS.length] ?? 'lobby',
      username: 'viewer',
      password: 'bench-pass',
      gopFrames: GROUP_OF_PICTURES,
    })),
    cacheDirectory: benchCacheDirectory(),
    discovery: false,
    log: silentLogger,
  });
}

async function measureWall(hall: CameraHall, cameras: readonly HallCamera[], shown: number): Promise<WallCost> {
  const screen = await LedScreen.start({ ...SIZE, udpPort: 0, log: silentLogger });
  const columns = Math.ceil(Math.sqrt(shown));
  const width = 2 * Math.floor(SIZE.widthPx / columns / 2);
  const height = 2 * Math.floor(SIZE.heightPx / columns / 2);
  const cells = cameras.slice(0, shown).map(({ id }, index) => ({
    source: id,
    x: (index % columns) * width,
    y: Math.floor(index / columns) * height,
    width,
    height,
  }));
  const ticker = { source: 'ticker', x: 0, y: 660, width: SIZE.widthPx, height: 60, z: 1 };
  const wall = await startWall({
    cameras,
    size: SIZE,
    layouts: [{ id: 'shown', name: 'shown', cells: [...cells, ticker] }],
    output: { host: '127.0.0.1', port: screen.udpPort },
  });
  try {
    await allLive(wall.url, cameras.length);
    await sleep(SETTLE_MS);
    const missed = (): Promise<number> => readMetric(wall.url, 'glasshall_wall_missed_ticks_total');
    const before = { wall: cpuSecondsOfTree(wall.pid), cameras: cpuSecondsOfTree(hall.processId ?? 0) };
    const missedBefore = await missed();
    await sleep(SECONDS * 1_000);
    return {
      cpuSeconds: cpuSecondsOfTree(wall.pid) - before.wall,
      camerasCpuSeconds: cpuSecondsOfTree(hall.processId ?? 0) - before.cameras,
      rssMiB: usageOfTree(wall.pid).residentMiB,
      missedTicks: (await missed()) - missedBefore,
    };
  } finally {
    await wall.close();
    await screen.close();
  }
}

/** Waits until so many cameras are live. @throws Error when that takes too long */
export async function allLive(url: string, count: number): Promise<void> {
  const limitMs = performance.now() + ALL_LIVE_WITHIN_MS;
  for (;;) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const live = metrics.match(/^glasshall_camera_state\{.*state="live".*\} 1$/gm)?.length ?? 0;
    if (live === count) return;
    if (performance.now() > limitMs) throw new Error(`${live} of ${count} cameras are live`);
    await sleep(250);
  }
}

function described(cost: WallCost): string {
  const cores = cost.cpuSeconds / SECONDS;
  return (
    `${cost.cpuSeconds.toFixed(2)} CPU s (${cores.toFixed(2)} cores), ${Math.round(cost.rssMiB)} MiB, ` +
    `${cost.missedTicks} ticks missed; cameras themselves ${(cost.camerasCpuSeconds / SECONDS).toFixed(2)} cores`
  );
}

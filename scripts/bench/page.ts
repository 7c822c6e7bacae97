import { chromium, type Browser, type Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { silentLogger } from '../../src/core/logger.js';
import { FRAME_HEADER_BYTES, readFrameHeader } from '../../src/control/pictures/frame-header.js';
import { LedScreen } from '../../src/rehearsal/led-screen/led-screen.js';
import { thumbnailsOfAll } from './ffmpeg-peers.js';
import { allLive, startCameras } from './hall.js';
import { readMetric } from './metrics-reader.js';
import { rounded } from './percentile.js';
import { cpuSecondsOfTree } from './process-tree.js';
import { startWall, type WallProcess } from './wall-process.js';

const SECONDS = 15;
const CAMERAS = 16;
const PAGES = 20;
const SIZE = { widthPx: 1280, heightPx: 720 };
const SETTLE_MS = 8_000;
/** What the page asks for of each camera. */
const TILE = { widthPx: 240, framesPerSecond: 5 };

type Measure = { readonly cores: number; readonly missedTicks: number; readonly picturesPerSecond: number };

/**
 * What the control page costs: the service with 16 live cameras and nobody who looks, with one real page whose 16 tiles ask
 * for 5 pictures a second, and with 20 clients that ask for the same pictures; how many frames a second the page itself
 * draws meanwhile. Beside it, what the tiles alone cost where an ffmpeg for each camera makes its JPEGs. Browser and cameras
 * share the machine with the service, and are not counted as its work.
 */
export async function page(print: (line: string) => void): Promise<Record<string, unknown>> {
  const cameras = await startCameras(CAMERAS);
  const screen = await LedScreen.start({ ...SIZE, udpPort: 0, log: silentLogger });
  const wall = await startWall({
    cameras: cameras.cameras,
    size: SIZE,
    layouts: layoutsOf(cameras.cameras.map(({ id }) => id)),
    output: { host: '127.0.0.1', port: screen.udpPort },
  });
  let browser: Browser | null = null;
  try {
    await allLive(wall.url, CAMERAS);
    await sleep(SETTLE_MS);
    const idle = await measure(wall);
    print(`nobody looks         ${described(idle)}`);
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
    const opened = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await opened.goto(wall.url);
    await opened
      .locator('.camera .picture:not(.is-empty)')
      .nth(CAMERAS - 1)
      .waitFor();
    await sleep(SETTLE_MS);
    const [one, framesPerSecond] = await Promise.all([measure(wall), drawnFramesPerSecond(opened)]);
    print(`one page             ${described(one)}; the page draws ${framesPerSecond.toFixed(1)} frames a second`);
    await browser.close();
    browser = null;
    const clients = Array.from({ length: PAGES }, () =>
      watchAll(
        wall,
        cameras.cameras.map(({ id }) => id),
      ),
    );
    await sleep(SETTLE_MS);
    const many = await measure(wall);
    for (const close of clients) close();
    print(`${PAGES} clients           ${described(many)}`);
    await wall.close();
    const peerCores = (await thumbnailsOfAll(cameras.cameras, SECONDS, TILE)) / SECONDS;
    print(`an ffmpeg per camera ${peerCores.toFixed(2)} cores for the tiles alone`);
    return {
      seconds: SECONDS,
      idleCores: rounded(idle.cores),
      picturesCores: rounded(one.cores - idle.cores),
      peerCores: rounded(peerCores),
      ratio: rounded((one.cores - idle.cores) / peerCores),
      pageFramesPerSecond: rounded(framesPerSecond, 1),
      picturesPerSecond: Math.round(one.picturesPerSecond),
      manyPicturesCores: rounded(many.cores - idle.cores),
      missedTicks: idle.missedTicks + one.missedTicks + many.missedTicks,
    };
  } finally {
    await browser?.close();
    await wall.close();
    await screen.close();
    await cameras.close();
  }
}

/** The first four cameras on air, the next four prepared. */
function layoutsOf(ids: readonly string[]): Record<string, unknown>[] {
  const quarters = (sources: readonly string[]) =>
    sources.map((source, index) => ({
      source,
      x: (index % 2) * (SIZE.widthPx / 2),
      y: Math.floor(index / 2) * (SIZE.heightPx / 2),
      width: SIZE.widthPx / 2,
      height: SIZE.heightPx / 2,
    }));
  return [
    { id: 'first', name: '一', cells: quarters(ids.slice(0, 4)) },
    { id: 'second', name: '二', cells: quarters(ids.slice(4, 8)) },
  ];
}

async function measure(wall: WallProcess): Promise<Measure> {
  const missed = (): Promise<number> => readMetric(wall.url, 'glasshall_wall_missed_ticks_total');
  const encoded = (): Promise<number> => readMetric(wall.url, 'glasshall_pictures_encoded_total');
  const before = { cpu: cpuSecondsOfTree(wall.pid), missed: await missed(), encoded: await encoded() };
  await sleep(SECONDS * 1_000);
  return {
    cores: (cpuSecondsOfTree(wall.pid) - before.cpu) / SECONDS,
    missedTicks: (await missed()) - before.missed,
    picturesPerSecond: ((await encoded()) - before.encoded) / SECONDS,
  };
}

/** Counts the page's own animation frames. What runs in the browser is text: nothing of a browser is known here. */
async function drawnFramesPerSecond(opened: Page): Promise<number> {
  const frames = await opened.evaluate<number>(`new Promise((resolve) => {
    const startedMs = performance.now();
    let count = 0;
    const step = (nowMs) => {
      count += 1;
      if (nowMs - startedMs < ${SECONDS * 1_000}) requestAnimationFrame(step);
      else resolve(count);
    };
    requestAnimationFrame(step);
  })`);
  return frames / SECONDS;
}

/** One client that asks for what the page asks for, and paints at once. @returns how to end it */
function watchAll(wall: WallProcess, ids: readonly string[]): () => void {
  const socket = new WebSocket(`${wall.url.replace('http', 'ws')}/pictures`);
  socket.on('open', () => {
    const views = ['preview', 'program'].map((view) => ({ view, widthPx: 640, framesPerSecond: 10 }));
    const tiles = ids.map((camera) => ({ view: 'camera', camera, ...TILE }));
    socket.send(JSON.stringify({ subscribe: [...views, ...tiles] }));
  });
  socket.on('message', (data: Buffer, isBinary) => {
    const header = isBinary && data.length >= FRAME_HEADER_BYTES ? readFrameHeader(data) : null;
    if (header !== null) socket.send(JSON.stringify({ painted: header.sequence }));
  });
  return () => socket.close();
}

function described({ cores, missedTicks, picturesPerSecond }: Measure): string {
  return `${cores.toFixed(2)} cores, ${picturesPerSecond.toFixed(0)} pictures a second, ${missedTicks} ticks missed`;
}

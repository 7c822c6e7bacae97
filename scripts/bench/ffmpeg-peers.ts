import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HallCamera } from '../../src/rehearsal/camera/camera-hall.js';
import { cpuSecondsOfTree } from './process-tree.js';

/** Sixteen at once would be more than two cores can do, and would measure the machine instead of the work. */
const AT_A_TIME = 4;
const WARM_UP_MS = 6_000;

/** CPU seconds for decoding the main streams of all cameras for so long, added up from groups in turn. */
export function decodeAll(cameras: readonly HallCamera[], seconds: number): Promise<number> {
  return spentByGroups(cameras, seconds, (camera) => [...inputOf(camera, camera.rtspMain), '-f', 'null', '-']);
}

/** The same for small JPEGs of all sub-streams, as a recorder with a page of its own makes them: one ffmpeg per camera. */
export function thumbnailsOfAll(
  cameras: readonly HallCamera[],
  seconds: number,
  { widthPx, framesPerSecond }: { readonly widthPx: number; readonly framesPerSecond: number },
): Promise<number> {
  const filters = `fps=${framesPerSecond},scale=${widthPx}:-2`;
  return spentByGroups(cameras, seconds, (camera) => [
    ...['-threads', '1', ...inputOf(camera, camera.rtspSub)],
    ...['-vf', filters, '-threads', '1', '-q:v', '5', '-f', 'mjpeg', '-'],
  ]);
}

function inputOf({ username, password }: HallCamera, stream: string): string[] {
  const address = stream.replace('rtsp://', `rtsp://${username}:${password}@`);
  return ['-nostdin', '-loglevel', 'error', '-rtsp_transport', 'tcp', '-i', address, '-an'];
}

async function spentByGroups(
  cameras: readonly HallCamera[],
  seconds: number,
  argumentsOf: (camera: HallCamera) => string[],
): Promise<number> {
  let sum = 0;
  for (let index = 0; index < cameras.length; index += AT_A_TIME) {
    sum += await spentBy(cameras.slice(index, index + AT_A_TIME).map(argumentsOf), seconds);
  }
  return sum;
}

/** CPU seconds of one ffmpeg for each list of arguments, once they have begun. */
async function spentBy(arguments_: readonly (readonly string[])[], seconds: number): Promise<number> {
  const children = arguments_.map((given) => spawn('ffmpeg', given, { stdio: ['ignore', 'ignore', 'inherit'] }));
  const spent = (): number => children.reduce((sum, { pid }) => sum + cpuSecondsOfTree(pid ?? 0), 0);
  try {
    await sleep(WARM_UP_MS);
    const before = spent();
    await sleep(seconds * 1_000);
    if (children.some(({ exitCode }) => exitCode !== null)) throw new Error('a decoder ended early');
    return spent() - before;
  } finally {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }),
    );
  }
}

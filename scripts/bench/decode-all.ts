import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HallCamera } from '../../src/rehearsal/camera/camera-hall.js';
import { cpuSecondsOfTree } from './process-tree.js';

/** Sixteen at once would be more than two cores can do, and would measure the machine instead of the work. */
const AT_A_TIME = 4;
const WARM_UP_MS = 6_000;

/** CPU seconds for decoding the main streams of all cameras for so long, added up from groups in turn. */
export async function decodeAll(cameras: readonly HallCamera[], seconds: number): Promise<number> {
  let sum = 0;
  for (let index = 0; index < cameras.length; index += AT_A_TIME) {
    sum += await decodeGroup(cameras.slice(index, index + AT_A_TIME), seconds);
  }
  return sum;
}

async function decodeGroup(cameras: readonly HallCamera[], seconds: number): Promise<number> {
  const children = cameras.map(({ rtspMain, username, password }) => {
    const address = rtspMain.replace('rtsp://', `rtsp://${username}:${password}@`);
    const given = ['-nostdin', '-loglevel', 'error', '-rtsp_transport', 'tcp', '-i', address, '-an', '-f', 'null', '-'];
    return spawn('ffmpeg', given, { stdio: ['ignore', 'ignore', 'inherit'] });
  });
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

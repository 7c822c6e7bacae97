import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CACHE_DIRECTORY, startTestCards, until } from './hall.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'camera-hall-'));
  // The recordings exist before a process with little patience asks for them.
  await (await startTestCards(1)).close();
}, 120_000);

afterAll(() => rm(directory, { recursive: true }));

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the process of the cameras', () => {
  it('is gone after close, and closing twice is closing once', async () => {
    const hall = await startTestCards(1);
    const processId = hall.processId ?? 0;
    expect(isAlive(processId)).toBe(true);
    await Promise.all([hall.close(), hall.close()]);
    expect(isAlive(processId)).toBe(false);
    await expect(hall.frameTimes('card-1')).rejects.toMatchObject({ code: 'camera-hall-ended' });
  });

  it('is gone when its owner was killed', async () => {
    const module = new URL('../../../dist/src/rehearsal/camera/camera-hall.js', import.meta.url).href;
    const owner = join(directory, 'owner.mjs');
    await writeFile(
      owner,
      `import { CameraHall } from ${JSON.stringify(module)};
       const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
       const hall = await CameraHall.start({
         cameras: [{ id: 'a', name: 'A', clip: 'test-card', password: 'b', gopFrames: 25 }],
         cacheDirectory: ${JSON.stringify(CACHE_DIRECTORY)}, log, discovery: false });
       process.send(hall.processId);`,
    );
    const child = fork(owner, [], { execArgv: [] });
    const [processId] = (await once(child, 'message')) as [number];
    expect(isAlive(processId)).toBe(true);
    child.kill('SIGKILL');
    await until(() => !isAlive(processId));
    expect(isAlive(processId)).toBe(false);
  });
});

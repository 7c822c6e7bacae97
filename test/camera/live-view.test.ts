import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CameraPool, type LiveFragment, type LiveStream, type LiveWatcher } from '../../src/camera/camera-pool.js';
import { cameraOptions, type CameraOptions } from '../../src/camera/options.js';
import { silentLogger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { CameraHall } from '../../src/rehearsal/camera/camera-hall.js';
import { CACHE_DIRECTORY, cameraAt } from '../rehearsal/camera/hall.js';

const PATIENCE = { timeout: 15_000, interval: 20 };

/** Writes down what a live view gives. */
class Notes implements LiveWatcher {
  readonly streams: LiveStream[] = [];
  /** `b` begin, `k` key picture, `p` picture, `e` end. */
  kinds = '';
  readonly gaps: number[] = [];
  #last: bigint | null = null;

  begin(stream: LiveStream, segment: Buffer, kept: readonly LiveFragment[]): void {
    expect(segment.toString('latin1', 4, 8)).toBe('ftyp');
    this.streams.push(stream);
    this.kinds += 'b';
    this.#last = null;
    for (const fragment of kept) this.fragment(fragment);
  }

  fragment({ isKey, decodeTicks, bytes }: LiveFragment): void {
    expect(bytes.toString('latin1', 4, 8)).toBe('moof');
    this.kinds += isKey ? 'k' : 'p';
    if (this.#last !== null) this.gaps.push(Number(decodeTicks - this.#last));
    this.#last = decodeTicks;
  }

  end(): void {
    this.kinds += 'e';
  }
}

let hall: CameraHall;
let options: CameraOptions;
let pool: CameraPool;

beforeAll(async () => {
  hall = await CameraHall.start({
    cameras: [{ id: 'card', name: '测试', clip: 'test-card', password: 'secret', gopFrames: 25 }],
    cacheDirectory: CACHE_DIRECTORY,
    discovery: false,
    log: silentLogger,
  });
  const { onvifAddress, username, password } = cameraAt(hall, 0);
  options = cameraOptions.parse({ id: 'card', name: '测试', onvif: { address: onvifAddress, username, password } });
}, 120_000);

afterAll(() => hall.close());

beforeEach(() => {
  pool = CameraPool.start({ cameras: [options], log: silentLogger, redactor: new Redactor() });
});

afterEach(async () => {
  await pool.close();
  await hall.fault('card', { kind: 'none' });
});

/** Resolves when at least so many pictures were written down since now. */
async function more(notes: Notes, count: number): Promise<void> {
  const before = notes.kinds.length;
  await expect.poll(() => notes.kinds.length - before, PATIENCE).toBeGreaterThanOrEqual(count);
}

describe('a live view', () => {
  it('begins with what is kept, loses no picture, and connects no stream of its own', async () => {
    const first = new Notes();
    pool.watch('card', first);
    await expect.poll(() => first.kinds, PATIENCE).toContain('k');
    const notes = new Notes();
    const stop = pool.watch('card', notes);
    await more(notes, 40);
    expect(notes.streams).toEqual([
      {
        name: 'SubStream',
        widthPx: 640,
        heightPx: 360,
        codec: expect.stringMatching(/^avc1\.[\da-f]{6}$/) as string,
        family: 'h264',
        ticksPerSecond: 90_000,
      },
    ]);
    expect(notes.kinds).toMatch(/^bk[kp]+$/);
    // Every picture follows the one before: one interval, whatever the clock of the stream.
    expect(new Set(notes.gaps).size).toBe(1);
    expect((await hall.frameTimes('card')).main).toEqual([]);
    stop();
    const count = notes.kinds.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(notes.kinds).toHaveLength(count);
  });

  it('changes over to a larger stream that is connected anyway, at a key picture, and back when that goes', async () => {
    await expect.poll(() => pool.status()[0]?.state, PATIENCE).toBe('live');
    const notes = new Notes();
    pool.watch('card', notes);
    const large = pool.acquire({ camera: 'card', widthPx: 1_280, heightPx: 720, fit: 'cover' });
    await expect.poll(() => notes.streams.at(-1)?.widthPx, PATIENCE).toBe(1_920);
    expect(notes.kinds).toMatch(/^b[kp]+bk[kp]*$/);
    large.release();
    await expect.poll(() => notes.streams.at(-1)?.widthPx, { timeout: 20_000 }).toBe(640);
    await more(notes, 10);
    expect(notes.kinds).toMatch(/ebk[kp]+$/);
  });

  it('ends when the camera is away, and begins anew when it is back', async () => {
    const notes = new Notes();
    pool.watch('card', notes);
    await more(notes, 3);
    await hall.fault('card', { kind: 'stop' });
    await expect.poll(() => notes.kinds.endsWith('e'), PATIENCE).toBe(true);
    await hall.fault('card', { kind: 'start' });
    await expect.poll(() => /eb[kp]*k/.test(notes.kinds), PATIENCE).toBe(true);
  });

  it('goes on with the successor of a camera that was configured anew, and ends with one that is gone', async () => {
    const notes = new Notes();
    pool.watch('card', notes);
    await more(notes, 3);
    await pool.update([{ ...options, name: '另一个名字' }]);
    await expect.poll(() => /eb[kp]*k/.test(notes.kinds), PATIENCE).toBe(true);
    await pool.update([]);
    expect(notes.kinds.endsWith('e')).toBe(true);
    expect(() => pool.watch('card', notes)).toThrow('there is no camera card');
  });
});

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.js';
import { card, FedOutput, WALL } from './moving-wall.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe('pictures in files', () => {
  it('are exactly what was shown, named by their tick, and not too many', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const wall = await FedOutput.start({ type: 'file', directory: folder, every: 2, maximumFiles: 5 });
    closers.push(() => wall.close());
    await wall.reaches('reachable', null);
    await eventually(() => expect(wall.tick).toBeGreaterThan(40));
    wall.stall();
    await wall.driver.close('silent');
    const names = await readdir(folder);
    expect(names.length).toBeGreaterThan(0);
    expect(names.length).toBeLessThanOrEqual(5);
    for (const name of names) {
      const tick = Number(/^screen-(\d{8})\.png$/.exec(name)?.[1]);
      expect(tick % 2).toBe(0);
      const pixels = await sharp(join(folder, name)).raw().toBuffer();
      expect(pixels.equals(Buffer.from(card(WALL, tick).pixels))).toBe(true);
    }
  });

  it('keep the last picture when the wall closes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const wall = await FedOutput.start({ type: 'file', directory: folder });
    closers.push(() => wall.close());
    await wall.reaches('reachable', null);
    wall.stall();
    await wall.driver.close(card(WALL, 777));
    expect(await readdir(folder)).toContain('screen-00000777.png');
  });

  it('say that there is no such folder', async () => {
    const wall = await FedOutput.start({ type: 'file', directory: '/dev/null/pictures' });
    closers.push(() => wall.close());
    await wall.reaches('unreachable', 'no-folder');
  });
});

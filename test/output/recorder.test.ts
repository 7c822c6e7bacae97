import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { expired, namePattern } from '../../src/output/drivers/recorder/retention.js';
import { eventually } from '../eventually.js';
import { decode, FedOutput, readCard, WALL, worstColour } from './moving-wall.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recorded-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function record(directory: string, options: object = {}): Promise<FedOutput> {
  const wall = await FedOutput.start({ type: 'recorder', directory, segment: '1s', leaveFreeGB: 0, ...options });
  closers.push(() => wall.close());
  return wall;
}

const recordings = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => namePattern('screen').test(name)).sort();

describe('a recorder', () => {
  it('writes files that play on when they are put behind each other', async () => {
    const folder = join(await scratchFolder(), '100% of it');
    const wall = await record(folder);
    await wall.reaches('reachable', null);
    await eventually(async () => expect((await recordings(folder)).length).toBeGreaterThan(3));
    await wall.close();
    const parts = await Promise.all((await recordings(folder)).map((name) => readFile(join(folder, name))));
    const whole = join(folder, 'whole.ts');
    await writeFile(whole, Buffer.concat(parts));
    const cards = (await decode(['-i', whole], 60)).map((picture) => readCard(picture, WALL));
    expect(cards).toHaveLength(60);
    expect(Math.max(...cards.map(({ colours }) => worstColour(colours)))).toBeLessThanOrEqual(3);
    const steps = cards.slice(1).map(({ tick }, index) => tick - (cards[index]?.tick ?? 0));
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  });

  it('deletes its own old files and nobody else’s', async () => {
    const folder = await scratchFolder();
    const old = 'screen-20200101T000000+0800-abc123.ts';
    const foreign = ['other-20200101T000000+0800-abc123.ts', 'screen.ts', 'notes.txt'];
    for (const name of [old, ...foreign]) {
      await writeFile(join(folder, name), 'x');
      await utimes(join(folder, name), 0, 0);
    }
    const wall = await record(folder, { keepFor: '1h' });
    await wall.reaches('reachable', null);
    await eventually(async () => expect(await readdir(folder)).not.toContain(old));
    expect(await readdir(folder)).toEqual(expect.arrayContaining(foreign));
  });

  it.skipIf(process.getuid?.() !== 0)('says that the disk is full, and goes on when it is not', async () => {
    const folder = await scratchFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]);
    closers.push(() => Promise.resolve(execFileSync('umount', ['-l', folder])));
    const filler = join(folder, 'somebody-else');
    await writeFile(filler, Buffer.alloc(2_900_000));
    const wall = await record(folder);
    await wall.reaches('unreachable', 'disk-full');
    await rm(filler);
    await wall.reaches('reachable', null);
  });

  it('says that there is no such folder', async () => {
    const wall = await record('/dev/null/recordings');
    await wall.reaches('unreachable', 'no-folder');
  });
});

describe('what is deleted', () => {
  const segments = [3, 1, 2, 4].map((age) => ({ path: String(age), bytes: 10, writtenAtMs: 1_000 - age * 100 }));
  const rules = { keepForMs: 1_000, maximumBytes: 1_000, missingBytes: 0 };
  it.each([
    ['nothing while all rules are kept', {}, []],
    ['what is too old', { keepForMs: 250 }, ['4', '3']],
    ['what is too much', { maximumBytes: 25 }, ['4', '3']],
    ['what makes room', { missingBytes: 5 }, ['4']],
    ['never the newest', { maximumBytes: 0 }, ['4', '3', '2']],
  ])('%s', (_, more, gone) => {
    expect(expired(segments, { ...rules, ...more }, 1_000).map(({ path }) => path)).toEqual(gone);
  });
});

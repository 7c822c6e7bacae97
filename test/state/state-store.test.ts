import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { silentLogger } from '../../src/core/logger.js';
import { projectRoot } from '../../src/core/project-root.js';
import { StateStore, type StoreStatus } from '../../src/state/state-store.js';
import { eventually } from '../eventually.js';

const schema = z.object({ number: z.int(), text: z.string() });
type Value = z.output<typeof schema>;

let folder: string;
const statuses: StoreStatus[] = [];
const storeAt = (directory: string): StateStore<Value> =>
  new StateStore({ directory, schema, log: silentLogger, onStatus: (status) => statuses.push(status) });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshall-state-'));
  statuses.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Keeps the values one after the other, each written. */
async function keep(...values: readonly Value[]): Promise<void> {
  for (const value of values) {
    const store = storeAt(folder);
    store.save(value);
    await store.close();
  }
}

describe('the state store', () => {
  it('gives back what was kept last, and nothing where nothing was kept', async () => {
    expect(await storeAt(folder).load()).toBeNull();
    const store = storeAt(join(folder, 'made', 'when', 'missing'));
    for (let number = 0; number < 1_000; number += 1) store.save({ number, text: '大厅' });
    await store.close();
    expect(await storeAt(join(folder, 'made', 'when', 'missing')).load()).toEqual({ number: 999, text: '大厅' });
    expect(statuses).toEqual([]);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, text.length / 2)],
    ['changed in one place', (text: string) => text.replace('"number":2', '"number":3')],
    ['of another shape', () => '{"version":1,"checksum":"","state":{}}'],
    ['empty', () => ''],
    ['no text at all', () => '\u0000\u0001\u0002'],
  ])('sets a file aside that is %s, and goes on with the one before', async (_what, damage) => {
    await keep({ number: 1, text: 'one' }, { number: 2, text: 'two' });
    const file = join(folder, 'state.json');
    const damaged = damage(await readFile(file, 'utf8'));
    await writeFile(file, damaged);
    expect(await storeAt(folder).load()).toEqual({ number: 1, text: 'one' });
    const aside = (await readdir(folder)).find((name) => name.startsWith('state.json.damaged-'));
    expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(damaged);
  });

  it('begins anew when both generations are damaged', async () => {
    await keep({ number: 1, text: 'one' }, { number: 2, text: 'two' });
    for (const name of ['state.json', 'state.previous.json']) await writeFile(join(folder, name), 'x');
    expect(await storeAt(folder).load()).toBeNull();
    await keep({ number: 3, text: 'three' });
    expect(await storeAt(folder).load()).toEqual({ number: 3, text: 'three' });
  });

  it('says that it cannot write, and writes when it can', async () => {
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, 'a file where the folder should be');
    const store = storeAt(blocked);
    store.save({ number: 1, text: 'one' });
    await eventually(() => expect(statuses).toEqual([{ isSaved: false, problem: 'write-failed' }]));
    await rm(blocked);
    await eventually(() => expect(statuses.at(-1)).toEqual({ isSaved: true, problem: null }));
    await store.close();
    expect(await storeAt(blocked).load()).toEqual({ number: 1, text: 'one' });
  });

  it('says when everything saved so far is written, and whoever reads then finds it', async () => {
    const store = storeAt(folder);
    await store.settled();
    for (const number of [1, 2, 3]) {
      store.save({ number, text: 'soon replaced' });
      store.save({ number, text: 'decided' });
      await Promise.all([store.settled(), store.settled()]);
      expect(await storeAt(folder).load()).toEqual({ number, text: 'decided' });
    }
    await store.close();
  });

  it('does not keep anybody waiting for a disk that takes nothing, and tries on', async () => {
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, 'a file where the folder should be');
    const store = storeAt(blocked);
    store.save({ number: 1, text: 'one' });
    await store.settled();
    expect(store.status).toEqual({ isSaved: false, problem: 'write-failed' });
    await rm(blocked);
    await eventually(async () => expect(await storeAt(blocked).load()).toEqual({ number: 1, text: 'one' }));
    await store.close();
  });

  it('survives a full disk: what was kept before stays, and is replaced when there is room', async (context) => {
    const disk = join(folder, 'disk');
    await mkdir(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    if (mounted.status !== 0) context.skip('this user may not mount a small disk');
    try {
      const store = storeAt(disk);
      store.save({ number: 1, text: 'one' });
      await eventually(async () => expect(await readdir(disk)).toContain('state.json'));
      await writeFile(join(disk, 'ballast'), Buffer.alloc(60 * 1024)).catch(() => undefined);
      store.save({ number: 2, text: 'x'.repeat(40_000) });
      await eventually(() => expect(statuses.at(-1)).toEqual({ isSaved: false, problem: 'disk-full' }));
      expect(await storeAt(disk).load()).toEqual({ number: 1, text: 'one' });
      await rm(join(disk, 'ballast'));
      store.save({ number: 3, text: 'three' });
      await eventually(() => expect(statuses.at(-1)).toEqual({ isSaved: true, problem: null }));
      await store.close();
      expect(await storeAt(disk).load()).toEqual({ number: 3, text: 'three' });
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  it('is whole after its process was killed in the middle of writing, each time', async () => {
    const module = new URL('dist/src/state/state-store.js', projectRoot).href;
    const program = `
      const { StateStore } = await import(${JSON.stringify(module)});
      const schema = { parse: (value) => value };
      const log = { error: console.error };
      for (let number = 0; ; number += 1) {
        const store = new StateStore({ directory: ${JSON.stringify(folder)}, schema, log, onStatus: () => {} });
        store.save({ number, text: 'x'.repeat(number % 5_000) });
        await store.close();
        if (number === 5) console.log('writing');
      }`;
    for (let round = 0; round < 8; round += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        cwd: fileURLToPath(projectRoot),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const gone = once(child, 'exit');
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, round * 7));
      child.kill('SIGKILL');
      await gone;
      const value = await storeAt(folder).load();
      expect(value?.text).toBe('x'.repeat((value?.number ?? -1) % 5_000));
    }
    expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});

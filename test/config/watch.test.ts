import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileWatch } from '../../src/config/watch.js';
import { silentLogger } from '../../src/core/logger.js';
import { eventually } from '../eventually.js';

describe('watching a file', () => {
  let folder: string;
  let file: string;
  let changes = 0;
  let watching: FileWatch;

  const watch = async (): Promise<void> => {
    changes = 0;
    watching = await FileWatch.start({ file, log: silentLogger, onChange: () => (changes += 1) });
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glasshall-watch-'));
    file = join(folder, 'hall.yaml');
    await writeFile(file, 'one');
  });
  afterEach(async () => {
    await watching.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('notices writing in place, once for writing in several steps', async () => {
    await watch();
    await writeFile(file, 'tw');
    await writeFile(file, 'two');
    await eventually(() => expect(changes).toBe(1));
  });

  it('notices that another file took its place, as editors do it, again and again', async () => {
    await watch();
    for (const round of [1, 2, 3]) {
      await writeFile(`${file}.new`, `content ${round}`);
      await rename(`${file}.new`, file);
      await eventually(() => expect(changes).toBe(round));
    }
  });

  it('notices that the link leads elsewhere, as in a mounted configuration', async () => {
    for (const name of ['first', 'second']) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'hall.yaml'), name);
    }
    await symlink('first', join(folder, 'current'));
    file = join(folder, 'linked.yaml');
    await symlink('current/hall.yaml', file);
    await watch();
    await symlink('second', join(folder, 'next'));
    await rename(join(folder, 'next'), join(folder, 'current'));
    await eventually(() => expect(changes).toBe(1));
  });

  it('says nothing of other files, of the same content written again, and after its end', async () => {
    await watch();
    await writeFile(join(folder, 'other.yaml'), 'x');
    await writeFile(file, 'one');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(changes).toBe(0);
    await watching.close();
    await writeFile(file, 'late');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(changes).toBe(0);
  });

  it('notices that it is gone, and that it is back', async () => {
    await watch();
    await rm(file);
    await eventually(() => expect(changes).toBe(1));
    await writeFile(file, 'one');
    await eventually(() => expect(changes).toBe(2));
  });
});

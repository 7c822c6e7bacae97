import { spawnSync } from 'node:child_process';
import { open, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closable } from '../../../src/core/closing.js';

const FILLER = 'filler';
const BLOCK = Buffer.alloc(4_096, 1);

/** A disk of a few kilobytes that can be filled: a file system in memory. */
export class SmallDisk implements Closable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** @returns null, and says so, where we may not mount */
  static async mount(print: (line: string) => void): Promise<SmallDisk | null> {
    const path = await mkdtemp(join(tmpdir(), 'glasshall-disk-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', path]);
    if (mounted.status === 0) return new SmallDisk(path);
    await rm(path, { recursive: true });
    print('without a small disk: only root may mount one');
    return null;
  }

  /** Until nothing fits any more. */
  async fill(): Promise<void> {
    const file = await open(join(this.path, FILLER), 'w');
    try {
      for (;;) await file.write(BLOCK);
    } catch (failure) {
      if (!(failure instanceof Error && 'code' in failure && failure.code === 'ENOSPC')) throw failure;
    } finally {
      await file.close();
    }
  }

  async clear(): Promise<void> {
    await rm(join(this.path, FILLER), { force: true });
  }

  async close(): Promise<void> {
    spawnSync('umount', [this.path]);
    await rm(this.path, { recursive: true, force: true });
  }
}

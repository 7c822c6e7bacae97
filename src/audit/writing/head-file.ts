import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Closable } from '../../core/closing.js';
import { systemCalls } from '../../core/c-library.js';
import { GlasshallError } from '../../core/errors.js';
import type { Link } from '../ledger/chain.js';
import { HEAD_NAME, headText, readOpenHead, type Head } from '../ledger/head.js';

const LOCK_EXCLUSIVE_AT_ONCE = 2 | 4;

/** flock(2): the lock is gone when its process is, however that ended. Null where there is no glibc; then nobody is kept out. */
const system = systemCalls({ flock: 'int flock(int fd, int operation)' });

/**
 * Says beside the log how far the log goes, so that a tail that was cut off is noticed; and is locked by whoever writes, so that two
 * do not write one chain. Rewritten in place, in one block of the disk, after its entries are on the disk.
 */
export class HeadFile implements Closable {
  readonly #file: FileHandle;
  /** What it said when it was opened. */
  readonly found: Head;
  #isOpen = true;

  private constructor(file: FileHandle, found: Head) {
    this.#file = file;
    this.found = found;
  }

  /** @throws GlasshallError `in-use` when another process writes this log; Error of the system */
  static async open(directory: string): Promise<HeadFile> {
    const file = await open(join(directory, HEAD_NAME), constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      if (system !== null && system.flock(file.fd, LOCK_EXCLUSIVE_AT_ONCE) !== 0) {
        throw new GlasshallError('in-use', 'another process writes this audit log', { directory });
      }
      return new HeadFile(file, await readOpenHead(file));
    } catch (failure) {
      await file.close();
      throw failure;
    }
  }

  /** @throws Error of the system */
  async write(link: Link): Promise<void> {
    await this.#file.write(headText(link), 0);
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#file.close();
  }
}

import { open, stat, type FileHandle } from 'node:fs/promises';
import type { Closable } from '../../core/closing.js';

/** A file that only grows, by whole pieces: a piece that does not fit leaves nothing of itself. */
export class AppendFile implements Closable {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #inode: number;
  #sizeBytes: number;
  #isOpen = true;

  private constructor(path: string, file: FileHandle, inode: number, sizeBytes: number) {
    this.#path = path;
    this.#file = file;
    this.#inode = inode;
    this.#sizeBytes = sizeBytes;
  }

  /** Opens it for appending, for nobody else to read; makes it where it is missing. @throws Error of the system */
  static async open(path: string): Promise<AppendFile> {
    const file = await open(path, 'a', 0o600);
    const { ino, size } = await file.stat();
    return new AppendFile(path, file, ino, size);
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Whether what lies under its name is still what was written here, and no more or less. @throws Error of the system */
  async isUntouched(): Promise<boolean> {
    const { ino, size } = await stat(this.#path);
    return ino === this.#inode && size === this.#sizeBytes;
  }

  /** Writes behind what is there. @throws Error of the system; then the file is as it was, as far as the disk lets it */
  async append(bytes: Buffer): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done);
        done += bytesWritten;
      }
    } catch (failure) {
      await this.#file.truncate(this.#sizeBytes);
      throw failure;
    }
    this.#sizeBytes += bytes.length;
  }

  /** Resolves when all that was appended is on the disk. @throws Error of the system */
  sync(): Promise<void> {
    return this.#file.datasync();
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#file.close();
  }
}

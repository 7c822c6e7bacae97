/**
 * Small files that must be whole or not there: written beside their place and moved into it, with a checksum over what they say,
 * so that what was cut short or changed by hand is never believed.
 */
import { createHash } from 'node:crypto';
import { open, mkdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const envelope = z.strictObject({ version: z.literal(1), checksum: z.string(), state: z.unknown() });

/** A value as the text of a sealed file. */
export function seal(value: unknown): string {
  return `${JSON.stringify({ version: 1, checksum: checksumOf(JSON.stringify(value)), state: value })}\n`;
}

/** What a sealed file says. @throws Error when it is not what was written, or of another shape */
export function unseal<T>(text: string, schema: z.ZodType<T>): T {
  const { checksum, state } = envelope.parse(JSON.parse(text));
  if (checksum !== checksumOf(JSON.stringify(state))) throw new RangeError('the checksum does not match');
  return schema.parse(state);
}

/** The name under which a damaged file is set aside. */
export function asideName(name: string): string {
  return `${name}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
}

/** Whether a failure of the file system says that there is no such file. */
export function isMissing(failure: unknown): boolean {
  return (failure as NodeJS.ErrnoException).code === 'ENOENT';
}

/** A file that is being written beside the place that it will take. Only its owner may read it (mode 0600). */
export class FileDraft {
  readonly #directory: string;
  readonly #name: string;
  readonly #handle: FileHandle;

  private constructor(directory: string, name: string, handle: FileHandle) {
    this.#directory = directory;
    this.#name = name;
    this.#handle = handle;
  }

  /**
   * Begins a draft; the folder is made when it is missing.
   * @param flags `wx` where two writers must not meet: fails with `EEXIST` while another draft of this name is there
   * @throws Error with the code of the system
   */
  static async open(directory: string, name: string, flags: 'w' | 'wx' = 'w'): Promise<FileDraft> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return new FileDraft(directory, name, await open(join(directory, name), flags, 0o600));
  }

  /** Writes the text and lets the draft take its place, on the disk and not only in memory. @throws Error with the code of the system */
  async become(name: string, text: string): Promise<void> {
    try {
      await this.#handle.writeFile(text);
      await this.#giveToOwnerOfFolder();
      await this.#handle.sync();
    } catch (failure) {
      await this.discard();
      throw failure;
    }
    await this.#handle.close();
    await rename(join(this.#directory, this.#name), join(this.#directory, name));
    const folder = await open(this.#directory, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** Leaves everything as it was. */
  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(join(this.#directory, this.#name), { force: true });
  }

  /** What root writes into the folder of a service that is not root has to be readable for that service. */
  async #giveToOwnerOfFolder(): Promise<void> {
    if (process.getuid?.() !== 0) return;
    const { uid, gid } = await stat(this.#directory);
    await this.#handle.chown(uid, gid);
  }
}

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

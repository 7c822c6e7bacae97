import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closable } from '../../../core/closing.js';

/** ffmpeg reads it first of all; so long a very busy machine may take to get there. */
const KEPT_MS = 15_000;

/**
 * Options of ffmpeg that must not stand in its command line, where everybody can read them: a preset file (`-fpre`), one
 * `name=value` a line. It lies in memory where the system has a place for that, is readable by this user alone, and is removed
 * when ffmpeg has read it.
 */
export class SecretFile implements Closable {
  readonly path: string;
  readonly #folder: string;
  readonly #timer: NodeJS.Timeout;
  #removing: Promise<void> | null = null;

  private constructor(folder: string, path: string) {
    this.#folder = folder;
    this.path = path;
    this.#timer = setTimeout(() => void this.close(), KEPT_MS);
  }

  /** @throws Error of the system */
  static async write(options: readonly (readonly [option: string, value: string])[]): Promise<SecretFile> {
    const folder = await mkdtemp(join(placeInMemory(), 'glasshall-secret-'));
    const path = join(folder, 'options');
    const file = new SecretFile(folder, path);
    try {
      await writeFile(path, options.map(([name, value]) => `${name}=${value}\n`).join(''), { mode: 0o600 });
      return file;
    } catch (failure) {
      await file.close();
      throw failure;
    }
  }

  close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#removing ??= rm(this.#folder, { recursive: true, force: true });
    return this.#removing;
  }
}

function placeInMemory(): string {
  const ofUser = process.env['XDG_RUNTIME_DIR'];
  return [ofUser, '/dev/shm'].find((place) => place !== undefined && place !== '' && existsSync(place)) ?? tmpdir();
}

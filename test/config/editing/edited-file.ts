import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationEditor } from '../../../src/config/editing/configuration-editor.js';
import type { Closable } from '../../../src/core/closing.js';
import { GlasshallError } from '../../../src/core/errors.js';
import { silentLogger } from '../../../src/core/logger.js';

/** A configuration in a folder of its own, and the real editor that writes into it. */
export class EditedFile implements Closable {
  readonly folder: string;
  readonly file: string;
  readonly editor: ConfigurationEditor;

  private constructor(folder: string, file: string, reload: (file: string) => Promise<void>) {
    this.folder = folder;
    this.file = file;
    this.editor = new ConfigurationEditor({
      file,
      secrets: { environment: {}, readFile: (path) => path },
      reload: () => reload(file),
      log: silentLogger,
    });
  }

  /** @param reload called when the editor has written */
  static async open(text: string, reload: (file: string) => Promise<void>): Promise<EditedFile> {
    const folder = await mkdtemp(join(tmpdir(), 'glasshall-edited-'));
    const file = join(folder, 'hall.yaml');
    await writeFile(file, text);
    return new EditedFile(folder, file, reload);
  }

  async close(): Promise<void> {
    await this.editor.close();
    await rm(this.folder, { recursive: true });
  }
}

/** Why something was refused. @throws Error when it was not */
export async function refusalOf(work: Promise<unknown>): Promise<GlasshallError> {
  const failure: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof GlasshallError) return failure;
  throw new Error(`expected a refusal and got ${String(failure)}`);
}

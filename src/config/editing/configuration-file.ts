import { createHash, randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat, access, constants } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { GlasshallError, messageOf } from '../../core/errors.js';
import { fileProblemOf } from '../../core/file-problem.js';

/** The text of a file, and a digest of its bytes: whoever changes it says which one they saw. */
export type FileText = { readonly text: string; readonly revision: string };

/** Why a file cannot be replaced, as far as that shows without trying; null where nothing speaks against it. */
export type WriteObstacle = 'read-only' | null;

/** Reads the text of the configuration, a byte order mark included. @throws Error with the code of the system, TypeError when it is not UTF-8 */
export async function readFileText(file: string): Promise<FileText> {
  const bytes = await readFile(file);
  return {
    text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    revision: revisionOf(bytes),
  };
}

/** Whether the file could be replaced: the file itself and its folder take it. */
export async function writeObstacle(file: string): Promise<WriteObstacle> {
  try {
    const target = await realpath(file);
    await access(target, constants.W_OK);
    await access(dirname(target), constants.W_OK);
    return null;
  } catch {
    return 'read-only';
  }
}

/**
 * Replaces the file by another text, whole or not at all, with the same mode and owner; a symbolic link goes on leading to it.
 * @param revision of the text that the new one was made from
 * @throws GlasshallError `configuration-changed`, `configuration-read-only`, `configuration-mounted` (a single file that is
 * mounted into a container cannot be replaced), `configuration-not-written`
 */
export async function replaceFileText(file: string, text: string, revision: string): Promise<void> {
  const target = await realpath(file).catch((failure: unknown) => {
    throw problemOf(failure, file);
  });
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}.new`);
  try {
    const { mode, uid, gid } = await stat(target);
    // Whoever may not write the file itself may not replace it either, even where its folder would let them.
    await access(target, constants.W_OK);
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.chmod(mode & 0o7777);
      const own = await handle.stat();
      if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (revisionOf(await readFile(target)) !== revision) throw changed(file);
    await rename(draft, target);
    await syncFolder(dirname(target));
  } catch (failure) {
    await rm(draft, { force: true });
    throw failure instanceof GlasshallError ? failure : problemOf(failure, file);
  }
}

/** The file is not what somebody saw any more. */
export function changed(file: string): GlasshallError {
  const name = basename(file);
  const words = `${name} was changed by somebody else meanwhile — load it again and repeat the change`;
  return new GlasshallError('configuration-changed', words, { file: name });
}

function revisionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function problemOf(failure: unknown, file: string): GlasshallError {
  const name = basename(file);
  const { code } = failure as NodeJS.ErrnoException;
  if (code === 'EBUSY' || code === 'EXDEV') {
    const words = `${name} is mounted as a single file and cannot be replaced — mount its folder instead`;
    return new GlasshallError('configuration-mounted', words, { file: name });
  }
  const problem = fileProblemOf(failure);
  if (problem === 'not-writable') {
    const words = `${name} may not be written by the service — keep it where the service may write, or save a draft`;
    return new GlasshallError('configuration-read-only', words, { file: name });
  }
  const words = `${name} could not be written (${messageOf(failure)}); it is as it was`;
  return new GlasshallError('configuration-not-written', words, { file: name, problem });
}

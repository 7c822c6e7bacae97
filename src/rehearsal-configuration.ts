import { copyFile, mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'rehearsal.yaml';
const BEFORE = 'rehearsal.before.yaml';

/**
 * The configuration that a rehearsal runs on: a copy of the project's, so that layouts which somebody saves while practising
 * are there the next time, and never change the project. When the project's is newer, it is copied anew, and the copy with what
 * was practised stays beside it.
 * @param directory the state folder of the rehearsal
 * @returns the path of the copy
 */
export async function rehearsalConfiguration(project: string, directory: string): Promise<string> {
  const copy = join(directory, FILE);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const copiedAtMs = await changedAtMs(copy);
  const isCurrent = copiedAtMs !== null && copiedAtMs >= ((await changedAtMs(project)) ?? 0);
  if (isCurrent) return copy;
  if (copiedAtMs !== null) await rename(copy, join(directory, BEFORE));
  await copyFile(project, copy);
  return copy;
}

async function changedAtMs(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

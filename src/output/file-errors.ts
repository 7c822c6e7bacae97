import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Reachability } from './output-driver.js';

const CODES: Readonly<Record<string, string>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EROFS: 'forbidden',
  ENOENT: 'no-folder',
  ENOTDIR: 'no-folder',
  EEXIST: 'no-folder',
};

/** The stable code for what the file system said: one of those above, or `write-failed`. */
export function fileReasonOf(failure: unknown): string {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  return CODES[code] ?? 'write-failed';
}

/** Whether files could be written into a folder, which need not be there yet. Nothing is written. */
export async function probeFolder(folder: string): Promise<Reachability> {
  try {
    if (!(await stat(folder)).isDirectory()) return { state: 'unreachable', reason: 'no-folder' };
    await access(folder, constants.W_OK);
    return { state: 'reachable', reason: null };
  } catch (failure) {
    const isMissing = failure instanceof Error && 'code' in failure && failure.code === 'ENOENT';
    if (isMissing && dirname(folder) !== folder) return probeFolder(dirname(folder));
    return { state: 'unreachable', reason: fileReasonOf(failure) };
  }
}

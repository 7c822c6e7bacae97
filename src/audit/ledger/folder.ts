import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FIRST_PART_BYTES, readLineHead, type LineHead } from './chain.js';
import { inOrder, type LedgerFile } from './file-name.js';

/** The files of the log in a folder, in the order of the chain; none where there is no folder. @throws Error of the system */
export async function filesIn(directory: string): Promise<LedgerFile[]> {
  try {
    return inOrder(await readdir(directory));
  } catch (failure) {
    if (isMissing(failure)) return [];
    throw failure;
  }
}

/** What the first line of a file begins with; null where it cannot be read or is none of ours. @throws Error of the system */
export async function firstHeadOf(directory: string, { name }: LedgerFile): Promise<LineHead | null> {
  try {
    const file = await open(join(directory, name), 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_PART_BYTES), 0, FIRST_PART_BYTES, 0);
      return readLineHead(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (failure) {
    if (isMissing(failure)) return null;
    throw failure;
  }
}

/** Whether a file or folder is not there. */
export function isMissing(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && failure.code === 'ENOENT';
}

import { open } from 'node:fs/promises';

/** A line of a file. */
export type Line = {
  /** From 1. */
  readonly number: number;
  /** Where it begins, in bytes. */
  readonly offset: number;
  /** Without its end. Of a line that is too long, the beginning. */
  readonly bytes: Buffer;
  /** Whether it has its end, a line feed. Only the last line of a file can be without. */
  readonly isWhole: boolean;
};

/** No entry is as long as this: whatever is, is none, and is not kept in memory as a whole. */
export const LONGEST_LINE_BYTES = 4 * 1024 * 1024;

const CHUNK_BYTES = 256 * 1024;
const LINE_FEED = 0x0a;

/**
 * Reads a file line by line, some at a time, in memory that does not grow with the file.
 * @param start where to begin; the first line there counts as the given number
 * @throws Error of the system
 */
export async function* readLines(
  path: string,
  start: { readonly offset: number; readonly number: number } = { offset: 0, number: 1 },
): AsyncGenerator<readonly Line[]> {
  const file = await open(path, 'r');
  try {
    let { offset, number } = start;
    let position = offset;
    let carried: Buffer[] = [];
    let carriedBytes = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, position);
      if (bytesRead === 0) break;
      position += bytesRead;
      const lines: Line[] = [];
      let from = 0;
      for (;;) {
        const end = chunk.indexOf(LINE_FEED, from);
        if (end < 0 || end >= bytesRead) break;
        const bytes = joined(carried, chunk.subarray(from, end));
        lines.push({ number, offset, bytes, isWhole: true });
        from = end + 1;
        offset = position - bytesRead + from;
        number += 1;
        carried = [];
        carriedBytes = 0;
      }
      if (from < bytesRead && carriedBytes <= LONGEST_LINE_BYTES) {
        carried.push(chunk.subarray(from, bytesRead));
        carriedBytes += bytesRead - from;
      }
      if (lines.length > 0) yield lines;
    }
    if (position > offset) yield [{ number, offset, bytes: Buffer.concat(carried), isWhole: false }];
  } finally {
    await file.close();
  }
}

function joined(carried: readonly Buffer[], rest: Buffer): Buffer {
  return carried.length === 0 ? rest : Buffer.concat([...carried, rest]);
}

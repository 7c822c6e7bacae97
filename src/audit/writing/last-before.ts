import { checkLine, type Link } from '../ledger/chain.js';
import { readLines } from '../ledger/lines.js';

/** What the first line of a file follows; null where that line cannot be believed. @throws Error of the system */
export async function lastBefore(path: string): Promise<Link | null> {
  for await (const [line] of readLines(path)) {
    if (line === undefined) continue;
    const { isSound, head, previous } = checkLine(line.bytes);
    if (!isSound || head === null || previous === null) return null;
    return { sequence: head.sequence - 1, hash: previous };
  }
  return null;
}

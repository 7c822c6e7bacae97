import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { availableParallelism } from 'node:os';
import { messageOf } from '../core/errors.js';
import { createThreadPool, setThreadNiceness } from '../core/niceness.js';

/** How a thread is preferred by the system: in real time, by its nice value, or not at all. */
export type Preference = { readonly kind: 'real-time' | 'nice' | 'none'; readonly reason: string | null };

/** The lowest real-time priority: before everything ordinary, behind whatever else is in real time. */
const REAL_TIME_PRIORITY = '1';
const NICENESS = -10;
const CHRT_WITHIN_MS = 2_000;

/**
 * Lets the calling thread run before others as far as the system allows it (CAP_SYS_NICE or limits on real time): a tick
 * must not wait for a picture being painted. Threads that it starts later are ordinary again.
 */
export async function preferThisThread(): Promise<Preference> {
  await createThreadPool();
  // With a single processor a thread in real time could keep everything else from running.
  const refusal = availableParallelism() > 1 ? goRealTime() : 'one processor';
  if (refusal === null) return { kind: 'real-time', reason: null };
  try {
    await setThreadNiceness(NICENESS);
    return { kind: 'nice', reason: refusal };
  } catch (failure) {
    return { kind: 'none', reason: `${refusal}; ${messageOf(failure)}` };
  }
}

/** @returns why it could not be, null when it is */
function goRealTime(): string | null {
  try {
    // Read synchronously, because only then is it this thread that the kernel answers for.
    const thread = basename(readlinkSync('/proc/thread-self'));
    const result = spawnSync('chrt', ['--fifo', '--reset-on-fork', '--pid', REAL_TIME_PRIORITY, thread], {
      timeout: CHRT_WITHIN_MS,
      encoding: 'utf8',
    });
    if (result.error !== undefined) return result.error.message;
    return result.status === 0 ? null : result.stderr.trim();
  } catch (failure) {
    return messageOf(failure);
  }
}

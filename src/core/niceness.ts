import { access } from 'node:fs/promises';
import { setPriority } from 'node:os';

/**
 * Gives the calling thread a nice value, −20 to 19, lower being preferred; a negative one takes CAP_SYS_NICE. Threads and
 * processes that it starts later inherit it, the process's pool of worker threads does not.
 * @throws the system's error when it may not be
 */
export async function setThreadNiceness(niceness: number): Promise<void> {
  await createThreadPool();
  // On Linux, process 0 means the calling thread alone.
  setPriority(0, niceness);
}

/** The pool inherits from the thread that first uses it, and it paints and encodes: it must exist before. */
export async function createThreadPool(): Promise<void> {
  await access('/');
}

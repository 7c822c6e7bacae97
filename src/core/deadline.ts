/**
 * Does some work with a signal that aborts after a time, or when `parent` does.
 * Not `AbortSignal.any` with `AbortSignal.timeout`: in Node 20 the garbage collector takes such a timeout away, and it never comes.
 */
export async function withDeadline<Result>(
  milliseconds: number,
  parent: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, milliseconds);
  parent.addEventListener('abort', abort, { once: true });
  if (parent.aborted) abort();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    parent.removeEventListener('abort', abort);
  }
}

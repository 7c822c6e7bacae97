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

/** The result, or null when the signal comes first; what comes of it after that is given to `discard`, and a late failure to nobody. */
export async function beforeAbort<Result>(
  signal: AbortSignal,
  result: Promise<Result>,
  discard: (late: Result) => void = () => undefined,
): Promise<Result | null> {
  if (signal.aborted) {
    result.then(discard, () => undefined);
    return null;
  }
  return new Promise((resolve, reject) => {
    let isLate = false;
    const onAbort = (): void => {
      isLate = true;
      resolve(null);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    result.then(
      (value) => {
        signal.removeEventListener('abort', onAbort);
        if (isLate) discard(value);
        else resolve(value);
      },
      (failure: unknown) => {
        signal.removeEventListener('abort', onAbort);
        reject(failure instanceof Error ? failure : new Error(String(failure)));
      },
    );
  });
}

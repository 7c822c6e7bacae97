import { messageOf } from './core/errors.js';
import type { Logger } from './core/logger.js';

/** How a process ends. */
export type ProcessEndOptions = {
  /** Whatever hangs is left behind after this long. */
  readonly withinMs: number;
  /** Lets everything go, in good order. */
  readonly close: () => Promise<void>;
  readonly log: Logger;
};

/** The one way out of a process, for every signal and every failure. The first call counts; the process ends with its status, or with 1. */
export function processEnd({ withinMs, close, log }: ProcessEndOptions): {
  readonly isEnding: () => boolean;
  readonly end: (status: number) => Promise<void>;
} {
  let isEnding = false;
  const end = async (status: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    const deadline = setTimeout(() => {
      log.error({}, 'closing took too long');
      process.exit(1);
    }, withinMs);
    try {
      await close();
    } catch (failure) {
      log.error({ failure: messageOf(failure) }, 'closing failed');
      status = 1;
    }
    clearTimeout(deadline);
    process.exit(status);
  };
  return { isEnding: () => isEnding, end };
}

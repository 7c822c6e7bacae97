import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when `isShown` says so, at the latest after `limitMs`. */
export async function presentable(isShown: () => boolean, limitMs: number): Promise<void> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  while (!isShown() && !limit.signal.aborted) await pause(50);
  clearTimeout(timer);
}

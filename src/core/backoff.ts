/** Waits between tries in milliseconds: `firstMs`, doubled each time up to `maximumMs`, each spread by ± `jitter` of itself. */
export type BackoffOptions = { readonly firstMs: number; readonly maximumMs: number; readonly jitter: number };

/** 1, 2, 4 … 30 s, each ± 20 %: the waits for every device that we reach over the network. */
export const DEVICE_BACKOFF: BackoffOptions = { firstMs: 1_000, maximumMs: 30_000, jitter: 0.2 };

/** 1, 2, 4, 5 s, each ± 20 %: for what costs nobody but this machine, such as a socket that is opened again. */
export const LOCAL_BACKOFF: BackoffOptions = { firstMs: 1_000, maximumMs: 5_000, jitter: 0.2 };

/**
 * How long to wait before the given try.
 * @param attempt 1 for the first repetition
 * @param random a number from 0 to 1, injected by tests
 */
export function backoffMs(
  attempt: number,
  options: BackoffOptions = DEVICE_BACKOFF,
  random: number = Math.random(),
): number {
  const base = Math.min(options.maximumMs, options.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(base * (1 + options.jitter * (2 * random - 1)));
}

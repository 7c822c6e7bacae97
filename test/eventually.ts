import { vi } from 'vitest';

/** Tries until the check passes, for as long as a busy machine may need; a test does not assert how long that is. */
export function eventually<Result>(
  check: () => Result | Promise<Result>,
  options: { readonly timeout?: number; readonly interval?: number } = {},
): Promise<Result> {
  return vi.waitFor(check, { timeout: 15_000, ...options });
}

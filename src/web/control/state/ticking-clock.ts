import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** Time for ages, in milliseconds of `performance.now()`, renewed twice a second. */
export type TickingClock = { readonly now: ReadonlySignal<number>; close(): void };

const STEP_MS = 500;

export function startTickingClock(): TickingClock {
  const now = signal(performance.now());
  const timer = window.setInterval(() => (now.value = performance.now()), STEP_MS);
  return { now, close: () => window.clearInterval(timer) };
}

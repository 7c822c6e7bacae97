import { describe, expect, it } from 'vitest';
import { RetryPlan, type Trial } from '../../src/camera/ingest/retry.js';

/** ± 20 % of each wait are chance. */
function around(waitMs: number, baseMs: number): void {
  expect(waitMs).toBeGreaterThanOrEqual(baseMs * 0.8);
  expect(waitMs).toBeLessThanOrEqual(baseMs * 1.2);
}

function trial(lastedMs: number, livedMs: number | null): Trial {
  return { lastedMs, livedMs, wasUnauthorised: false };
}

describe('waits between tries', () => {
  it('are 1, 2, 4 … 30 seconds where a camera refuses at once', () => {
    const plan = new RetryPlan();
    for (const baseMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      around(plan.after(trial(0, null)), baseMs);
    }
    expect(plan.failures).toBe(7);
  });

  it('count from the beginning of the try', () => {
    const plan = new RetryPlan();
    for (let index = 0; index < 4; index += 1) expect(plan.after(trial(10_000, null))).toBe(500);
    around(plan.after(trial(10_000, null)) + 10_000, 16_000);
  });

  it('do not grow at once while a camera gives pictures between its failures, and do in the end', () => {
    const plan = new RetryPlan();
    for (let index = 0; index < 11; index += 1) around(plan.after(trial(1_000, 500)), 1_000);
    around(plan.after(trial(1_000, 500)), 2_000);
    around(plan.after(trial(1_000, 500)), 4_000);
  });

  it('stay short for a minute after a stream that had lasted, and grow then', () => {
    const plan = new RetryPlan();
    around(plan.after(trial(60_000, 59_000)), 1_000);
    around(plan.after(trial(0, null)), 2_000);
    let lostForMs = 2_400 + 1_200;
    for (; lostForMs < 60_000; lostForMs += 4_800) {
      const waitMs = plan.after(trial(0, null));
      expect(waitMs).toBeLessThanOrEqual(4_800);
    }
    // What was waited is at least two thirds of what was reckoned with.
    for (lostForMs *= 2 / 3; lostForMs < 60_000; lostForMs += 3_200) plan.after(trial(0, null));
    around(plan.after(trial(0, null)), 30_000);
  });

  it('grow at once where the camera does not accept the password, which too many tries would lock', () => {
    const plan = new RetryPlan();
    around(plan.after(trial(60_000, 59_000)), 1_000);
    for (const baseMs of [2_000, 4_000, 8_000, 16_000, 30_000]) {
      around(plan.after({ lastedMs: 0, livedMs: null, wasUnauthorised: true }), baseMs);
    }
  });

  it('begin anew after a stream that lasted', () => {
    const plan = new RetryPlan();
    for (let index = 0; index < 5; index += 1) plan.after(trial(0, null));
    around(plan.after(trial(60_000, 59_000)), 1_000);
    expect(plan.failures).toBe(1);
    around(plan.after(trial(0, null)), 2_000);
  });
});

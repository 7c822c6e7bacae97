import { describe, expect, it } from 'vitest';
import { PictureHealth, type PictureState } from '../../src/camera/health/picture-health.js';

/** Plays pictures into a health: every `everyMs` from `fromMs` to `toMs`, looked at every 100 ms in between. */
function play(health: PictureHealth, fromMs: number, toMs: number, everyMs: number | null, isFrozen = false): void {
  let nextMs = fromMs;
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 10) {
    if (everyMs !== null && nowMs >= nextMs) {
      health.picture(nowMs, isFrozen);
      nextMs += everyMs;
    }
    if (nowMs % 100 === 0) health.look(nowMs);
  }
}

type Expected = readonly [atMs: number, state: PictureState, slate: boolean];

function expectAt(health: PictureHealth, ...[atMs, state, slate]: Expected): void {
  expect([health.look(atMs), health.showsSlate], `at ${atMs} ms`).toEqual([state, slate]);
}

describe('the health of a picture', () => {
  it('is nothing before the first picture, and live with it, without a wait', () => {
    const health = new PictureHealth();
    expectAt(health, 5_000, 'none', false);
    expect(health.lastLiveMs).toBeNull();
    health.picture(5_000, false);
    expectAt(health, 5_000, 'live', false);
    expect(health.lastLiveMs).toBe(5_000);
  });

  it('is stale soon after a second without a picture, and a slate before it is three seconds old', () => {
    const health = new PictureHealth();
    play(health, 0, 2_000, 40);
    expectAt(health, 3_240, 'live', false);
    expectAt(health, 3_260, 'stale', false);
    expectAt(health, 4_890, 'stale', false);
    expectAt(health, 4_900, 'stale', true);
    expect(health.lastLiveMs).toBe(2_000);
  });

  it('comes back after a second of good pictures, and not before', () => {
    const health = new PictureHealth();
    play(health, 0, 2_000, 40);
    health.look(6_000);
    play(health, 7_000, 7_960, 40);
    expectAt(health, 7_960, 'stale', true);
    play(health, 8_000, 8_040, 40);
    expectAt(health, 8_040, 'live', false);
  });

  it('does not flap: a picture now and then brings nothing back', () => {
    const health = new PictureHealth();
    play(health, 0, 2_000, 40);
    health.look(6_000);
    for (let atMs = 10_000; atMs < 60_000; atMs += 5_000) {
      play(health, atMs, atMs + 500, 40);
      expectAt(health, atMs + 4_900, 'stale', true);
    }
  });

  it('is shown again at once when no slate had come yet, but is called live only after its second', () => {
    const health = new PictureHealth();
    play(health, 0, 2_000, 40);
    expectAt(health, 3_500, 'stale', false);
    play(health, 3_600, 4_000, 40);
    expectAt(health, 4_000, 'stale', false);
    play(health, 4_040, 4_680, 40);
    expectAt(health, 4_680, 'live', false);
  });

  it('goes by the pace of a slow camera: one picture a second is live', () => {
    const health = new PictureHealth();
    play(health, 0, 20_000, 1_000);
    expectAt(health, 20_900, 'live', false);
    play(health, 21_000, 40_000, 1_000);
    expectAt(health, 42_000, 'live', false);
    expectAt(health, 43_100, 'stale', true);
  });

  it.each([
    ['drops to one picture a second', 1_000],
    ['drops to five', 200],
    ['jumps to sixty', 10],
  ])('stays live when a camera %s in the middle, and some pictures are late', (_case, everyMs) => {
    const health = new PictureHealth();
    play(health, 0, 5_000, 40);
    const states = new Set<PictureState>();
    for (let count = 1; count <= 60; count += 1) {
      const atMs = 5_000 + count * everyMs + (count % 3 === 0 ? 0.1 : count % 3 === 1 ? 0.2 : 0) * everyMs;
      states.add(health.look(atMs));
      health.picture(atMs, false);
      states.add(health.look(atMs));
    }
    play(health, 5_000 + 62 * everyMs, 20_000 + 62 * everyMs, 40);
    states.add(health.look(20_000 + 62 * everyMs));
    expect([...states]).toEqual(['live']);
  });

  it('puts a frozen picture off the wall at once, and takes it back a second after it moves', () => {
    const health = new PictureHealth();
    play(health, 0, 2_000, 40);
    play(health, 2_040, 4_000, 40, true);
    expectAt(health, 4_000, 'frozen', true);
    expect(health.lastLiveMs).toBe(2_000);
    play(health, 4_040, 5_000, 40);
    expectAt(health, 5_000, 'frozen', true);
    play(health, 5_040, 5_080, 40);
    expectAt(health, 5_080, 'live', false);
  });

  it('holds its promises in any order of events', () => {
    let seed = 20_261_124;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 200; round += 1) {
      const health = new PictureHealth();
      let lastMs: number | null = null;
      let isFrozen = false;
      let wasSlate = false;
      /** Since when pictures came one after the other, none of them frozen. */
      let goodSinceMs: number | null = null;
      for (let nowMs = 0; nowMs < 30_000; nowMs += 100) {
        if (random() < 0.02) isFrozen = !isFrozen;
        const likelihood = [0.9, 0.3, 0][round % 3 === 0 ? 0 : Math.floor(nowMs / 5_000) % 3] ?? 0;
        if (random() < likelihood) {
          health.picture(nowMs, isFrozen);
          const isBroken = lastMs === null || nowMs - lastMs > 3_000;
          if (isFrozen) goodSinceMs = null;
          else if (isBroken || goodSinceMs === null) goodSinceMs = nowMs;
          lastMs = nowMs;
        }
        const state = health.look(nowMs);
        const ageMs = lastMs === null ? Infinity : nowMs - lastMs;
        if (lastMs !== null && ageMs >= 2_900) expect(health.showsSlate).toBe(true);
        if (state === 'live') expect(ageMs).toBeLessThanOrEqual(3_000);
        if (wasSlate && !health.showsSlate) expect(nowMs - (goodSinceMs ?? nowMs)).toBeGreaterThanOrEqual(1_000);
        wasSlate = health.showsSlate;
        expect(state === 'live' && health.showsSlate).toBe(false);
      }
    }
  });
});

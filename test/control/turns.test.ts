import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/control/http/turns.js';

/** One turn of the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('let one request begin in each turn of the event loop, in their order', async () => {
    const turns = new Turns();
    const begun: number[] = [];
    const all = Array.from({ length: 50 }, (_, index) => turns.next().then(() => begun.push(index)));
    const counts: number[] = [];
    while (begun.length < 50) {
      await turn();
      counts.push(begun.length);
    }
    await Promise.all(all);
    expect(begun).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(counts.length).toBeGreaterThanOrEqual(49);
    expect(counts.every((count, index) => count - (counts[index - 1] ?? 0) <= 2)).toBe(true);
  });

  it('make nobody wait who comes alone', async () => {
    const turns = new Turns();
    for (let time = 0; time < 3; time += 1) {
      let isTurnOver = false;
      setImmediate(() => (isTurnOver = true));
      await turns.next();
      expect(isTurnOver).toBe(false);
      await turn();
    }
  });

  it('turn away whoever comes when a thousand wait, and go on', async () => {
    const turns = new Turns();
    const waiting = Array.from({ length: 1_001 }, () => turns.next());
    await expect(turns.next()).rejects.toMatchObject({ code: 'busy' });
    await Promise.all(waiting);
    await expect(turns.next()).resolves.toBeUndefined();
  });
});

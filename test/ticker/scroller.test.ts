import { beforeEach, describe, expect, it } from 'vitest';
import { TickerScroller } from '../../src/ticker/scroller.js';
import {
  BACKGROUND,
  BLANK,
  columnsOf,
  GAP,
  HEIGHT,
  randomFrom,
  stripOf,
  type Token,
  WIDTH,
} from './coloured-columns.js';

let scroller = new TickerScroller(HEIGHT, WIDTH, BACKGROUND);
beforeEach(() => {
  scroller = new TickerScroller(HEIGHT, WIDTH, BACKGROUND);
});

function tick(times = 1): void {
  for (let count = 0; count < times; count++) scroller.advance();
}

describe('a running line', () => {
  it('shows its background before the first text', () => {
    tick();
    expect(new Set(columnsOf(scroller))).toEqual(new Set([BLANK]));
  });

  it('enters from the right, pixel by pixel', () => {
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: stripOf(1, [{ label: 50, widthPx: 30 }], 3) });
    expect(new Set(columnsOf(scroller))).toEqual(new Set([BLANK]));
    tick();
    expect(columnsOf(scroller).slice(-4)).toEqual([BLANK, '50,0,1', '50,1,1', '50,2,1']);
  });

  it('repeats for ever with an even gap', () => {
    const strip = stripOf(1, [{ label: 50, widthPx: 20 }], 1);
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip });
    tick(WIDTH * 5);
    const first = columnsOf(scroller);
    tick(20 + GAP);
    expect(columnsOf(scroller)).toEqual(first);
    const starts = first.flatMap((colour, x) => (colour === '50,0,1' ? [x] : []));
    expect(starts.length).toBeGreaterThanOrEqual(3);
    for (let index = 1; index < starts.length; index++)
      expect((starts[index] ?? 0) - (starts[index - 1] ?? 0)).toBe(20 + GAP);
    expect(first.filter((colour) => colour === BLANK).length).toBeGreaterThan(0);
  });

  it('ignores updates for other heights', () => {
    scroller.apply({ kind: 'follow', heightPx: HEIGHT + 1, strip: stripOf(1, [{ label: 50, widthPx: 30 }], 3) });
    tick(20);
    expect(new Set(columnsOf(scroller))).toEqual(new Set([BLANK]));
  });
});

describe('a changed count', () => {
  it.each(Array.from({ length: 20 }, (_, seed) => [seed]))('never makes the line jump (%d)', (seed) => {
    const random = randomFrom(seed);
    const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
    let tokens: Token[] = Array.from({ length: whole(1, 7) }, (_, index) => ({
      label: index * 20,
      widthPx: whole(3, 60),
    }));
    const pixelsPerTick = whole(1, 4);
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: stripOf(1, tokens, pixelsPerTick) });
    tick(whole(1, 200));
    let before = columnsOf(scroller);
    for (let step = 0; step < 60; step++) {
      const changed = random() < 0.3 ? whole(0, tokens.length - 1) : -1;
      if (changed >= 0) {
        // The same room, another label: only this token may look different.
        tokens = tokens.map((token, index) =>
          index === changed ? { ...token, label: changed * 20 + whole(1, 19) } : token,
        );
        scroller.apply({ kind: 'refresh', heightPx: HEIGHT, strip: stripOf(1, tokens, pixelsPerTick) });
      }
      tick();
      const now = columnsOf(scroller);
      for (let x = 0; x + pixelsPerTick < WIDTH; x++) {
        const label = Number(now[x]?.split(',')[0]);
        if (changed >= 0 && now[x] !== BLANK && Math.floor(label / 20) === changed) continue;
        expect(now[x]).toBe(before[x + pixelsPerTick]);
      }
      before = now;
    }
  });

  it.each(Array.from({ length: 20 }, (_, seed) => [seed]))(
    'that needs another room leaves the first token seen from its beginning in its place (%d)',
    (seed) => {
      const random = randomFrom(1_000 + seed);
      const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
      let tokens: Token[] = Array.from({ length: whole(2, 6) }, (_, index) => ({
        label: index * 20,
        widthPx: whole(5, 50),
      }));
      scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: stripOf(1, tokens, 1) });
      tick(whole(WIDTH, 4 * WIDTH));
      for (let step = 0; step < 30; step++) {
        const before = columnsOf(scroller);
        const changed = whole(0, tokens.length - 1);
        tokens = tokens.map((token, index) => (index === changed ? { ...token, widthPx: whole(5, 50) } : token));
        scroller.apply({ kind: 'refresh', heightPx: HEIGHT, strip: stripOf(1, tokens, 1) });
        const after = columnsOf(scroller);
        const anchor = before.findIndex((colour) => colour.split(',')[1] === '0');
        for (let x = anchor; anchor >= 0 && x < WIDTH; x++) {
          const label = before[x]?.split(',')[0];
          expect(after[x]).toBe(before[x]);
          if (label === String(changed * 20)) break;
        }
        tick(whole(1, 30));
      }
    },
  );
});

describe('a new text', () => {
  const one = stripOf(
    1,
    [
      { label: 20, widthPx: 60 },
      { label: 40, widthPx: 30 },
      { label: 60, widthPx: 500 },
    ],
    1,
  );
  const two = stripOf(2, [{ label: 80, widthPx: 30 }], 1);
  const three = stripOf(3, [{ label: 100, widthPx: 30 }], 1);

  it('comes in behind what is to be seen, which runs out unchanged', () => {
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: one });
    tick(75);
    const before = columnsOf(scroller);
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: two });
    expect(columnsOf(scroller)).toEqual(before);
    tick(40);
    const after = columnsOf(scroller);
    // The token at the right edge (15 of its 30 columns in) is finished, then there is the gap, then the new text.
    const expected = [
      ...before.slice(40),
      ...Array.from({ length: 15 }, (_, index) => `40,${15 + index},1`),
      ...Array.from({ length: GAP }, () => BLANK),
      ...Array.from({ length: 30 }, (_, index) => `80,${index},2`),
    ].slice(0, WIDTH);
    expect(after).toEqual(expected);
  });

  it('lets the sentence be finished that is to be seen, when that is not far', () => {
    const sentences = (lastPx: number) =>
      stripOf(
        1,
        [
          { label: 20, widthPx: 60 },
          { label: 40, widthPx: 30 },
          { label: 60, widthPx: lastPx },
          { label: 70, widthPx: 10, isSeparator: true },
          { label: 90, widthPx: 20 },
        ],
        1,
      );
    const seenAfter = (lastPx: number): Set<string> => {
      scroller = new TickerScroller(HEIGHT, WIDTH, BACKGROUND);
      scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: sentences(lastPx) });
      tick(75);
      scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: two });
      const labels = new Set<string>();
      for (let count = 0; count < 400; count++) {
        tick();
        for (const colour of columnsOf(scroller)) labels.add(colour.split(',')[0] ?? '');
      }
      return labels;
    };
    const blank = BLANK.split(',')[0] ?? '';
    // 75 of its columns are in; the sentence ends at 90 + lastPx, of which at most WIDTH may be still to come.
    expect(seenAfter(75 + WIDTH - 90)).toEqual(new Set([blank, '20', '40', '60', '80']));
    expect(seenAfter(75 + WIDTH - 89)).toEqual(new Set([blank, '20', '40', '80']));
  });

  it('takes the place of one that is still waiting outside', () => {
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: one });
    tick(75);
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: two });
    tick(5);
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: three });
    const seen = new Set<string>();
    for (let count = 0; count < 300; count++) {
      tick();
      for (const colour of columnsOf(scroller)) seen.add(colour.split(',')[2] ?? '');
    }
    expect(seen).toEqual(new Set(['1', '3', '30']));
  });

  it('leaves nothing of the old one after that has run out', () => {
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: one });
    tick(400);
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: two });
    tick(500 + WIDTH);
    expect(new Set(columnsOf(scroller).map((colour) => colour.split(',')[2]))).toEqual(new Set(['2', '30']));
  });

  it('keeps the counts true in the old one while it runs out', () => {
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: one });
    tick(75);
    scroller.apply({ kind: 'follow', heightPx: HEIGHT, strip: two });
    const withdrawn = stripOf(
      1,
      [
        { label: 20, widthPx: 60 },
        { label: 41, widthPx: 22 },
        { label: 60, widthPx: 500 },
      ],
      1,
    );
    scroller.apply({ kind: 'refresh', heightPx: HEIGHT, strip: two, retired: [withdrawn] });
    const columns = columnsOf(scroller);
    expect(columns.slice(26, 87)).toEqual([...Array.from({ length: 60 }, (_, index) => `20,${index},1`), '41,0,1']);
    expect(columns.some((colour) => colour.startsWith('40,'))).toBe(false);
    tick(50);
    expect(columnsOf(scroller).some((colour) => colour.startsWith('60,'))).toBe(false);
  });
});

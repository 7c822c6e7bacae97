import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src/core/closing.js';
import type { Logger } from '../../src/core/logger.js';
import { silentLogger } from '../../src/core/logger.js';
import { tickerOptions } from '../../src/ticker/options.js';
import { Ticker } from '../../src/ticker/ticker.js';
import type { TickerStrip, TickerUpdate } from '../../src/ticker/update.js';

const HEIGHT = 48;

let closing = new CloseStack();
afterEach(async () => {
  await closing.close();
  closing = new CloseStack();
});

function tickerWith(text: string, log: Logger = silentLogger): Ticker {
  return closing.add(new Ticker({ options: tickerOptions.parse({ text }), framesPerSecond: 25, log }));
}

function nextUpdate(ticker: Ticker): Promise<TickerUpdate> {
  return new Promise((resolve) => ticker.once('update', resolve));
}

async function started(
  text: string,
  values: Record<string, number | string | null>,
): Promise<{ ticker: Ticker; strip: TickerStrip }> {
  const ticker = tickerWith(text);
  ticker.setCount({ id: 'q', values });
  const update = nextUpdate(ticker);
  await ticker.useHeights([{ heightPx: HEIGHT }]);
  return { ticker, strip: (await update).strip };
}

async function changed(ticker: Ticker, values: Record<string, number | string | null>): Promise<TickerStrip> {
  const update = nextUpdate(ticker);
  ticker.setCount({ id: 'q', values });
  const { kind, strip } = await update;
  expect(kind).toBe('refresh');
  return strip;
}

/** The pixels of columns `from` to before `to`. */
function columns({ bitmap }: TickerStrip, from: number, to: number): Buffer {
  const rows: Uint8Array[] = [];
  for (let y = 0; y < bitmap.heightPx; y++) {
    rows.push(bitmap.pixels.subarray((y * bitmap.widthPx + from) * 4, (y * bitmap.widthPx + to) * 4));
  }
  return Buffer.concat(rows);
}

/** How many pixels have a colour, whatever their alpha above a half. */
function pixelsOf(strip: TickerStrip, colour: string): number {
  const wanted = Number.parseInt(colour.slice(1), 16);
  const { pixels } = strip.bitmap;
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const found = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    if ((pixels[at + 3] ?? 0) > 127 && found === wanted) count += 1;
  }
  return count;
}

describe('a strip', () => {
  it('is as high as its cell and moves by whole pixels', async () => {
    const { strip } = await started('等候 {q.n} 人', { n: 12 });
    expect(strip.bitmap.heightPx).toBe(HEIGHT);
    expect(strip.bitmap.pixels.byteLength).toBe(strip.bitmap.widthPx * HEIGHT * 4);
    expect(strip.bitmap.pixels.buffer).toBeInstanceOf(SharedArrayBuffer);
    // 70 characters a minute of 37 px at 25 fps.
    expect(strip.pixelsPerTick).toBe(2);
    expect(strip.tokenStartsPx.toSorted((a, b) => a - b)).toEqual(strip.tokenStartsPx);
  });

  it('says where its sentences end', async () => {
    const { strip } = await started('等候 {q.n} 人 · 今日办结 {q.n} 件 · 电话', { n: 12 });
    expect(strip.separators).toEqual([3, 7]);
    expect(strip.tokenStartsPx).toHaveLength(9);
  });

  it('changes nothing but the token of a number that changes', async () => {
    const { ticker, strip } = await started('今日办结 {q.n} 件 · 电话', { n: 1_311 });
    const after = await changed(ticker, { n: 1_888 });
    expect(after.tokenStartsPx).toEqual(strip.tokenStartsPx);
    const [, from = 0, to = 0] = strip.tokenStartsPx;
    expect(columns(after, 0, from - 2)).toEqual(columns(strip, 0, from - 2));
    expect(columns(after, to + 2, after.bitmap.widthPx)).toEqual(columns(strip, to + 2, strip.bitmap.widthPx));
    expect(columns(after, from, to)).not.toEqual(columns(strip, from, to));
  });

  it('gives a number more room when it needs it, and does not move when it gets one digit shorter', async () => {
    const { ticker, strip: nine } = await started('等候 {q.n} 人', { n: 9 });
    const ten = await changed(ticker, { n: 10 });
    expect(ten.bitmap.widthPx).toBeGreaterThan(nine.bitmap.widthPx);
    const nineAgain = await changed(ticker, { n: 9 });
    expect(nineAgain.tokenStartsPx).toEqual(ten.tokenStartsPx);
    const thousands = await changed(ticker, { n: 12_345 });
    const backToNine = await changed(ticker, { n: 9 });
    expect(backToNine.bitmap.widthPx).toBeLessThan(thousands.bitmap.widthPx - 38);
  });

  it('shows the units where they were when a number loses a digit', async () => {
    const { ticker, strip: ten } = await started('{q.n}人', { n: 18 });
    const nine = await changed(ticker, { n: 8 });
    const end = ten.tokenStartsPx[1] ?? 0;
    expect(columns(nine, end - 20, end - 3)).toEqual(columns(ten, end - 20, end - 3));
  });

  it('shows numbers, and only them, in their own colour', async () => {
    const { ticker, strip } = await started('{q.n}', { n: 8 });
    expect(pixelsOf(strip, '#ffd24a')).toBeGreaterThan(100);
    expect(pixelsOf(strip, '#f4f1e8')).toBe(0);
    const update = nextUpdate(ticker);
    ticker.setText('只有文字');
    const { strip: words } = await update;
    expect(pixelsOf(words, '#ffd24a')).toBe(0);
    expect(pixelsOf(words, '#f4f1e8')).toBeGreaterThan(100);
  });

  it('cuts no descender and no accent', async () => {
    const { strip } = await started('ÅÉjgpqy（）国办', {});
    expect(columns(strip, 0, strip.bitmap.widthPx).some((byte) => byte > 0)).toBe(true);
    const row = (y: number): Uint8Array =>
      strip.bitmap.pixels.subarray(y * strip.bitmap.widthPx * 4, (y + 1) * strip.bitmap.widthPx * 4);
    // Ink may graze the outermost row, but no stroke may run through it.
    const densest = (y: number): number => Math.max(...row(y).filter((_, index) => index % 4 === 3));
    expect(densest(0)).toBeLessThan(128);
    expect(densest(HEIGHT - 1)).toBeLessThan(128);
  });

  it('holds the longest text, and cuts it where its memory would not be bounded', async () => {
    const lines: string[] = [];
    const log: Logger = { ...silentLogger, warn: (_, message) => lines.push(message) };
    const ticker = tickerWith('办事不求人。'.repeat(333), log);
    await ticker.useHeights([{ heightPx: 48 }]);
    expect(ticker.currentFor(48)?.strip.bitmap.widthPx).toBeGreaterThan(333 * 5.4 * 37);
    expect(lines).toEqual([]);
    await ticker.useHeights([{ heightPx: 200 }]);
    expect(ticker.currentFor(200)?.strip.bitmap.pixels.byteLength).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(lines).toHaveLength(1);
  });
});

describe('a ticker', () => {
  it('shows — for what is missing, and for what has become stale', async () => {
    const { ticker, strip: before } = await started('{q.n} {q.other} {nobody.n}', { n: 5 });
    expect(ticker.shownValues()).toEqual({ 'q.n': '5', 'q.other': '—', 'nobody.n': '—' });
    const after = await changed(ticker, { n: null });
    expect(ticker.shownValues()['q.n']).toBe('—');
    expect(after.bitmap.pixels).not.toEqual(before.bitmap.pixels);
    const { strip: never } = await started('{q.n} {q.other} {nobody.n}', {});
    const [from = 0] = never.tokenStartsPx;
    expect(columns(after, from, from + 20)).toEqual(columns(never, from, from + 20));
  });

  it('does not take what every object has for a count', () => {
    const ticker = tickerWith('{q.constructor} {q.toString}');
    ticker.setCount({ id: 'q', values: {} });
    expect(ticker.shownValues()).toEqual({ 'q.constructor': '—', 'q.toString': '—' });
  });

  it('paints once for many changes, and not at all for none', async () => {
    const { ticker } = await started('{q.n}', { n: 0 });
    const updates: TickerUpdate[] = [];
    ticker.on('update', (update) => updates.push(update));
    for (let n = 1; n <= 50; n++) ticker.setCount({ id: 'q', values: { n, unseen: n } });
    await changed(ticker, { n: 51 });
    ticker.setCount({ id: 'q', values: { n: 51, unseen: 7 } });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(updates).toHaveLength(1);
    expect(ticker.shownValues()).toEqual({ 'q.n': '51' });
  });

  it('keeps its text when a new one is refused', async () => {
    const { ticker } = await started('{q.n}', { n: 1 });
    expect(() => ticker.setText('{q.n')).toThrow(expect.objectContaining({ code: 'bad-template' }));
    expect(ticker.text).toBe('{q.n}');
  });

  it('lets a new text follow, and keeps the old one true while it runs out', async () => {
    const { ticker, strip: old } = await started('旧 {q.n}', { n: 1 });
    const following = nextUpdate(ticker);
    ticker.setText('新');
    const follow = await following;
    expect(follow.kind).toBe('follow');
    expect(follow.strip.textNumber).not.toBe(old.textNumber);
    const refreshing = nextUpdate(ticker);
    ticker.setCount({ id: 'q', values: { n: null } });
    const refresh = await refreshing;
    expect(refresh).toMatchObject({ kind: 'refresh', strip: { textNumber: follow.strip.textNumber } });
    expect(refresh.strip).toBe(follow.strip);
    const [retired] = refresh.retired ?? [];
    expect(retired).toMatchObject({ textNumber: old.textNumber, tokenStartsPx: old.tokenStartsPx });
    expect(retired?.bitmap.pixels).not.toEqual(old.bitmap.pixels);
  });

  it('paints for every height, and a scroller of any can begin with the present text', async () => {
    const ticker = tickerWith('高 {q.n}');
    await ticker.useHeights([{ heightPx: 40 }, { heightPx: 64 }, { heightPx: 40 }]);
    expect(ticker.currentFor(40)).toMatchObject({ kind: 'follow', heightPx: 40, strip: { bitmap: { heightPx: 40 } } });
    expect(ticker.currentFor(64)?.strip.bitmap.heightPx).toBe(64);
    expect(ticker.currentFor(41)).toBeNull();
    const heights = new Set<number>();
    ticker.on('update', ({ heightPx }) => heights.add(heightPx));
    ticker.setCount({ id: 'q', values: { n: 3 } });
    while (heights.size < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(heights).toEqual(new Set([40, 64]));
  });

  it('may have an empty text', async () => {
    const { strip } = await started('', {});
    expect(strip.tokenStartsPx).toEqual([]);
    expect(strip.bitmap.widthPx).toBeGreaterThanOrEqual(1);
  });

  it('is silent after it is closed', async () => {
    const { ticker } = await started('{q.n}', { n: 1 });
    const updates: TickerUpdate[] = [];
    ticker.on('update', (update) => updates.push(update));
    ticker.setCount({ id: 'q', values: { n: 2 } });
    ticker.setText('新');
    await ticker.close();
    await ticker.close();
    ticker.setCount({ id: 'q', values: { n: 3 } });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(updates).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { colourOptions } from '../../../src/output/view/colour/options.js';
import { viewOptions, type ViewOptions } from '../../../src/output/view/options.js';
import { mapOptions } from '../../../src/output/view/map/options.js';
import { View } from '../../../src/output/view/view.js';
import { picture } from '../pictures.js';
import { z } from 'zod';

/** Every value of every channel, and a last group that is not whole. */
const WALL = { widthPx: 257, heightPx: 3 };
const FRAME = picture(WALL, 1);
for (let value = 0; value < 256; value += 1) FRAME.pixels.fill(value, value * 3, value * 3 + 3);

function view(colour: object, more: Partial<ViewOptions> = {}): View {
  const options = z.object(viewOptions).parse({ id: 'screen', colour: colourOptions.parse(colour) });
  return new View({ ...options, ...more }, { wall: WALL, framesPerSecond: 25 });
}

/** Each byte of the picture as a formula has it; `channel` counts red, green, blue. */
function each(formula: (value: number, channel: number, pixel: number) => number): Uint8Array {
  return FRAME.pixels.map((value, index) => formula(value, index % 3, Math.floor(index / 3)));
}

const gammaOf = (value: number, gamma: number): number => 255 * Math.pow(value / 255, gamma);

describe('colours', () => {
  it('are left alone where nothing is said: the canvas itself comes out', () => {
    expect(view({}).of(FRAME)).toBe(FRAME);
  });

  it.each([2.2, 2.8, 0.5])('follow gamma %f bit by bit', (gamma) => {
    expect(view({ gamma }).of(FRAME).pixels).toEqual(each((value) => Math.round(gammaOf(value, gamma))));
  });

  it('take gamma, gains and brightness in one rounding', () => {
    const colour = { gamma: 2.4, gains: { red: 1, green: 0.83, blue: 0.61 }, brightness: 0.7 };
    const gains = [1, 0.83, 0.61];
    const expected = each((value, channel) => Math.round(gammaOf(value, 2.4) * (gains[channel] ?? 0) * 0.7));
    expect(view(colour).of(FRAME).pixels).toEqual(expected);
  });

  it('change brightness while they are shown, there and back', () => {
    const shown = view({});
    shown.setBrightness(0.5);
    expect(shown.of(FRAME).pixels).toEqual(each((value) => Math.round(value * 0.5)));
    shown.setBrightness(0);
    expect(shown.of(FRAME).pixels.every((byte) => byte === 0)).toBe(true);
    shown.setBrightness(1);
    expect(shown.of(FRAME)).toBe(FRAME);
  });

  it('make white warm or cold by taking away, and leave D65 as it is', () => {
    const white = (kelvin: number): number[] => [
      ...view({ kelvin })
        .of(FRAME)
        .pixels.subarray(255 * 3, 256 * 3),
    ];
    for (const byte of white(6_504)) expect(byte).toBeGreaterThanOrEqual(254);
    const [warmRed = 0, warmGreen = 0, warmBlue = 0] = white(5_003);
    expect(warmRed).toBe(255);
    // D50 in linear sRGB by its published chromaticity, x 0.34567, y 0.35850, and the inverse of the sRGB primaries.
    const [x, y] = [0.34567, 0.3585];
    const [X, Z] = [x / y, (1 - x - y) / y];
    const red = 3.2406 * X - 1.5372 - 0.4986 * Z;
    expect(Math.abs(warmGreen - Math.round((255 * (-0.9689 * X + 1.8758 + 0.0415 * Z)) / red))).toBeLessThanOrEqual(1);
    expect(Math.abs(warmBlue - Math.round((255 * (0.0557 * X - 0.204 + 1.057 * Z)) / red))).toBeLessThanOrEqual(1);
    const [coldRed = 0, , coldBlue = 0] = white(9_300);
    expect(coldBlue).toBe(255);
    expect(coldRed).toBeLessThan(220);
  });

  it.each(['RGB', 'RBG', 'GRB', 'GBR', 'BRG', 'BGR'] as const)('go out in the order %s, black as black', (order) => {
    const gains = { red: 1, green: 0.5, blue: 0.25 };
    const sent = view({ order, gains }).of(FRAME).pixels;
    const expected: number[] = [];
    for (let pixel = 0; pixel < WALL.widthPx * WALL.heightPx; pixel += 1)
      for (const letter of order) {
        const value = FRAME.pixels[pixel * 3 + 'RGB'.indexOf(letter)] ?? 0;
        expected.push(Math.round(value * { R: 1, G: 0.5, B: 0.25 }[letter as 'R' | 'G' | 'B']));
      }
    expect([...sent]).toEqual(expected);
    expect([...sent.subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  it('are the same in the order of a chain, null pixels black', () => {
    const map = mapOptions.parse({ lineGap: 3, start: 'bottom-right' });
    const colour = { gamma: 2.2, gains: { red: 0.9, green: 1, blue: 0.8 } };
    const plain = view(colour).of(FRAME).pixels;
    const sent = view(colour, { map }).of(FRAME).pixels;
    const expected = Array.from({ length: WALL.heightPx }, (_, line) => {
      const y = WALL.heightPx - 1 - line;
      const row = Array.from({ length: WALL.widthPx }, (_, x) => {
        const at = (y * WALL.widthPx + x) * 3;
        return [...plain.subarray(at, at + 3)];
      });
      if (line % 2 === 0) row.reverse();
      return [...row.flat(), ...(line === WALL.heightPx - 1 ? [] : new Array<number>(9).fill(0))];
    }).flat();
    expect([...sent]).toEqual(expected);
  });
});

describe('dithering', () => {
  const flat = (value: number): typeof FRAME => ({ ...FRAME, pixels: FRAME.pixels.slice().fill(value) });
  /** Bayer's matrix of 8×8, grown from the smallest one by its definition. */
  const bayer = [2, 4, 8].reduce<number[][]>(
    (smaller, side) =>
      Array.from({ length: side }, (_, y) =>
        Array.from({ length: side }, (_, x) => {
          const half = side / 2;
          const inner = smaller[y % half]?.[x % half] ?? 0;
          return 4 * inner + ([0, 2, 3, 1][(y >= half ? 2 : 0) + (x >= half ? 1 : 0)] ?? 0);
        }),
      ),
    [[0]],
  );

  it.each([0, 1, 5, 20, 100, 254, 255])('shows shade %i as a pattern of its two neighbours', (value) => {
    const shown = view({ gamma: 2.8, dither: true }).of(flat(value)).pixels;
    const shade = Math.round(gammaOf(value, 2.8) * 256);
    const expected = each((_value, _channel, pixel) => {
      const [x, y] = [pixel % WALL.widthPx, Math.floor(pixel / WALL.widthPx)];
      return Math.floor((shade + (bayer[y % 8]?.[x % 8] ?? 0) * 4 + 2) / 256);
    });
    expect(shown).toEqual(expected);
  });

  it('keeps its pattern on the wall whatever the order of the chain', () => {
    const map = mapOptions.parse({ direction: 'columns', start: 'top-right' });
    const plain = view({ gamma: 2.8, dither: true }).of(flat(20)).pixels;
    const sent = view({ gamma: 2.8, dither: true }, { map }).of(flat(20)).pixels;
    const at = (x: number, y: number): number | undefined => plain[(y * WALL.widthPx + x) * 3];
    const column = (x: number): (number | undefined)[] => [at(x, 0), at(x, 1), at(x, 2)];
    const reds = [...sent].filter((_, index) => index % 3 === 0);
    expect(reds.slice(0, 6)).toEqual([...column(256), ...column(255).reverse()]);
  });
});

describe('the power limit', () => {
  const pixelCount = WALL.widthPx * WALL.heightPx;
  const amperesOf = (pixels: Uint8Array): number =>
    (pixels.reduce((sum, value) => sum + value, 0) * 55) / (3 * 255) / 1_000 + pixelCount / 1_000;
  const frame = (value: number, tick: number): typeof FRAME => ({
    ...FRAME,
    tick,
    pixels: FRAME.pixels.slice().fill(value),
  });
  const limited = (amperes: number): View => view({ powerLimit: { amperes } });

  it('leaves alone what the supplies can give', () => {
    expect(limited(1_000).of(FRAME).pixels).toEqual(FRAME.pixels);
  });

  it('dims the first frame that is too bright, and no more than it must', () => {
    const shown = limited(10);
    shown.of(frame(0, 1));
    const pixels = shown.of(frame(255, 2)).pixels;
    expect(amperesOf(pixels)).toBeLessThanOrEqual(10);
    const expected = ((10_000 - pixelCount) * 255) / (55 * pixelCount);
    expect([Math.floor(expected), Math.round(expected)]).toContain(pixels[0]);
  });

  it('comes back slowly, and never over the limit', () => {
    const shown = limited(10);
    shown.of(frame(255, 1));
    const dark = Array.from({ length: 200 }, (_, index) => shown.of(frame(40, index + 2)).pixels[0] ?? 0);
    expect(dark[0]).toBeLessThan(20);
    expect([...dark].sort((a, b) => a - b)).toEqual(dark);
    // After one second, 25 ticks, the light is back by 1 − 1/e.
    const light = ((10_000 - pixelCount) * 255) / (55 * pixelCount) / 255;
    expect(Math.abs((dark[24] ?? 0) - 40 * (1 - (1 - light) * Math.exp(-1)))).toBeLessThanOrEqual(1.5);
    expect(dark.at(-1)).toBe(40);
    for (let tick = 300; tick < 400; tick += 1) {
      const value = (tick * 97) % 256;
      expect(amperesOf(shown.of(frame(value, tick)).pixels)).toBeLessThanOrEqual(10);
    }
  });
});

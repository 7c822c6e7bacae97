import { afterEach, describe, expect, it } from 'vitest';
import type { Size } from '../../src/core/geometry.js';
import { silentLogger } from '../../src/core/logger.js';
import { flaschenTaschenOptions } from '../../src/output/drivers/flaschen-taschen/options.js';
import { tilesOf } from '../../src/output/drivers/flaschen-taschen/packet.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { eventually } from '../eventually.js';
import { FlaschenTaschenDisplay } from './flaschen-taschen-display.js';
import { closedPort, picture } from './pictures.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function display(size: Size): Promise<FlaschenTaschenDisplay> {
  const made = await FlaschenTaschenDisplay.open(size);
  opened.push(made);
  return made;
}

async function driver(wall: Size, port: number, more: object = {}): Promise<OutputDriver> {
  const options = flaschenTaschenOptions.parse({
    ...{ id: 'screen', type: 'flaschen-taschen', host: '127.0.0.1', port },
    ...more,
  });
  const made = createOutput(options, { wall, framesPerSecond: 25, log: silentLogger });
  opened.push(made);
  await made.start();
  return made;
}

describe('Flaschen-Taschen datagrams', () => {
  it('are byte for byte as described', async () => {
    const wall = { widthPx: 2, heightPx: 1 };
    const screen = await display({ widthPx: 45, heightPx: 35 });
    const datagrams: Buffer[] = [];
    const take = screen.take.bind(screen);
    screen.take = (datagram) => {
      datagrams.push(datagram);
      take(datagram);
    };
    const output = await driver(wall, screen.port, { x: 5, y: 8, layer: 13 });
    // White space as the first pixel: a reader that skips too much would lose it.
    output.send(0, output.prepare({ ...wall, tick: 1, pixels: Uint8Array.of(0x20, 0x0a, 0x31, 0x23, 0, 255) }));
    await eventually(() => expect(datagrams).toHaveLength(1));
    expect(datagrams[0]?.toString('latin1')).toBe('P6\n2 1\n#FT: 5 8 13\n255\n\x20\x0a1#\x00\xff');
    expect(screen.problems).toEqual([]);
  });

  it.each([
    [{ widthPx: 161, heightPx: 91 }, {}],
    [{ widthPx: 400, heightPx: 200 }, {}],
    [{ widthPx: 1_920, heightPx: 30 }, {}],
    [{ widthPx: 961, heightPx: 12 }, { datagramBytes: 1_472 }],
    [
      { widthPx: 96, heightPx: 48 },
      { datagramBytes: 1_472, x: 7, y: 3, layer: 2 },
    ],
  ])('make the picture of %j with %j, and none is too long', async (wall, more) => {
    const { x = 0, y = 0, layer = 0, datagramBytes = 65_507 } = more as Record<string, number | undefined>;
    const size = { widthPx: wall.widthPx + x, heightPx: wall.heightPx + y };
    const screen = await display(size);
    const output = await driver(wall, screen.port, more);
    for (let tick = 1; tick <= 3; tick += 1) {
      const frame = picture(wall, tick);
      const parts = output.prepare(frame);
      output.send(0, parts);
      await eventually(() => expect(screen.tiles).toHaveLength(parts * tick));
      for (let row = 0; row < wall.heightPx; row += 1) {
        const at = ((y + row) * size.widthPx + x) * 3;
        const shown = screen.layers[layer]?.subarray(at, at + wall.widthPx * 3);
        expect(shown?.equals(frame.pixels.subarray(row * wall.widthPx * 3, (row + 1) * wall.widthPx * 3))).toBe(true);
      }
    }
    expect(screen.problems).toEqual([]);
    expect(Math.max(...screen.lengths)).toBeLessThanOrEqual(datagramBytes);
    if (x > 0) expect(screen.layers[layer]?.subarray(0, 3)).toEqual(Buffer.of(0xee, 0xee, 0xee));
  });

  it('end with black ones', async () => {
    const wall = { widthPx: 200, heightPx: 150 };
    const screen = await display(wall);
    const output = await driver(wall, screen.port);
    output.send(0, output.prepare(picture(wall, 1)));
    await output.close();
    await eventually(() => expect(screen.layers[0]?.every((byte) => byte === 0)).toBe(true));
    expect(screen.problems).toEqual([]);
  });
});

describe('the display of these tests', () => {
  it.each([
    ['another format', Buffer.from('P5\n2 1\n255\n123456')],
    ['a byte too few', Buffer.from('P6\n2 1\n255\n12345')],
    ['no white space after the range', Buffer.from('P6\n2 1\n255x123456')],
    ['a number that is none', Buffer.from('P6\ntwo 1\n255\n123456')],
  ])('takes %s for a raw frame', async (_what, datagram) => {
    const screen = await display({ widthPx: 20, heightPx: 10 });
    screen.take(datagram);
    expect(screen.problems).toEqual(['raw frame']);
  });
});

describe('tiles', () => {
  it('are whole rows where a row fits, and cover everything once', () => {
    for (const [widthPx, heightPx, datagramBytes] of [
      [960, 540, 65_507],
      [7_680, 100, 65_507],
      [17, 1_001, 512],
      [1_920, 9, 1_472],
    ] as const) {
      const covered = new Uint8Array(widthPx * heightPx);
      for (const tile of tilesOf({ widthPx, heightPx }, datagramBytes)) {
        expect(tile.widthPx * tile.heightPx * 3 + 47).toBeLessThanOrEqual(datagramBytes);
        if (widthPx * 3 + 47 <= datagramBytes) expect(tile.widthPx).toBe(widthPx);
        for (let row = tile.y; row < tile.y + tile.heightPx; row += 1) {
          for (let x = tile.x; x < tile.x + tile.widthPx; x += 1)
            covered[row * widthPx + x] = (covered[row * widthPx + x] ?? 0) + 1;
        }
      }
      expect(covered.every((times) => times === 1)).toBe(true);
    }
  });
});

describe('Flaschen-Taschen reachability', () => {
  it('is unconfirmed where nobody refuses, unreachable where somebody does, and sends nothing to find out', async () => {
    const wall = { widthPx: 20, heightPx: 10 };
    const screen = await display(wall);
    const probe = (output: OutputDriver): ReturnType<OutputDriver['probe']> => output.probe(AbortSignal.timeout(1_000));
    expect(await probe(await driver(wall, screen.port))).toEqual({ state: 'unconfirmed', reason: 'no-answer' });
    expect(screen.lengths).toEqual([]);
    const refused = await driver(wall, await closedPort());
    await eventually(async () => {
      refused.send(0, refused.prepare(picture(wall, 1)));
      expect(await probe(refused)).toEqual({ state: 'unreachable', reason: 'refused' });
    });
  });
});

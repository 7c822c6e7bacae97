import { afterEach, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { outputOptions } from '../../../src/output/options.js';
import type { Goodbye } from '../../../src/output/output-driver.js';
import { createOutput } from '../../../src/output/registry.js';
import { DdpDisplay } from '../ddp-display.js';
import { picture } from '../pictures.js';

const WALL = { widthPx: 3, heightPx: 2 };
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

/** What a display holds when an output of GRB, half as bright, there and back with a null pixel, has closed. */
async function lastOf(goodbye: Goodbye): Promise<Buffer> {
  const display = await DdpDisplay.open(21);
  opened.push(display);
  const device = { id: 'screen', type: 'ddp', host: '127.0.0.1', port: display.port };
  const options = outputOptions.parse({
    ...device,
    map: { lineGap: 1 },
    colour: { gamma: 2.2, dither: true, brightness: 0.5, order: 'GRB' },
  });
  const output = createOutput(options, { wall: WALL, framesPerSecond: 25, log: silentLogger });
  opened.push(output);
  await output.start();
  output.send(0, output.prepare(picture(WALL, 1)));
  await display.until(() => display.pushed.length === 1);
  await output.close(goodbye);
  await display.until(() => display.pushed.length === 2);
  return display.pushed[1] ?? Buffer.alloc(0);
}

it('a black goodbye is black, also as a picture', async () => {
  expect((await lastOf('black')).every((byte) => byte === 0)).toBe(true);
  const black = { ...WALL, tick: 2, pixels: new Uint8Array(18) };
  expect((await lastOf(black)).every((byte) => byte === 0)).toBe(true);
});

it('a last picture goes through the map and the colours', async () => {
  const red = { ...WALL, tick: 2, pixels: Uint8Array.from({ length: 18 }, (_, index) => (index % 3 === 0 ? 255 : 0)) };
  const shown = await lastOf(red);
  const pixels = Array.from({ length: 7 }, (_, index) => [...shown.subarray(index * 3, index * 3 + 3)]);
  expect(pixels[3]).toEqual([0, 0, 0]);
  pixels.splice(3, 1);
  for (const [green, redByte = 0, blue] of pixels) {
    expect([green, blue]).toEqual([0, 0]);
    // 127.5, dithered.
    expect([127, 128]).toContain(redByte);
  }
});

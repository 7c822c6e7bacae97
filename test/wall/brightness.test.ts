import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { outputOptions, type OutputOptions } from '../../src/output/options.js';
import { Wall, type WallStartOptions } from '../../src/wall/wall.js';
import { DdpDisplay } from '../output/ddp-display.js';
import { plain, positionSlot, scene, type Rgb } from './pictures.js';
import type { SceneItem } from '../../src/wall/scene.js';

const SIZE = { widthPx: 256, heightPx: 16 };
const BYTES = SIZE.widthPx * SIZE.heightPx * 3;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function display(): Promise<DdpDisplay> {
  const made = await DdpDisplay.open(BYTES);
  opened.push(made);
  return made;
}

function ddp(id: string, port: number, more: object = {}): OutputOptions {
  return outputOptions.parse({ id, type: 'ddp', host: '127.0.0.1', port, ...more });
}

async function start(options: Pick<WallStartOptions, 'outputs' | 'brightness'>): Promise<Wall> {
  const wall = await Wall.start({ size: SIZE, framesPerSecond: 25, log: silentLogger, ...options });
  opened.push(wall);
  return wall;
}

/** Every value that a red channel can have, from left to right. */
function ramp(): SceneItem {
  const slot = positionSlot(SIZE, 77, Number.POSITIVE_INFINITY);
  return {
    kind: 'picture',
    rectangle: { x: 0, y: 0, ...SIZE },
    slot: slot.handle,
    staleAfterMs: Number.POSITIVE_INFINITY,
    slate: plain(SIZE, [0, 0, 0]),
    label: null,
  };
}

function whole(colour: Rgb): SceneItem {
  return { kind: 'bitmap', x: 0, y: 0, bitmap: plain(SIZE, colour) };
}

/** The wall's picture when it has been composed. */
async function program(wall: Wall): Promise<Uint8Array> {
  const shown = new Promise((resolve) => wall.once('sceneShown', resolve));
  wall.setScene(scene(1, ramp()));
  await shown;
  return Uint8Array.from(wall.program.read()?.pixels ?? []);
}

const dimmed = (picture: Uint8Array, share: number): Buffer =>
  Buffer.from(picture.map((value) => Math.round(value * share)));

describe('brightness', () => {
  it('of 50 % halves what arrives at the screen, bit by bit; and comes back', async () => {
    const screen = await display();
    const wall = await start({ outputs: [ddp('screen', screen.port)] });
    const full = await program(wall);
    expect(new Set(full).size).toBe(256);
    await screen.until(() => screen.pushed.at(-1)?.equals(full) === true);
    wall.setBrightness({ screen: 0.5 });
    await screen.until(() => screen.pushed.at(-1)?.equals(dimmed(full, 0.5)) === true);
    wall.setBrightness({ screen: 0.03 });
    await screen.until(() => screen.pushed.at(-1)?.equals(dimmed(full, 0.03)) === true);
    wall.setBrightness({ screen: 1 });
    await screen.until(() => screen.pushed.at(-1)?.equals(full) === true);
    // Each frame as a whole in one light: none was torn.
    const lights = [1, 0.5, 0.03].map((share) => dimmed(full, share));
    const lit = screen.pushed.filter((frame) => frame.some((byte) => byte > 0));
    expect(lit.every((frame) => lights.some((light) => frame.equals(light)))).toBe(true);
  });

  it('holds from the first frame on, for each output by itself, and for outputs that come later', async () => {
    const [first, second] = [await display(), await display()];
    const outputs = [ddp('first', first.port)];
    const wall = await start({ outputs, brightness: { first: 0.25, second: 0.75 } });
    const full = await program(wall);
    await first.until(() => first.pushed.at(-1)?.equals(dimmed(full, 0.25)) === true);
    expect(await wall.setOutputs([...outputs, ddp('second', second.port)])).toBeNull();
    await second.until(() => second.pushed.length > 3);
    expect(second.pushed.every((frame) => frame.equals(dimmed(full, 0.75)))).toBe(true);
    expect(first.pushed.at(-1)?.equals(dimmed(full, 0.25))).toBe(true);
    const third = await display();
    expect(await wall.setOutputs([...outputs, ddp('third', third.port)], { first: 1, third: 0.1 })).toBeNull();
    await third.until(() => third.pushed.length > 3);
    expect(third.pushed.every((frame) => frame.equals(dimmed(full, 0.1)))).toBe(true);
    expect(first.pushed.at(-1)?.equals(dimmed(full, 0.25))).toBe(true);
  });

  it('is a share of what the output’s own colours leave', async () => {
    const screen = await display();
    const wall = await start({ outputs: [ddp('screen', screen.port, { colour: { gamma: 2.2, brightness: 0.8 } })] });
    const full = await program(wall);
    wall.setBrightness({ screen: 0.5 });
    const expected = Buffer.from(full.map((value) => Math.round(255 * (value / 255) ** 2.2 * 0.8 * 0.5)));
    await screen.until(() => screen.pushed.at(-1)?.equals(expected) === true);
  });

  it('is light: a device with a gamma of its own is given what becomes that light, and dark shades stay apart', async () => {
    const screen = await display();
    const wall = await start({ outputs: [ddp('screen', screen.port, { colour: { deviceGamma: 2.8 } })] });
    const full = await program(wall);
    wall.setBrightness({ screen: 0.03 });
    const expected = dimmed(full, 0.03 ** (1 / 2.8));
    await screen.until(() => screen.pushed.at(-1)?.equals(expected) === true);
    const white = (Math.max(...expected) / 255) ** 2.8;
    expect(white).toBeCloseTo(0.03, 3);
    expect(new Set(expected).size).toBeGreaterThan(70);
    expect(expected.every((value, index) => value > 0 || (full[index] ?? 0) < 2)).toBe(true);
  });

  it('leaves black black and grey grey at every level', async () => {
    const screen = await display();
    const wall = await start({ outputs: [ddp('screen', screen.port)] });
    wall.setScene(scene(1, whole([9, 9, 9])));
    for (const share of [0.5, 0.1, 0.03, 0.01]) {
      wall.setBrightness({ screen: share });
      const expected = Math.round(9 * share);
      await screen.until(() => screen.pushed.at(-1)?.every((byte) => byte === expected) === true);
    }
    wall.setScene(scene(2, whole([0, 0, 0])));
    wall.setBrightness({ screen: 1 });
    await screen.until(() => screen.pushed.at(-1)?.every((byte) => byte === 0) === true);
  });

  it('dims the goodbye, too', async () => {
    const screen = await display();
    const wall = await start({ outputs: [ddp('screen', screen.port)], brightness: { screen: 0.5 } });
    wall.showAtEnd(plain(SIZE, [200, 100, 50]));
    await screen.until(() => screen.pushed.length > 2);
    await wall.close();
    await screen.until(() => screen.pushed.at(-1)?.[0] === 100);
    expect([...(screen.pushed.at(-1)?.subarray(0, 3) ?? [])]).toEqual([100, 50, 25]);
  });
});

describe('a cover', () => {
  it('stands over everything while scenes go on beneath it, and blackout stands over the cover', async () => {
    const screen = await display();
    const wall = await start({ outputs: [ddp('screen', screen.port)] });
    const last = (): number[] => [...(screen.pushed.at(-1)?.subarray(0, 3) ?? [])];
    const isShown = (colour: Rgb) => (): boolean => last().join() === colour.join();
    wall.setScene(scene(1, whole([10, 20, 30])));
    await screen.until(isShown([10, 20, 30]));
    wall.setCover({ kind: 'bitmap', x: 0, y: 0, bitmap: plain(SIZE, [90, 60, 30]) });
    await screen.until(isShown([90, 60, 30]));
    const shown = new Promise<number>((resolve) => wall.once('sceneShown', resolve));
    wall.setScene(scene(2, whole([40, 50, 60])));
    expect(await shown).toBe(2);
    expect(last()).toEqual([90, 60, 30]);
    wall.setBlackout(true);
    await screen.until(isShown([0, 0, 0]));
    wall.setBlackout(false);
    await screen.until(isShown([90, 60, 30]));
    wall.setCover(null);
    await screen.until(isShown([40, 50, 60]));
  });
});

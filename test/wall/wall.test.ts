import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { monotonicMs } from '../../src/core/clock.js';
import { GlasshallError } from '../../src/core/errors.js';
import { FrameSlot } from '../../src/core/frame-slot.js';
import { silentLogger, type Logger } from '../../src/core/logger.js';
import type { OutputReport } from '../../src/output/channel.js';
import { outputOptions, type OutputOptions } from '../../src/output/options.js';
import type { WallReport } from '../../src/wall/messages.js';
import type { SceneItem } from '../../src/wall/scene.js';
import { Wall } from '../../src/wall/wall.js';
import { DdpDisplay } from '../output/ddp-display.js';
import { closedPort } from '../output/pictures.js';
import { pixel, plain, positionSlot, scene, tile, type Rgb } from './pictures.js';

const SIZE = { widthPx: 65, heightPx: 33 };
const BYTES = 65 * 33 * 3;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function display(bytes = BYTES): Promise<DdpDisplay> {
  const made = await DdpDisplay.open(bytes);
  opened.push(made);
  return made;
}

function ddp(id: string, port: number, more: object = {}): OutputOptions {
  return outputOptions.parse({ id, type: 'ddp', host: '127.0.0.1', port, ...more });
}

async function start(outputs: readonly OutputOptions[], log: Logger = silentLogger): Promise<Wall> {
  const wall = await Wall.start({ size: SIZE, framesPerSecond: 25, outputs, log });
  opened.push(wall);
  return wall;
}

/** The next scene that goes on air: its number, and the tick at which it does. */
function nextShown(wall: Wall): Promise<readonly [sceneNumber: number, tick: number]> {
  return new Promise((resolve) => wall.once('sceneShown', (sceneNumber, tick) => resolve([sceneNumber, tick])));
}

function nextReport(wall: Wall): Promise<WallReport> {
  return new Promise((resolve) => wall.once('report', resolve));
}

function nextChange(wall: Wall): Promise<OutputReport> {
  return new Promise((resolve) => wall.once('outputChanged', resolve));
}

function whole(colour: Rgb): SceneItem {
  return { kind: 'bitmap', x: 0, y: 0, bitmap: plain(SIZE, colour) };
}

describe('wall', () => {
  it('ticks in black from the start, shows a scene from the tick it says, and sends just what it publishes', async () => {
    const screen = await display();
    const wall = await start([ddp('screen', screen.port)]);
    await screen.until(() => screen.pushed.length >= 2);
    expect(screen.pushed[0]?.every((byte) => byte === 0)).toBe(true);

    const slot = positionSlot({ widthPx: 31, heightPx: 21 }, 5, monotonicMs());
    const shown = nextShown(wall);
    wall.setScene(scene(3, whole([10, 20, 30]), tile(7, 9, slot, { widthPx: 31, heightPx: 21 }, 60_000)));
    const [sceneNumber, tick] = await shown;
    expect(sceneNumber).toBe(3);
    const program = wall.program.read();
    expect(program?.sequence).toBeGreaterThanOrEqual(tick);
    const picture = Buffer.from(program?.pixels ?? []);
    expect(pixel(picture, 65, 6, 9)).toEqual([10, 20, 30]);
    expect(pixel(picture, 65, 7, 9)).toEqual([0, 0, 5]);
    expect(pixel(picture, 65, 37, 29)).toEqual([30, 20, 5]);
    expect(pixel(picture, 65, 38, 29)).toEqual([10, 20, 30]);
    await screen.until(() => screen.pushed.some((frame) => frame.equals(picture)));
    // Black, then the scene: nothing in between, and nothing torn.
    expect(screen.pushed.every((frame) => frame.equals(picture) || frame.every((byte) => byte === 0))).toBe(true);
    expect(screen.problems).toEqual([]);
  });

  it('blacks out and comes back, reports figures, and says goodbye in black', async () => {
    const screen = await display();
    const wall = await start([ddp('screen', screen.port)]);
    wall.setScene(scene(1, whole([250, 1, 1])));
    const isRed = (frame: Buffer | undefined): boolean => frame?.[0] === 250;
    await screen.until(() => isRed(screen.pushed.at(-1)));
    wall.setBlackout(true);
    await screen.until(() => screen.pushed.at(-1)?.every((byte) => byte === 0) === true);
    wall.setBlackout(false);
    await screen.until(() => isRed(screen.pushed.at(-1)));
    const report = await nextReport(wall);
    expect(report.ticks).toBeGreaterThan(0);
    expect(report.latenessMs.length).toBeGreaterThan(0);
    expect(report.latenessMs.every((value) => value >= 0 && value < 40)).toBe(true);
    expect(report.perOutput).toMatchObject([{ id: 'screen', failedParts: 0, reachability: { state: 'unconfirmed' } }]);
    // Five packets a frame: 6,435 bytes in payloads of 1,440.
    const [figures] = wall.outputs();
    expect(figures?.packets).toBeGreaterThanOrEqual((figures?.frames ?? 0) * 5);
    expect(wall.statistics()).toMatchObject({ ticking: true, missedTicks: report.missedTicks });
    await wall.close();
    await wall.close();
    expect(wall.statistics().ticking).toBe(false);
    await screen.until(() => screen.pushed.at(-1)?.every((byte) => byte === 0) === true);
    const { length } = screen.packets;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(screen.packets).toHaveLength(length);
    expect(screen.problems).toEqual([]);
  });

  it('feeds several displays parts of the same picture while one of them does not exist', async () => {
    const left = await display(32 * 33 * 3);
    const right = await display(33 * 33 * 3);
    const wall = await start([
      ddp('left', left.port, { area: { x: 0, y: 0, width: 32, height: 33 } }),
      ddp('right', right.port, { area: { x: 32, y: 0, width: 33, height: 33 } }),
      ddp('nobody', await closedPort()),
    ]);
    const changed = nextChange(wall);
    const slot = positionSlot(SIZE, 5, monotonicMs());
    wall.setScene(scene(1, tile(0, 0, slot, SIZE, 60_000)));
    await left.until(() => left.pushed.at(-1)?.[2] === 5);
    await right.until(() => right.pushed.at(-1)?.[2] === 5);
    expect(pixel(left.pushed.at(-1) ?? Buffer.alloc(0), 32, 31, 32)).toEqual([31, 32, 5]);
    expect(pixel(right.pushed.at(-1) ?? Buffer.alloc(0), 33, 0, 1)).toEqual([32, 1, 5]);
    expect(['left', 'right', 'nobody']).toContain((await changed).id);
    const isRefused = (): boolean =>
      wall.outputs().some(({ id, reachability }) => id === 'nobody' && reachability.reason === 'refused');
    while (!isRefused()) await nextReport(wall);
    expect(left.problems).toEqual([]);
    expect(right.problems).toEqual([]);
  });

  it('goes on, and logs it, when it is given a scene that cannot be', async () => {
    const logged: string[] = [];
    const log: Logger = { ...silentLogger, error: (_details, message) => logged.push(message), child: () => log };
    const wall = await start([], log);
    wall.setScene(
      scene(1, {
        kind: 'clock',
        rectangle: { x: 0, y: 0, ...SIZE },
        glyphs: { heightPx: 1, glyphs: {} },
        plate: { colour: 'no colour', opacity: 1 },
        timeZone: 'UTC',
        language: 'zh-CN',
      }),
    );
    wall.setScene(scene(2, whole([1, 2, 3])));
    expect((await nextShown(wall))[0]).toBe(2);
    expect(logged).toEqual(['wall refused a command']);
  });

  it('goes stale on time: a slot whose writer stops shows the slate', async () => {
    const wall = await start([]);
    const slot = FrameSlot.create(SIZE);
    slot.beginWrite().fill(77);
    slot.publish();
    wall.setScene(scene(1, tile(0, 0, slot, SIZE, 300)));
    await nextShown(wall);
    const colour = (): number[] => pixel(wall.program.read()?.pixels ?? new Uint8Array(), 65, 3, 3);
    expect([
      [77, 77, 77],
      [200, 100, 0],
    ]).toContainEqual(colour());
    while (colour()[0] !== 200) await new Promise((resolve) => setTimeout(resolve, 10));
    slot.beginWrite().fill(78);
    slot.publish();
    while (colour()[0] !== 78) await new Promise((resolve) => setTimeout(resolve, 1));
  });

  it('does not start with an output that does not fit, and says which', async () => {
    const failure = start([ddp('screen', 4_048, { area: { x: 60, y: 0, width: 6, height: 1 } })]);
    await expect(failure).rejects.toBeInstanceOf(GlasshallError);
    await expect(failure).rejects.toMatchObject({ code: 'area-off-wall', parameters: { output: 'screen' } });
  });

  it('is never silent about the end of its thread', async () => {
    const born = new Promise<Worker>((resolve) => process.once('worker', resolve));
    const wall = await start([]);
    const failed = new Promise<GlasshallError>((resolve) => wall.once('error', resolve));
    await (await born).terminate();
    expect((await failed).code).toBe('wall-ended');
    expect(wall.statistics().ticking).toBe(false);
    wall.setBlackout(true);
    await wall.close();
  });
});

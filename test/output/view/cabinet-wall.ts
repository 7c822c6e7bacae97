import { afterEach, expect } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { outputOptions } from '../../../src/output/options.js';
import type { OutputDriver } from '../../../src/output/output-driver.js';
import { createOutput } from '../../../src/output/registry.js';
import { eventually } from '../../eventually.js';
import { DatagramReceiver } from '../datagram-receiver.js';
import { DdpDisplay } from '../ddp-display.js';
import { readSacn } from '../sacn-packets.js';

/** Twelve cabinets of 16×12, four side by side on each of three controllers. */
export const WALL = { widthPx: 64, heightPx: 36 };
export const CABINET = { widthPx: 16, heightPx: 12 };
const UNIVERSE_BYTES = 170 * 3;

/** A controller as the network sees it: how it is addressed, and the pixels that it holds. */
type Receiver = { readonly address: object; frame(): Promise<Buffer> };

/** A receiver for every protocol of the wall; one more protocol is one more line here, and its name below. */
const receivers = { ddp: ddpReceiver, sacn: sacnReceiver } as const;

/** How the cabinets of one controller hang, told twice: as an installer configures it, and where each pixel must come out. */
export type Controller = {
  readonly protocol: keyof typeof receivers;
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly map: object;
  readonly chainPx: number;
  /** For each cabinet from left to right: FPP's letter for how it hangs, and its first pixel on the chain. */
  readonly hangs: readonly (readonly [letter: 'N' | 'R' | 'U' | 'L', from: number])[];
};

export const CONTROLLERS: readonly Controller[] = [
  {
    // Four orientations, chained criss-cross, each cabinet in a universe of its own (192 pixels are two of 170).
    protocol: 'sacn',
    area: { x: 0, y: 0, width: 64, height: 12 },
    map: {
      breaks: { pixels: 170 },
      cabinets: [
        { x: 32, y: 0, width: 16, height: 12, rotation: 90 },
        { x: 0, y: 0, width: 16, height: 12 },
        { x: 48, y: 0, width: 16, height: 12, rotation: 270 },
        { x: 16, y: 0, width: 16, height: 12, rotation: 180 },
      ],
    },
    chainPx: 1_212,
    hangs: [
      ['N', 340],
      ['U', 1_020],
      ['R', 0],
      ['L', 680],
    ],
  },
  {
    // A grid of lying cabinets, chained from the right, two on each port of 512 pixels.
    protocol: 'ddp',
    area: { x: 0, y: 12, width: 64, height: 12 },
    map: { rotation: 90, breaks: { pixels: 512, cabinets: 2 }, grid: { columns: 4, rows: 1, start: 'top-right' } },
    chainPx: 896,
    hangs: [
      ['R', 704],
      ['R', 512],
      ['R', 192],
      ['R', 0],
    ],
  },
  {
    // Columns of one cabinet each, every second one turned, a dead pixel before the third, the last at a port of its own.
    protocol: 'ddp',
    area: { x: 0, y: 24, width: 64, height: 12 },
    map: {
      rotation: 270,
      cabinets: [
        { x: 0, y: 0, width: 16, height: 12 },
        { x: 16, y: 0, width: 16, height: 12, rotation: 90 },
        { x: 32, y: 0, width: 16, height: 12, gapBefore: 1 },
        { x: 48, y: 0, width: 16, height: 12, rotation: 180, beginsAt: 1_000 },
      ],
    },
    chainPx: 1_192,
    hangs: [
      ['L', 0],
      ['R', 192],
      ['L', 385],
      ['U', 1_000],
    ],
  },
];

/** The place on a cabinet's chain of what is seen at column x, row y: FPP's PanelMatrix, then every second line backwards. */
function placeOf(letter: 'N' | 'R' | 'U' | 'L', x: number, y: number): number {
  const { widthPx: w, heightPx: h } = CABINET;
  const straight = { N: y * w + x, U: w * h - 1 - (y * w + x), L: x * h + (h - 1 - y), R: (w - 1 - x) * h + y }[letter];
  const length = letter === 'N' || letter === 'U' ? w : h;
  const line = Math.floor(straight / length);
  const step = straight % length;
  return line * length + (line % 2 === 1 ? length - 1 - step : step);
}

/** Puts what a controller holds on a screen of the wall's size. @returns how many of its pixels lit */
export function light({ area, hangs }: Controller, held: Buffer, screen: Buffer): number {
  let count = 0;
  hangs.forEach(([letter, from], column) => {
    for (let y = 0; y < CABINET.heightPx; y += 1)
      for (let x = 0; x < CABINET.widthPx; x += 1) {
        const source = (from + placeOf(letter, x, y)) * 3;
        const target = ((area.y + y) * WALL.widthPx + area.x + column * CABINET.widthPx + x) * 3;
        held.copy(screen, target, source, source + 3);
        count += 1;
      }
  });
  return count;
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function ddpReceiver(bytes: number): Promise<Receiver> {
  const display = await DdpDisplay.open(bytes);
  opened.push(display);
  return {
    address: { type: 'ddp', host: '127.0.0.1', port: display.port },
    frame: async () => {
      const before = display.pushed.length;
      await display.until(() => display.pushed.length > before || before > 0);
      expect(display.problems).toEqual([]);
      return display.pushed.at(-1) ?? Buffer.alloc(0);
    },
  };
}

/** Universes of 170 pixels (E1.31-2018), as a controller with outputs of that length reads them. */
async function sacnReceiver(bytes: number): Promise<Receiver> {
  const receiver = await DatagramReceiver.open({ address: '127.0.0.1' });
  opened.push(receiver);
  const universes = Math.ceil(bytes / UNIVERSE_BYTES);
  return {
    address: { type: 'sacn', host: '127.0.0.1', port: receiver.port, interface: '127.0.0.1', universe: 1 },
    frame: async () => {
      const held = Buffer.alloc(bytes, 0xee);
      const seen = new Set<number>();
      await eventually(() => {
        for (const datagram of receiver.datagrams.splice(0)) {
          const packet = readSacn(datagram);
          if (packet.kind !== 'data') continue;
          packet.slots.copy(held, (packet.universe - 1) * UNIVERSE_BYTES);
          seen.add(packet.universe);
        }
        expect(seen.size).toBe(universes);
      });
      return held;
    },
  };
}

export async function hang(controller: Controller): Promise<{ output: OutputDriver; receiver: Receiver }> {
  const receiver = await receivers[controller.protocol](controller.chainPx * 3);
  const { area, map } = controller;
  const options = outputOptions.parse({ id: 'screen', ...receiver.address, area, map });
  const output = createOutput(options, { wall: WALL, framesPerSecond: 25, log: silentLogger });
  opened.push(output);
  await output.start();
  return { output, receiver };
}

/** What people see of a canvas: sent to every controller, held there, put on the screen pixel by pixel. */
export async function shown(canvas: Uint8Array): Promise<Buffer> {
  const screen = Buffer.alloc(canvas.length);
  for (const controller of CONTROLLERS) {
    const { output, receiver } = await hang(controller);
    output.send(0, output.prepare({ ...WALL, tick: 1, pixels: canvas }));
    light(controller, await receiver.frame(), screen);
  }
  return screen;
}

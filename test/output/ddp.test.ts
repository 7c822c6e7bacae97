import { afterEach, describe, expect, it } from 'vitest';
import { GlasshallError } from '../../src/core/errors.js';
import { silentLogger } from '../../src/core/logger.js';
import type { Size } from '../../src/core/geometry.js';
import { ddpOptions } from '../../src/output/drivers/ddp/options.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { DdpDisplay } from './ddp-display.js';
import { closedPort, cut, picture } from './pictures.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function display(bytes: number, options = {}): Promise<DdpDisplay> {
  const made = await DdpDisplay.open(bytes, options);
  opened.push(made);
  return made;
}

async function driver(wall: Size, port: number, more: object = {}): Promise<OutputDriver> {
  const options = ddpOptions.parse({ id: 'screen', type: 'ddp', host: '127.0.0.1', port, ...more });
  const made = createOutput(options, { wall, framesPerSecond: 25, log: silentLogger });
  opened.push(made);
  await made.start();
  return made;
}

describe('DDP packets', () => {
  it('are byte for byte as specified: one packet', async () => {
    const screen = await display(6);
    const output = await driver({ widthPx: 2, heightPx: 1 }, screen.port);
    const pixels = Uint8Array.of(0x11, 0x22, 0x33, 0x44, 0x55, 0x66);
    expect(output.prepare({ widthPx: 2, heightPx: 1, tick: 1, pixels })).toBe(1);
    output.send(0, 1);
    await screen.until(() => screen.packets.length === 1);
    expect(screen.packets[0]?.bytes.toString('hex')).toBe('41010b01000000000006112233445566');
  });

  it('are byte for byte as specified: a full one without push, a short one with push', async () => {
    const wall = { widthPx: 481, heightPx: 1 };
    const screen = await display(2_000);
    const output = await driver(wall, screen.port, { destination: 2, offset: 300 });
    const frame = picture(wall, 1);
    expect(output.prepare(frame)).toBe(2);
    output.send(0, 2);
    await screen.until(() => screen.packets.length === 2);
    // Offset 300 = 0x12c, length 1440 = 0x5a0; then offset 1740 = 0x6cc, length 3.
    expect(screen.packets[0]?.bytes.subarray(0, 10).toString('hex')).toBe('40010b020000012c05a0');
    expect(screen.packets[1]?.bytes.subarray(0, 10).toString('hex')).toBe('41020b02000006cc0003');
    expect(screen.pushed[0]?.subarray(300, 300 + 1_443)).toEqual(Buffer.from(frame.pixels));
  });

  it('ask for the status byte for byte as specified', async () => {
    const { createSocket } = await import('node:dgram');
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    opened.push({ close: () => new Promise((resolve) => socket.close(() => resolve())) });
    const query = new Promise<Buffer>((resolve) => socket.once('message', resolve));
    const output = await driver({ widthPx: 2, heightPx: 1 }, socket.address().port);
    const ending = new AbortController();
    const answer = output.probe(ending.signal);
    expect((await query).toString('hex')).toBe('420000fb000000000000');
    ending.abort();
    expect(await answer).toEqual({ state: 'unconfirmed', reason: 'no-answer' });
  });
});

describe('DDP frames', () => {
  it.each([
    { widthPx: 161, heightPx: 91 },
    { widthPx: 160, heightPx: 90 },
    { widthPx: 1, heightPx: 1 },
    { widthPx: 480, heightPx: 3 },
    { widthPx: 17, heightPx: 1_001 },
  ])('arrive exactly, push last and only there, sequence unbroken: %o', async (wall) => {
    const bytes = wall.widthPx * wall.heightPx * 3;
    const screen = await display(bytes);
    const output = await driver(wall, screen.port);
    for (let tick = 1; tick <= 5; tick += 1) {
      const frame = picture(wall, tick);
      const parts = output.prepare(frame);
      expect(parts).toBe(Math.ceil(bytes / 1_440));
      for (let from = 0; from < parts; from += 9) output.send(from, Math.min(parts, from + 9));
      await screen.until(() => screen.pushed.length === tick);
      expect(screen.pushed[tick - 1]?.equals(frame.pixels)).toBe(true);
      const packets = screen.packets.slice(-parts);
      expect(packets.map((packet) => packet.flags.push)).toEqual(packets.map((_, index) => index === parts - 1));
      expect(packets.every((packet) => packet.type === 0x0b && packet.id === 1 && packet.offset % 3 === 0)).toBe(true);
    }
    expect(screen.problems).toEqual([]);
    expect(output.takeFailedParts()).toBe(0);
  });

  it.each([
    { x: 0, y: 0, width: 100, height: 60 },
    { x: 7, y: 5, width: 31, height: 41 },
    { x: 99, y: 59, width: 1, height: 1 },
    { x: 0, y: 20, width: 100, height: 20 },
  ])('show the part of the wall that was asked for: %o', async (area) => {
    const wall = { widthPx: 100, heightPx: 60 };
    const screen = await display(area.width * area.height * 3 + 600);
    const output = await driver(wall, screen.port, { area, offset: 600 });
    const frame = picture(wall, 3);
    output.send(0, output.prepare(frame));
    await screen.until(() => screen.pushed.length === 1);
    const shown = screen.pushed[0]?.subarray(600);
    expect(shown?.equals(cut(frame, area.x, area.y, area.width, area.height))).toBe(true);
    expect(screen.pushed[0]?.subarray(0, 600).every((byte) => byte === 0xee)).toBe(true);
    expect(screen.problems).toEqual([]);
  });

  it('carry sequence 0 where sequence is off', async () => {
    const wall = { widthPx: 60, heightPx: 60 };
    const screen = await display(60 * 60 * 3);
    const output = await driver(wall, screen.port, { sequence: false });
    output.send(0, output.prepare(picture(wall, 1)));
    await screen.until(() => screen.pushed.length === 1);
    expect(new Set(screen.packets.map((packet) => packet.sequence))).toEqual(new Set([0]));
  });

  it('end with a black one', async () => {
    const wall = { widthPx: 300, heightPx: 100 };
    const screen = await display(90_000);
    const output = await driver(wall, screen.port);
    output.send(0, output.prepare(picture(wall, 1)));
    await screen.until(() => screen.pushed.length === 1);
    await output.close();
    await screen.until(() => screen.pushed.length === 2);
    expect(screen.pushed[1]?.every((byte) => byte === 0)).toBe(true);
    expect(screen.problems).toEqual([]);
  });

  it('are refused for a part that is not on the wall', () => {
    const options = ddpOptions.parse({
      id: 'screen',
      type: 'ddp',
      host: '127.0.0.1',
      area: { x: 1, y: 0, width: 16, height: 16 },
    });
    const make = (): OutputDriver =>
      createOutput(options, { wall: { widthPx: 16, heightPx: 16 }, framesPerSecond: 25, log: silentLogger });
    expect(make).toThrow(GlasshallError);
    expect(make).toThrow(expect.objectContaining({ code: 'area-off-wall' }));
  });
});

describe('DDP reachability', () => {
  const wall = { widthPx: 100, heightPx: 100 };
  const probe = (output: OutputDriver): ReturnType<OutputDriver['probe']> => output.probe(AbortSignal.timeout(300));

  it('is reachable when the display answers, unconfirmed when it is silent, unreachable when nobody is there', async () => {
    const answering = await display(30_000, { answersQueries: true });
    expect(await probe(await driver(wall, answering.port))).toEqual({
      state: 'reachable',
      reason: null,
      detail: 'Test Display 1',
    });
    const silent = await display(30_000);
    expect(await probe(await driver(wall, silent.port))).toEqual({ state: 'unconfirmed', reason: 'no-answer' });
    expect(await probe(await driver(wall, await closedPort()))).toEqual({ state: 'unreachable', reason: 'refused' });
  });

  it('names what is wrong with the address', async () => {
    const unknown = await driver(wall, 4_048, { host: 'no-such-host.invalid' });
    const answer = await unknown.probe(AbortSignal.timeout(10_000));
    expect(answer.state).toBe('unreachable');
    expect(['unknown-host', 'name-service']).toContain(answer.reason);
    expect(unknown.prepare(picture(wall, 1))).toBe(0);
    // The broadcast address may not be sent to without asking the system for it.
    expect(await probe(await driver(wall, 4_048, { host: '255.255.255.255' }))).toEqual({
      state: 'unreachable',
      reason: 'forbidden',
    });
  });

  it('counts refused packets, says refused, and goes on by itself when the display comes back', async () => {
    const port = await closedPort();
    const output = await driver(wall, port);
    for (let tick = 1; tick <= 3; tick += 1) {
      output.send(0, output.prepare(picture(wall, tick)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(output.takeFailedParts()).toBeGreaterThan(0);
    expect(await probe(output)).toEqual({ state: 'unreachable', reason: 'refused' });
    const screen = await display(30_000, { port });
    const last = picture(wall, 9);
    // The first packet may still be told of the refusal before.
    for (let round = 0; round < 2; round += 1) output.send(0, output.prepare(last));
    await screen.until(() => screen.pushed.some((frame) => frame.equals(last.pixels)));
  });

  it('finds a display by name', async () => {
    const screen = await display(30_000);
    const output = await driver(wall, screen.port, { host: 'localhost' });
    let parts = 0;
    while (parts === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      parts = output.prepare(picture(wall, 1));
    }
    output.send(0, parts);
    await screen.until(() => screen.pushed.length === 1);
  });
});

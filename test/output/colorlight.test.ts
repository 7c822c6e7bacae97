import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Size } from '../../src/core/geometry.js';
import { silentLogger } from '../../src/core/logger.js';
import { colorlight } from '../../src/output/drivers/colorlight/index.js';
import { colorlightOptions } from '../../src/output/drivers/colorlight/options.js';
import { parseReply, writeDisplay, writeRowHeader } from '../../src/output/drivers/colorlight/packet.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { eventually } from '../eventually.js';
import { ColorlightLine, canLayCables } from './colorlight-line.js';
import { cut, picture } from './pictures.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

function line(): ColorlightLine {
  const made = new ColorlightLine();
  opened.push(made);
  made.plug();
  return made;
}

async function driver(wall: Size, interfaceName: string, more: object = {}): Promise<OutputDriver> {
  const options = colorlightOptions.parse({ id: 'screen', type: 'colorlight', interface: interfaceName, ...more });
  const made = createOutput(options, { wall, framesPerSecond: 25, log: silentLogger });
  opened.push(made);
  await made.start();
  return made;
}

const probe = (output: OutputDriver): ReturnType<OutputDriver['probe']> => output.probe(AbortSignal.timeout(5_000));

async function becomes(output: OutputDriver, state: string, reason: string | null): Promise<void> {
  await eventually(async () => expect(await probe(output)).toEqual({ state, reason }));
}

/** Sends a picture as the sender does, in slices and only when the last one is gone. @returns the hash of its pixels */
async function show(output: OutputDriver, wall: Size, tick: number): Promise<string> {
  while (output.isBusy?.() === true) await sleep(1);
  const frame = picture(wall, tick);
  const parts = output.prepare(frame);
  const slice = Math.ceil(parts / 3);
  for (let from = 0; from < parts; from += slice) {
    while (output.isBusy?.() === true) await sleep(1);
    output.send(from, Math.min(parts, from + slice));
  }
  return createHash('sha1').update(frame.pixels).digest('hex');
}

describe('Colorlight packets', () => {
  it('are byte for byte what the open senders write', () => {
    const row = Buffer.alloc(21, 0xee);
    writeRowHeader(row, 0, { row: 258, firstPixel: 497, pixelCount: 15 });
    expect(row.toString('hex')).toBe('112233445566222233445566' + '55' + '0102' + '01f1' + '000f' + '0888');
    const display = Buffer.alloc(112, 0xee);
    writeDisplay(display, 0, 0x80);
    const expected = `1122334455662222334455660107${'00'.repeat(21)}800500808080`;
    expect(display.toString('hex')).toBe(expected.padEnd(224, '0'));
  });

  it('are taken for an answer only from a card, of its type and its length', () => {
    const reply = Buffer.alloc(1_070);
    reply.write('ffffffffffff112233445566080500', 'hex');
    reply.set([13, 1], 15);
    reply.writeUInt16BE(256, 34);
    reply.writeUInt16BE(128, 36);
    reply[98] = 2;
    expect(parseReply(reply)).toEqual({ firmwareMajor: 13, firmwareMinor: 1, widthPx: 256, heightPx: 128, index: 2 });
    expect(parseReply(reply.subarray(0, 1_000))).toBeNull();
    expect(parseReply(Buffer.alloc(0))).toBeNull();
    for (const byte of [6, 11, 12, 13]) {
      const wrong = Buffer.from(reply);
      wrong[byte] = 0x99;
      expect(parseReply(wrong)).toBeNull();
    }
  });
});

describe.runIf(canLayCables)('Colorlight frames', () => {
  it.each([
    { widthPx: 128, heightPx: 64, firmware: 11, frames: 120 },
    { widthPx: 128, heightPx: 64, firmware: 13, frames: 120 },
    { widthPx: 497, heightPx: 20, firmware: 11, frames: 10 },
    { widthPx: 640, heightPx: 300, firmware: 15, frames: 100 },
    { widthPx: 1_000, heightPx: 40, firmware: 11, frames: 20 },
    { widthPx: 1, heightPx: 1, firmware: 13, frames: 3 },
  ])('are put together exactly by strict cards: %o', async ({ widthPx, heightPx, firmware, frames }) => {
    const wall = { widthPx, heightPx };
    const cable = line();
    const cards = await cable.cards(wall, { firmware });
    const output = await driver(wall, cable.near);
    await becomes(output, 'reachable', null);
    const sent: string[] = [];
    for (let tick = 1; tick <= frames; tick += 1) {
      sent.push(await show(output, wall, tick));
      await eventually(() => expect(cards.frames.length).toBe(tick), { interval: 5 });
    }
    expect(cards.problems).toEqual([]);
    expect(cards.frames.map(({ sha1 }) => sha1)).toEqual(sent);
    expect(new Set(sent).size).toBe(frames);
    expect(output.takeFailedParts()).toBe(0);
  });

  it('are asked about between two of them, never among the rows', async () => {
    const wall = { widthPx: 300, heightPx: 200 };
    const cable = line();
    const cards = await cable.cards(wall);
    const output = await driver(wall, cable.near);
    await becomes(output, 'reachable', null);
    const before = cards.queries;
    for (let tick = 1; tick <= 40; tick += 1) {
      const answer = probe(output);
      await show(output, wall, tick);
      expect((await answer).state).toBe('reachable');
    }
    expect(cards.queries).toBeGreaterThan(before);
    await eventually(() => expect(cards.frames.length).toBe(40));
    expect(cards.problems).toEqual([]);
  });

  it('carry brightness, the order of colours and the part of the wall that were asked for', async () => {
    const wall = { widthPx: 60, heightPx: 40 };
    const area = { x: 7, y: 5, width: 31, height: 20 };
    const size = { widthPx: 31, heightPx: 20 };
    const cable = line();
    const cards = await cable.cards(size, { answers: false });
    const output = await driver(wall, cable.near, { area, brightness: 77, colourOrder: 'rgb', firmware: 'old' });
    await becomes(output, 'unconfirmed', 'no-answer');
    await show(output, wall, 1);
    await eventually(() => expect(cards.frames.length).toBe(1));
    const swapped = cut(picture(wall, 1), 7, 5, 31, 20);
    // The cards read blue first: what was sent red first, they show with red and blue in each other's place.
    for (let at = 0; at < swapped.length; at += 3) swapped.subarray(at, at + 3).reverse();
    expect(cards.frames[0]?.sha1).toBe(createHash('sha1').update(swapped).digest('hex'));
    expect(cards.frames[0]?.levels).toEqual([77, 77, 77, 77]);
    expect(cards.problems).toEqual([]);
  });

  it('end with a black one, or with the last one that is given', async () => {
    const wall = { widthPx: 500, heightPx: 90 };
    const cable = line();
    const cards = await cable.cards(wall);
    for (const goodbye of ['black', picture(wall, 9), 'silent'] as const) {
      const output = await driver(wall, cable.near);
      await becomes(output, 'reachable', null);
      const count = cards.frames.length;
      await show(output, wall, 1);
      await output.close(goodbye);
      await eventually(() => expect(cards.frames.length).toBe(count + (goodbye === 'silent' ? 1 : 2)));
      const black = new Uint8Array(wall.widthPx * wall.heightPx * 3);
      const last = goodbye === 'black' ? black : goodbye === 'silent' ? picture(wall, 1).pixels : goodbye.pixels;
      expect(cards.frames.at(-1)?.sha1).toBe(createHash('sha1').update(last).digest('hex'));
    }
    expect(cards.problems).toEqual([]);
  });

  it('are sent as a card wants them that is switched on later', async () => {
    const wall = { widthPx: 64, heightPx: 32 };
    const cable = line();
    const output = await driver(wall, cable.near);
    await becomes(output, 'unconfirmed', 'no-answer');
    await show(output, wall, 1);
    const cards = await cable.cards(wall, { firmware: 14 });
    await becomes(output, 'reachable', null);
    await show(output, wall, 2);
    await show(output, wall, 3);
    await eventually(() => expect(cards.frames.length).toBe(2));
    expect(cards.problems).toEqual([]);
  });

  it('are refused by the strict cards when they are sent as the other firmware wants them', async () => {
    const wall = { widthPx: 64, heightPx: 32 };
    const cable = line();
    const cards = await cable.cards(wall, { firmware: 14 });
    const output = await driver(wall, cable.near, { firmware: 'old' });
    await becomes(output, 'reachable', null);
    await show(output, wall, 1);
    await eventually(() => expect(cards.problems).not.toEqual([]));
    expect(cards.frames).toEqual([]);
  });

  it('are refused by the strict cards when the gap is too short', async () => {
    const wall = { widthPx: 64, heightPx: 32 };
    const cable = line();
    const cards = await cable.cards(wall);
    const output = await driver(wall, cable.near, { gapMs: 1 });
    await becomes(output, 'reachable', null);
    await eventually(async () => {
      await show(output, wall, 1);
      await sleep(20);
      expect(cards.problems.some((text) => text.startsWith('a gap of'))).toBe(true);
    });
  });
});

describe.runIf(canLayCables)('Colorlight discovery', () => {
  it('finds cards behind an interface without address when looking everywhere', async () => {
    const cable = line();
    await cable.cards({ widthPx: 256, heightPx: 128 }, { firmware: 13 });
    const { networkInterfaces } = await import('node:os');
    const { execFileSync } = await import('node:child_process');
    execFileSync('ip', ['address', 'add', '192.0.2.77/32', 'dev', cable.near]);
    const all = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family }) => family === 'IPv4')
      .map(({ address }) => address);
    expect(all).toContain('192.0.2.77');
    const scope = { interfaces: ['192.0.2.77'], timeoutMs: 5_000 };
    expect(await colorlight.discover?.(scope, new AbortController().signal)).toEqual([
      {
        address: cable.near,
        description: 'Colorlight receiving card, firmware 13.4, 256×128',
        entry: { type: 'colorlight', interface: cable.near },
      },
    ]);
    const elsewhere = { interfaces: ['198.51.100.1'], timeoutMs: 2_000 };
    expect(await colorlight.discover?.(elsewhere, new AbortController().signal)).toEqual([]);
  });
});

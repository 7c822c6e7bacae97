import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { monotonicMs } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import type { ChannelOptions } from '../../src/output/channel.js';
import { outputOptions } from '../../src/output/options.js';
import type { OutputDriver } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { Sender } from '../../src/output/sender.js';
import { eventually } from '../eventually.js';
import { ColorlightLine, canLayCables } from './colorlight-line.js';
import { DdpDisplay } from './ddp-display.js';
import { picture } from './pictures.js';

const WALL = { widthPx: 497, heightPx: 30 };
/** Long enough for several tries with growing waits on a busy machine. */
const PATIENCE = { timeout: 25_000, interval: 100 };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  delete process.env['GLASSHALL_RAW_ETHERNET_NODE'];
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

function line(): ColorlightLine {
  const made = new ColorlightLine();
  opened.push(made);
  return made;
}

function output(interfaceName: string): OutputDriver {
  const options = outputOptions.parse({ id: 'screen', type: 'colorlight', interface: interfaceName });
  const made = createOutput(options, { wall: WALL, framesPerSecond: 25, log: silentLogger });
  opened.push(made);
  return made;
}

async function becomes(driver: OutputDriver, state: string, reason: string | null): Promise<void> {
  await eventually(
    async () => expect(await driver.probe(AbortSignal.timeout(3_000))).toEqual({ state, reason }),
    PATIENCE,
  );
}

let tick = 0;

/** Sends frames until the cards have shown more than before. */
async function shows(driver: OutputDriver, cards: { readonly frames: readonly unknown[] }): Promise<void> {
  const before = cards.frames.length;
  await eventually(async () => {
    await send(driver);
    expect(cards.frames.length).toBeGreaterThan(before);
  }, PATIENCE);
}

async function send(driver: OutputDriver): Promise<void> {
  if (driver.isBusy?.() !== true) driver.send(0, driver.prepare(picture(WALL, (tick += 1))));
  await sleep(20);
}

/** The processes that send on an interface, whoever started them. */
function senders(interfaceName: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return command.includes(interfaceName) && command.some((part) => part.endsWith('/raw-ethernet/process.js'));
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe.runIf(canLayCables)('a Colorlight output', () => {
  it('waits for an interface that appears later, goes away and comes back', async () => {
    const cable = line();
    const driver = output(cable.near);
    await driver.start();
    await becomes(driver, 'unreachable', 'no-interface');
    await send(driver);
    expect(driver.takeFailedParts()).toBeGreaterThan(0);
    for (let round = 0; round < 2; round += 1) {
      cable.plug();
      const cards = await cable.cards(WALL);
      await becomes(driver, 'reachable', null);
      await shows(driver, cards);
      expect(cards.problems).toEqual([]);
      cable.unplug();
      await becomes(driver, 'unreachable', 'no-interface');
    }
  });

  it('says that the line is down, or the interface switched off, and goes on when it is back', async () => {
    const cable = line();
    cable.plug();
    const cards = await cable.cards(WALL);
    const driver = output(cable.near);
    await driver.start();
    await becomes(driver, 'reachable', null);
    cable.switchFar('down');
    await becomes(driver, 'unreachable', 'no-carrier');
    await send(driver);
    expect(driver.takeFailedParts()).toBeGreaterThan(0);
    cable.switchFar('up');
    await becomes(driver, 'reachable', null);
    await shows(driver, cards);
    cable.switchNear('down');
    await becomes(driver, 'unreachable', 'network-unreachable');
    cable.switchNear('up');
    await becomes(driver, 'reachable', null);
    await shows(driver, cards);
    expect(cards.problems).toEqual([]);
  });

  it('names packets that are too long for the interface, and shows no frame without them', async () => {
    const cable = line();
    cable.plug(1_400);
    const cards = await cable.cards(WALL);
    const driver = output(cable.near);
    await driver.start();
    await becomes(driver, 'reachable', null);
    await eventually(async () => {
      await send(driver);
      const answer = await driver.probe(AbortSignal.timeout(3_000));
      expect(answer).toEqual({ state: 'unreachable', reason: 'packet-too-long' });
    }, PATIENCE);
    expect(driver.takeFailedParts()).toBeGreaterThan(WALL.heightPx);
    expect(cards.frames).toEqual([]);
    expect(cards.problems.filter((text) => text.startsWith('display'))).toEqual([]);
  });

  it('says that it is forbidden where the capability is missing, and comes back when it is given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'glasshall-'));
    opened.push({
      close: () => {
        rmSync(folder, { recursive: true });
        return Promise.resolve();
      },
    });
    const program = join(folder, 'node');
    writeFileSync(program, `#!/bin/sh\nexec setpriv --bounding-set -net_raw '${process.execPath}' "$@"\n`);
    chmodSync(program, 0o755);
    process.env['GLASSHALL_RAW_ETHERNET_NODE'] = program;
    const cable = line();
    cable.plug();
    const cards = await cable.cards(WALL);
    const driver = output(cable.near);
    expect(await driver.probe(AbortSignal.timeout(5_000))).toEqual({ state: 'unreachable', reason: 'forbidden' });
    await driver.start();
    await becomes(driver, 'unreachable', 'forbidden');
    delete process.env['GLASSHALL_RAW_ETHERNET_NODE'];
    await becomes(driver, 'reachable', null);
    await shows(driver, cards);
    await driver.close();
    expect(senders(cable.near)).toEqual([]);
  });

  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'gets over %s of its process, and no other output notices',
    async (signal) => {
      const cable = line();
      cable.plug();
      const cards = await cable.cards(WALL);
      const display = await DdpDisplay.open(WALL.widthPx * WALL.heightPx * 3);
      opened.push(display);
      const ddp = { id: 'other', type: 'ddp', host: '127.0.0.1', port: display.port };
      const reasons: (string | null)[] = [];
      const channels = [{ id: 'screen', type: 'colorlight', interface: cable.near }, ddp].map(
        (given): ChannelOptions => {
          const options = outputOptions.parse(given);
          const driver = createOutput(options, { wall: WALL, framesPerSecond: 25, log: silentLogger });
          const onReachability: ChannelOptions['onReachability'] = ({ id, reachability }) => {
            if (id === 'screen') reasons.push(reachability.reason);
          };
          return { id: options.id, driver, log: silentLogger, onReachability };
        },
      );
      const sender = new Sender(channels, { framesPerSecond: 25 });
      opened.push(sender);
      await sender.start();
      let ticks = 0;
      const frame = async (): Promise<void> => {
        ticks += 1;
        sender.offer(picture(WALL, ticks), monotonicMs());
        while (sender.handOut(monotonicMs()) !== Number.POSITIVE_INFINITY) await sleep(1);
        await sleep(15);
      };
      const until = (check: () => void): Promise<void> =>
        eventually(async () => {
          await frame();
          check();
        }, PATIENCE);
      await until(() => expect(cards.frames.length).toBeGreaterThan(10));
      const [first = 0] = senders(cable.near);
      process.kill(first, signal);
      await until(() => expect(senders(cable.near)).not.toContain(first));
      const shown = cards.frames.length;
      await until(() => expect(cards.frames.length).toBeGreaterThan(shown + 10));
      await until(() => expect(reasons.at(-1)).toBeNull());
      if (signal === 'SIGKILL') expect(reasons).toContain('sender-ended');
      await eventually(() => expect(display.pushed.length).toBe(ticks));
      expect(sender.reports()[1]).toMatchObject({ frames: ticks, droppedFrames: 0, failedParts: 0 });
      // Whatever was under way when the process ended may be missing; nothing else is wrong.
      expect(cards.problems.length).toBeLessThanOrEqual(1);
      await sender.close();
      expect(senders(cable.near)).toEqual([]);
    },
  );

  it('leaves no process when whoever started it is killed', async () => {
    const cable = line();
    cable.plug();
    const script = fileURLToPath(new URL('colorlight-parent.mjs', import.meta.url));
    const parent = spawn(process.execPath, [script, cable.near], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(parent.stdout, 'data');
    await eventually(() => expect(senders(cable.near)).toHaveLength(1));
    parent.kill('SIGKILL');
    await once(parent, 'close');
    await eventually(() => expect(senders(cable.near)).toEqual([]));
  });
});

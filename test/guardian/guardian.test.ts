import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/core/project-root.js';
import type { ServiceNotice } from '../../src/guardian/messages.js';
import { isRunning, stillRunning } from '../end-to-end/service-process.js';
import { eventually } from '../eventually.js';
import { WatchedDisplay } from './watched-display.js';

const SIZE = { width: 320, height: 180 };
const main = fileURLToPath(new URL('dist/src/main.js', projectRoot));

type Ready = Extract<ServiceNotice, { kind: 'ready' }>;

describe('the guardian', () => {
  let folder: string;
  let display: WatchedDisplay;
  let service: ChildProcess;
  let output: string;
  const readies: Ready[] = [];

  /** What tells slates apart that were painted by another process: the number of pixels that are not the background. */
  const lit = (pixels: Buffer): number => pixels.filter((value) => value > 100).length;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glasshall-guardian-'));
    display = await WatchedDisplay.open(SIZE.width * SIZE.height * 3);
    readies.length = 0;
    output = '';
    const file = join(folder, 'hall.yaml');
    await writeFile(file, JSON.stringify(configuration(display.port)));
    service = fork(main, ['--config', file, '--port', '0', '--obs-port', '0', '--state', join(folder, 'state')], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [service.stdout, service.stderr])
      stream?.on('data', (bytes: Buffer) => (output += bytes.toString()));
    service.on('message', (notice: ServiceNotice) => {
      if (notice.kind === 'ready') readies.push(notice);
    });
    await eventually(() => expect(readies).toHaveLength(1));
    await eventually(() => expect(display.frames.length).toBeGreaterThan(10));
  }, 60_000);

  afterEach(async () => {
    const pids = [service.pid ?? 0, ...readies.map(({ enginePid }) => enginePid)].filter(isRunning);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await stillRunning(pids, 5_000);
    await display.close();
    await rm(folder, { recursive: true, force: true });
  });

  const engine = (): number => readies.at(-1)?.enginePid ?? 0;
  const sendersSince = (count: number): number[] => display.senders.slice(count);

  it.each([
    ['is killed', 'SIGKILL'],
    ['stands still', 'SIGSTOP'],
    ['aborts, as it does when memory runs out', 'SIGABRT'],
  ] as const)(
    'shows the slate and starts the engine again when it %s; never two senders at once',
    async (_what, signal) => {
      const before = display.frames.length;
      const sendersBefore = display.senders.length;
      const first = display.senders.at(-1);
      process.kill(engine(), signal);
      await eventually(() => expect(readies).toHaveLength(2), { timeout: 40_000 });
      await eventually(() => expect(sendersSince(sendersBefore)).toHaveLength(2), { timeout: 40_000 });
      const [slateSender, secondEngine] = sendersSince(sendersBefore);
      expect(new Set([first, slateSender, secondEngine]).size).toBe(3);
      const slates = display.frames.slice(before).filter(({ senderPort }) => senderPort === slateSender);
      expect(slates.length).toBeGreaterThan(0);
      // Words on a dark ground, and the same from the first to the last.
      expect(lit(slates[0]?.pixels ?? Buffer.alloc(0))).toBeGreaterThan(100);
      expect(slates.every(({ pixels }) => pixels.equals(slates[0]?.pixels ?? Buffer.alloc(0)))).toBe(true);
      const again = display.frames.length;
      await eventually(() => expect(display.frames.length).toBeGreaterThan(again + 10));
      expect(sendersSince(sendersBefore)).toHaveLength(2);
      expect(readies[1]?.addresses).toEqual(readies[0]?.addresses);
      expect((await fetch(`${readies[1]?.addresses.url ?? ''}/healthz`)).status).toBe(200);
    },
    120_000,
  );

  it('lets the engine go on when it dies itself, which says so', async () => {
    const senders = display.senders.length;
    service.kill('SIGKILL');
    await once(service, 'exit');
    const frames = display.frames.length;
    await eventually(() => expect(display.frames.length).toBeGreaterThan(frames + 25));
    expect(display.senders).toHaveLength(senders);
    const metrics = await (await fetch(`${readies[0]?.addresses.url ?? ''}/metrics`)).text();
    expect(metrics).toMatch(/^glasshall_guardian_up 0$/m);
    expect(output).toContain('the guardian is gone');
    process.kill(engine(), 'SIGTERM');
    expect(await stillRunning([engine()], 10_000)).toEqual([]);
  }, 60_000);

  it('ends with the slate that says that the display is closed', async () => {
    const live = display.frames.at(-1)?.pixels ?? Buffer.alloc(0);
    const ended = once(service, 'exit');
    service.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(isRunning(engine())).toBe(false);
    const last = display.frames.at(-1)?.pixels ?? Buffer.alloc(0);
    expect(last.equals(live)).toBe(false);
    expect(lit(last)).toBeGreaterThan(100);
  }, 60_000);

  it('says goodbye itself when the engine hangs at the end', async () => {
    process.kill(engine(), 'SIGSTOP');
    const senders = display.senders.length;
    const ended = once(service, 'exit');
    service.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(isRunning(engine())).toBe(false);
    expect(display.senders.length).toBe(senders + 1);
    expect(lit(display.frames.at(-1)?.pixels ?? Buffer.alloc(0))).toBeGreaterThan(100);
  }, 60_000);
});

function configuration(displayPort: number): object {
  return {
    wall: { name: '西墙', ...SIZE },
    // Nobody is there: what is on air is a slate with a clock.
    cameras: [{ id: 'lobby', name: '大厅', rtsp: { main: 'rtsp://127.0.0.1:9/main' } }],
    layouts: [{ id: 'one', name: '大厅', columns: ['1fr'], rows: ['1fr'], areas: 'lobby' }],
    outputs: [{ id: 'screen', type: 'ddp', host: '127.0.0.1', port: displayPort }],
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { silentLogger, type Logger } from '../../src/core/logger.js';
import { Redactor } from '../../src/core/secrets.js';
import { FfmpegChild } from '../../src/ffmpeg/child.js';
import { LineSplitter } from '../../src/ffmpeg/line-splitter.js';
import { StartGate } from '../../src/ffmpeg/start-gate.js';

const ENDLESS = ['-nostdin', '-re', '-f', 'lavfi', '-i', 'testsrc=size=64x64', '-f', 'null', '-'];

async function start(
  given: readonly string[],
  log: Logger = silentLogger,
  redactor = new Redactor(),
): Promise<FfmpegChild> {
  const child = await FfmpegChild.start({ arguments: given, urgent: false, log, redactor });
  if (child === null) throw new Error('not wanted');
  return child;
}

/** Whether a process exists and is not merely waiting to be reaped. */
function isRunning(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('FfmpegChild', () => {
  it('passes media from stdin to stdout and ends by itself', async () => {
    const child = await start([
      '-nostdin',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
      '-s',
      '2x1',
      '-i',
      'pipe:0',
      '-f',
      'rawvideo',
      'pipe:1',
    ]);
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin?.end(Buffer.from([1, 2, 3, 4, 5, 6]));
    expect(await child.exited).toMatchObject({ code: 0, startFailure: null });
    expect([...Buffer.concat(chunks)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('runs below the wall in priority, and is gone after close, however often that is called', async () => {
    const child = await start(ENDLESS);
    const pid = child.pid ?? 0;
    expect(getPriority(pid)).toBe(10);
    await Promise.all([child.close(), child.close()]);
    expect(isRunning(pid)).toBe(false);
    await child.kill();
  });

  it('is ended by force when it does not listen', async () => {
    const child = await start([
      '-nostdin',
      '-re',
      '-f',
      'lavfi',
      '-i',
      'testsrc=size=64x64',
      '-f',
      'rawvideo',
      'pipe:1',
    ]);
    const pid = child.pid ?? 0;
    if (child.stdout !== null) await once(child.stdout, 'data');
    process.kill(pid, 'SIGSTOP');
    await child.close();
    expect((await child.exited).signal).toBe('SIGKILL');
    expect(isRunning(pid)).toBe(false);
  });

  it('masks secrets in everything it repeats', async () => {
    const redactor = new Redactor();
    redactor.add('p@ss w#rd');
    const seen: string[] = [];
    const log: Logger = { ...silentLogger, debug: (details) => void seen.push(JSON.stringify(details)) };
    const child = await start(['-i', '/nowhere/p@ss w#rd/x.mp4'], log, redactor);
    const { lines, code } = await child.exited;
    expect(code).not.toBe(0);
    expect(lines.join()).toContain('/nowhere/•••/x.mp4');
    expect(lines.join() + seen.join()).not.toContain('p@ss');
  });

  it('leaves no ffmpeg behind when this process is killed', async () => {
    const parent = spawn(process.execPath, [fileURLToPath(new URL('orphan-parent.mjs', import.meta.url))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    expect(isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'close');
    await until(() => !isRunning(pid));
  });

  it('does not start what is no longer wanted', async () => {
    const options = { arguments: ENDLESS, urgent: true, log: silentLogger, redactor: new Redactor() };
    expect(await FfmpegChild.start(options, () => false)).toBeNull();
  });
});

describe('LineSplitter', () => {
  it('joins pieces, cuts at line ends of all kinds and caps a line that never ends', () => {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(line));
    const bytes = Buffer.from('办\r\nb\rc\n\nd');
    for (const byte of bytes) splitter.push(Buffer.from([byte]));
    splitter.end();
    expect(lines).toEqual(['办', 'b', 'c', 'd']);
    lines.length = 0;
    for (let index = 0; index < 100; index += 1) splitter.push(Buffer.alloc(1_000, 'x'));
    splitter.end();
    expect(lines.join('').length).toBe(2_000);
  });
});

describe('StartGate', () => {
  it('lets one through at a time, urgent ones first', async () => {
    const gate = new StartGate(1);
    const order: string[] = [];
    const pass = async (name: string, urgent: boolean): Promise<void> => {
      await gate.pass(urgent);
      order.push(name);
    };
    await Promise.all([pass('a', false), pass('b', false), pass('c', false), pass('d', true), pass('e', true)]);
    expect(order).toEqual(['a', 'd', 'e', 'b', 'c']);
  });
});

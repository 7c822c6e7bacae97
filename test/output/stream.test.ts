import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { addressOf, outputOptions } from '../../src/output/options.js';
import { eventually } from '../eventually.js';
import { decode, FedOutput, readCard, WALL, worstColour } from './moving-wall.js';
import { closedPort } from './pictures.js';

const RECORDER = fileURLToPath(new URL('../../fixtures/gstreamer/rtsp-recorder.py', import.meta.url));
const SECRET = 'S3cret?key=%&1';
const PICTURE_BYTES = WALL.widthPx * WALL.heightPx * 3;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function push(options: object): Promise<FedOutput> {
  const wall = await FedOutput.start({ type: 'stream', ...options });
  closers.push(() => wall.close());
  return wall;
}

/** A receiver of another make: ffmpeg, which decodes what comes into raw pictures. */
function receive(input: readonly string[], count: number): Promise<Buffer[]> {
  return decode(input, count);
}

function expectCards(pictures: readonly Buffer[]): void {
  const cards = pictures.map((picture) => readCard(picture, WALL));
  expect(Math.max(...cards.map(({ colours }) => worstColour(colours)))).toBeLessThanOrEqual(3);
  expect(cards.at(-1)?.tick).toBeGreaterThan(cards[0]?.tick ?? Number.POSITIVE_INFINITY);
}

/** The command lines of all ffmpegs that send to a port. */
function sendersTo(port: number): string[] {
  const listing = execFileSync('ps', ['-ww', '-eo', 'pid,args'], { encoding: 'utf8' });
  return listing.split('\n').filter((line) => line.includes('-i pipe:0') && line.includes(`:${port}`));
}

async function startRecorder(port: number, file: string): Promise<ChildProcess> {
  const given = JSON.stringify({ port, path: '/wall', file });
  const child = spawn('/usr/bin/python3', [RECORDER, given], { stdio: ['pipe', 'pipe', 'ignore'] });
  closers.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  });
  await once(child.stdout, 'data');
  return child;
}

async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pushed-'));
  closers.push(() => rm(folder, { recursive: true }));
  return folder;
}

describe('a pushed stream', () => {
  it('reaches ffmpeg as MPEG-TS over UDP, and knows that nobody confirms it', async () => {
    const port = await closedPort();
    const wall = await push({ url: `udp://127.0.0.1:${port}` });
    expectCards(await receive(['-i', `udp://127.0.0.1:${port}?timeout=30000000`], 40));
    await wall.reaches('unconfirmed', 'no-answer');
  });

  it('reaches ffmpeg by RTMP; the key stands in no command line and in no address', async () => {
    const port = await closedPort();
    const options = { url: `rtmp://127.0.0.1:${port}/live`, streamKey: SECRET };
    const received = receive(['-listen', '1', '-i', `rtmp://127.0.0.1:${port}/live`], 40);
    const wall = await push(options);
    await wall.reaches('reachable');
    const [line, ...others] = sendersTo(port);
    expect(others).toEqual([]);
    expect(line).toContain(`rtmp://127.0.0.1:${port}/live`);
    expect(line).not.toContain('S3cret');
    expect(addressOf(outputOptions.parse({ id: 'screen', type: 'stream', ...options }))).not.toContain('S3cret');
    expectCards(await received);
  });

  it('reaches ffmpeg by SRT, calling and being called, encrypted', async () => {
    const passphrase = 'a passphrase of SRT';
    for (const listen of [false, true]) {
      const port = await closedPort();
      const mode = listen ? 'caller' : 'listener';
      const wall = await push({ url: `srt://127.0.0.1:${port}`, passphrase, listen });
      if (listen) await wall.reaches('unconfirmed', 'no-client');
      const received = receive(['-passphrase', passphrase, '-i', `srt://127.0.0.1:${port}?mode=${mode}`], 30);
      await wall.reaches('reachable');
      for (const line of sendersTo(port)) expect(line).not.toContain(passphrase);
      expectCards(await received);
    }
  });

  it('is recorded by GStreamer’s RTSP server, which may come later and go', async () => {
    const port = await closedPort();
    const file = join(await scratchFolder(), 'pictures');
    const wall = await push({ url: `rtsp://127.0.0.1:${port}/wall` });
    await wall.reaches('unreachable', 'refused');
    const recorder = await startRecorder(port, file);
    await wall.reaches('reachable');
    const pictures = await eventually(async () => {
      const bytes = await readFile(file);
      expect(bytes.length).toBeGreaterThan(40 * PICTURE_BYTES);
      return [10, 35].map((index) => bytes.subarray(index * PICTURE_BYTES, (index + 1) * PICTURE_BYTES));
    });
    const cards = pictures.map((picture) => readCard(picture, WALL));
    expect(Math.max(...cards.map(({ colours }) => worstColour(colours)))).toBeLessThanOrEqual(6);
    expect(cards[1]?.tick).toBeGreaterThan(cards[0]?.tick ?? 0);
    recorder.kill('SIGKILL');
    await wall.reaches('unreachable');
    await startRecorder(port, file);
    await wall.reaches('reachable');
  });

  it('comes back when its encoder is killed', async () => {
    const port = await closedPort();
    const wall = await push({ url: `udp://127.0.0.1:${port}` });
    await wall.reaches('unconfirmed', 'no-answer');
    const pid = Number.parseInt(sendersTo(port)[0] ?? '', 10);
    process.kill(pid, 'SIGKILL');
    await wall.reaches('unreachable', 'ended');
    await wall.reaches('unconfirmed', 'no-answer');
    expect(Number.parseInt(sendersTo(port)[0] ?? '', 10)).not.toBe(pid);
    expectCards(await receive(['-i', `udp://127.0.0.1:${port}?timeout=30000000`], 20));
  });

  it('drops frames and is started again when its receiver stands still', async () => {
    // Accepts, and reads nothing.
    const sockets: { destroy(): void }[] = [];
    const server = createServer(
      { pauseOnConnect: true },
      (socket) => void sockets.push(socket.on('error', () => undefined)),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const wall = await push({ url: `rtmp://127.0.0.1:${port}/live`, streamKey: SECRET });
    await wall.reaches('unreachable', 'timeout');
    expect(wall.dropped + wall.driver.takeFailedParts()).toBeGreaterThan(0);
  });

  it('leaves no process and no file when it is closed, even while its target is missing', async () => {
    const ports = [await closedPort(), await closedPort()];
    const secretFiles = (): string[] =>
      ['/dev/shm', tmpdir()].flatMap((place) =>
        readdirSync(place).filter((name) => name.startsWith('glasshall-secret-')),
      );
    const before = secretFiles();
    const walls = await Promise.all([
      push({ url: `rtmp://127.0.0.1:${ports[0] ?? 0}/live`, streamKey: SECRET }),
      push({ url: `udp://127.0.0.1:${ports[1] ?? 0}` }),
    ]);
    await walls[0].reaches('unreachable', 'refused');
    await walls[1].reaches('unconfirmed', 'no-answer');
    await Promise.all(walls.map((wall) => wall.close()));
    expect(ports.flatMap(sendersTo)).toEqual([]);
    expect(secretFiles().filter((name) => !before.includes(name))).toEqual([]);
  });

  it.each([
    ['rtsp://user:pass@host/wall', {}, 'url'],
    ['rtmp://host/live?token=1', { streamKey: 'key' }, 'url'],
    ['rtmp://host/live/key', { streamKey: 'key' }, 'url'],
    ['rtmp://host/live', {}, 'streamKey'],
    ['srt://host:9000?passphrase=0123456789', {}, 'url'],
    ['udp://host:9000', { passphrase: '0123456789' }, 'passphrase'],
    ['udp://host', {}, 'url'],
    ['http://host/wall', {}, 'url'],
    ['rtmp://host/live', { streamKey: 'a\nb' }, 'streamKey'],
    ['file:/etc/passwd', {}, 'url'],
  ])('refuses %s with %j', (url, more, path) => {
    const parsed = outputOptions.safeParse({ id: 'screen', type: 'stream', url, ...more });
    expect(parsed.error?.issues.map((issue) => issue.path[0])).toContain(path);
    expect(JSON.stringify(parsed.error?.issues)).not.toMatch(/pass@|token=1|0123456789/);
  });
});

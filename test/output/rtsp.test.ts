import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { outputOptions } from '../../src/output/options.js';
import { eventually } from '../eventually.js';
import { decode, FedOutput, FRAMES_PER_SECOND, readCard, run, WALL, worstColour } from './moving-wall.js';
import { closedPort } from './pictures.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

async function startWall(
  options: object = {},
  size = WALL,
): Promise<{ wall: FedOutput; address: string; port: number }> {
  const port = await closedPort();
  const wall = await FedOutput.start({ type: 'rtsp', port, ...options }, size);
  opened.push(wall);
  await wall.reaches('reachable');
  return { wall, address: `rtsp://127.0.0.1:${port}/wall`, port };
}

describe('our RTSP address', () => {
  it.each(['tcp', 'udp'])('gives ffmpeg the right picture by %s, frame by frame', async (transport) => {
    const { address } = await startWall();
    const pictures = await decode(['-rtsp_transport', transport, '-i', address], 60);
    const cards = pictures.map((picture) => readCard(picture, WALL));
    expect(cards).toHaveLength(60);
    expect(Math.max(...cards.map(({ colours }) => worstColour(colours)))).toBeLessThanOrEqual(3);
    const steps = cards.slice(1).map(({ tick }, index) => tick - (cards[index]?.tick ?? 0));
    // A busy machine may be late for a frame: the one before is shown again, and the clock holds.
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    expect(steps.reduce((sum, step) => sum + step, 0)).toBeGreaterThan(40);
  });

  it('sends H.264 as splicers want it: exact size, no B-frames, a key picture every second, colours said', async () => {
    const { address } = await startWall();
    const { output } = await run('ffprobe', [
      ...['-v', 'error', '-rtsp_transport', 'tcp', '-read_intervals', '%+4', '-show_frames', '-show_streams'],
      ...['-of', 'json', address],
    ]);
    type Probed = {
      streams: Record<string, unknown>[];
      frames: { pict_type: string; key_frame: number; pts: number }[];
    };
    const { streams, frames } = JSON.parse(output.toString('utf8')) as Probed;
    expect(streams[0]).toMatchObject({
      codec_name: 'h264',
      profile: 'Main',
      pix_fmt: 'yuv420p',
      width: WALL.widthPx,
      height: WALL.heightPx,
      has_b_frames: 0,
      color_range: 'tv',
      color_space: 'bt709',
      color_primaries: 'bt709',
      color_transfer: 'bt709',
      r_frame_rate: '25/1',
    });
    expect(frames.map(({ pict_type }) => pict_type)).not.toContain('B');
    const keys = frames.flatMap(({ pict_type }, index) => (pict_type === 'I' ? [index] : []));
    expect(keys[0]).toBe(0);
    expect(keys.length).toBeGreaterThan(2);
    for (const [index, key] of keys.slice(1).entries()) expect(key - (keys[index] ?? 0)).toBe(FRAMES_PER_SECOND);
    const spans = frames.slice(1).map(({ pts }, index) => pts - (frames[index]?.pts ?? 0));
    for (const span of spans) expect(Math.abs(span - 3_600)).toBeLessThanOrEqual(2);
  });

  it('gives GStreamer the right picture', async () => {
    const { address } = await startWall();
    const folder = await mkdtemp(join(tmpdir(), 'wall-'));
    try {
      await run('gst-launch-1.0', [
        ...['-q', 'rtspsrc', `location=${address}`, 'protocols=tcp', '!', 'rtph264depay', '!', 'h264parse'],
        ...[
          '!',
          'avdec_h264',
          '!',
          'videoconvert',
          'dither=none',
          '!',
          'video/x-raw,format=RGB',
          '!',
          'identity',
          'eos-after=30',
        ],
        ...['!', 'filesink', `location=${folder}/pictures`],
      ]);
      const pictures = await readFile(join(folder, 'pictures'));
      const bytes = WALL.widthPx * WALL.heightPx * 3;
      const cards = [10, 20].map((index) => readCard(pictures.subarray(index * bytes, (index + 1) * bytes), WALL));
      expect(Math.max(...cards.map(({ colours }) => worstColour(colours)))).toBeLessThanOrEqual(6);
      expect(cards[1]?.tick).toBeGreaterThan(cards[0]?.tick ?? 0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('pads a picture of odd size with black', async () => {
    const size = { widthPx: 321, heightPx: 181 };
    const { address } = await startWall({}, size);
    const even = { widthPx: 322, heightPx: 182 };
    const [picture] = await decode(['-rtsp_transport', 'tcp', '-i', address], 1, even);
    if (picture === undefined) throw new Error('no picture');
    const at = (x: number, y: number): number[] => [...picture.subarray((y * 322 + x) * 3, (y * 322 + x) * 3 + 3)];
    expect(at(5, 5).every((value) => value > 250)).toBe(true);
    expect(Math.max(...at(321, 90), ...at(20, 181))).toBeLessThan(40);
  });

  it('asks for name and password, digest', async () => {
    const { port } = await startWall({ username: 'splicer', password: 'p@ss w#rd' });
    const good = `rtsp://splicer:${encodeURIComponent('p@ss w#rd')}@127.0.0.1:${port}/wall`;
    expect(await decode(['-rtsp_transport', 'tcp', '-i', good], 1)).toHaveLength(1);
    const bad = `rtsp://splicer:wrong@127.0.0.1:${port}/wall`;
    await expect(decode(['-rtsp_transport', 'tcp', '-i', bad], 1)).rejects.toThrow(/401/);
  });

  it('goes on for the others while a client reads nothing', async () => {
    const { address, port } = await startWall();
    const sleeper = await playWithoutReading(port);
    expect(await decode(['-rtsp_transport', 'tcp', '-i', address], 30)).toHaveLength(30);
    sleeper.destroy();
  });

  it('lets in no more clients than it may', async () => {
    const { port, address } = await startWall({ maximumClients: 1 });
    const first = connect(port, '127.0.0.1');
    await once(first, 'connect');
    await expect(decode(['-rtsp_transport', 'tcp', '-i', address], 1)).rejects.toThrow();
    first.destroy();
    await eventually(async () => expect(await decode(['-rtsp_transport', 'tcp', '-i', address], 1)).toHaveLength(1));
  });

  it('says that its port is taken, and listens when it is free', async () => {
    const { wall: first, port } = await startWall();
    const second = await FedOutput.start({ type: 'rtsp', port });
    opened.push(second);
    await second.reaches('unreachable', 'address-in-use');
    await first.close();
    await second.reaches('reachable');
  });

  it('lets its port go when it is closed', async () => {
    const { wall, port } = await startWall();
    await wall.close();
    const failure = await once(connect(port, '127.0.0.1'), 'error');
    expect(String(failure)).toMatch(/ECONNREFUSED/);
  });

  it('repeats the last picture while the wall is late, so that its clock goes on', async () => {
    const { wall, address } = await startWall();
    wall.stall();
    const shown = wall.givenTick;
    const pictures = await decode(['-rtsp_transport', 'tcp', '-i', address], 40);
    expect(readCard(pictures.at(-1) ?? Buffer.alloc(0), WALL).tick).toBe(shown);
  });

  it('wants user name and password together', () => {
    const parsed = outputOptions.safeParse({ id: 'screen', type: 'rtsp', username: 'splicer' });
    expect(parsed.error?.issues[0]?.path).toEqual(['password']);
  });
});

/** A client that plays and then reads nothing. */
async function playWithoutReading(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  const address = `rtsp://127.0.0.1:${port}/wall`;
  const ask = async (request: string): Promise<string> => {
    socket.write(`${request}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString('latin1');
  };
  const setUp = await ask(
    `SETUP ${address}/track1 RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1`,
  );
  const session = /Session: (\w+)/.exec(setUp)?.[1] ?? '';
  await ask(`PLAY ${address} RTSP/1.0\r\nCSeq: 2\r\nSession: ${session}`);
  socket.pause();
  return socket;
}

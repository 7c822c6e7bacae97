import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CameraHall, HallCamera } from '../../../src/rehearsal/camera/camera-hall.js';
import {
  AT_ONCE,
  AWKWARD_PASSWORD,
  cameraAt,
  pullDigests,
  run,
  startTestCards,
  RtspTalk,
  until,
  withCredentials,
} from './hall.js';

let hall: CameraHall;
let camera: HallCamera;
let main: string;
let sub: string;

beforeAll(async () => {
  hall = await startTestCards(2);
  camera = cameraAt(hall, 0);
  main = withCredentials(camera.rtspMain, camera.username, AWKWARD_PASSWORD);
  sub = withCredentials(camera.rtspSub, camera.username, AWKWARD_PASSWORD);
}, 120_000);

afterAll(() => hall.close());

async function probe(address: string, transport: string): Promise<Record<string, unknown>> {
  const entries = 'stream=codec_name,profile,width,height,color_range,color_space,has_b_frames,r_frame_rate';
  const { output, errors } = await run('ffprobe', [
    ...['-v', 'error', ...AT_ONCE, '-rtsp_transport', transport, '-show_entries', entries, '-of', 'json', address],
  ]);
  const [stream] = (JSON.parse(output.toString('utf8')) as { streams: Record<string, unknown>[] }).streams;
  if (stream === undefined) throw new Error(errors);
  return stream;
}

describe('the RTSP server', () => {
  it.each([
    ['tcp', 1920, 1080],
    ['udp', 1920, 1080],
    ['tcp', 640, 360],
    ['udp', 640, 360],
  ])('serves H.264 by %s at %i × %i to ffmpeg, with digest authentication', async (transport, width, height) => {
    const address = width === 1920 ? main : sub;
    expect(await probe(address, transport)).toMatchObject({
      codec_name: 'h264',
      profile: 'High',
      width,
      height,
      has_b_frames: 0,
      color_range: 'tv',
      color_space: 'bt709',
      r_frame_rate: '25/1',
    });
    const digests = await pullDigests(address, 30, transport);
    expect(new Set(digests).size).toBe(30);
  });

  it('serves GStreamer', async () => {
    const { code, errors } = await run('gst-launch-1.0', [
      ...[
        '-q',
        'rtspsrc',
        `location=${camera.rtspSub}`,
        'user-id=viewer',
        `user-pw=${AWKWARD_PASSWORD}`,
        'protocols=tcp',
      ],
      ...['!', 'rtph264depay', '!', 'h264parse', '!', 'identity', 'eos-after=20', '!', 'fakesink'],
    ]);
    expect(errors).toBe('');
    expect(code).toBe(0);
  });

  it('refuses a wrong password', async () => {
    const { code, errors } = await run('ffmpeg', [
      ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-rtsp_transport', 'tcp'],
      ...['-i', withCredentials(camera.rtspMain, 'viewer', 'wrong'), '-frames:v', '1', '-f', 'null', '-'],
    ]);
    expect(code).not.toBe(0);
    expect(errors).toContain('401 Unauthorized');
  });

  it('serves two clients of one stream, and lets them join in the middle of it', async () => {
    const [first, second] = await Promise.all([pullDigests(sub, 60), pullDigests(sub, 60)]);
    const common = first.filter((digest) => second.includes(digest));
    expect(common.length).toBeGreaterThan(20);
  });

  it('answers the methods that it knows, and says so of those it does not', async () => {
    const talk = await RtspTalk.open(main);
    expect(await talk.ask('OPTIONS', camera.rtspMain)).toMatch(/^RTSP\/1\.0 200 [\s\S]*Public: .*GET_PARAMETER/);
    expect(await talk.ask('DESCRIBE', camera.rtspMain)).toMatch(
      /^RTSP\/1\.0 401 [\s\S]*WWW-Authenticate: Digest realm="/,
    );
    expect(await talk.ask('RECORD', camera.rtspMain)).toMatch(/^RTSP\/1\.0 501 /);
    expect(await talk.ask('GET_PARAMETER', camera.rtspMain)).toMatch(/^RTSP\/1\.0 200 /);
    expect(await talk.ask('GET_PARAMETER', camera.rtspMain, ['Session: nobody'])).toMatch(/^RTSP\/1\.0 454 /);
    talk.socket.destroy();
  });

  it('ends connections that send what is no RTSP, or too much of it', async () => {
    for (const bytes of ['GET / HTTP/1.1\r\n\r\n', `OPTIONS * RTSP/1.0\r\nX: ${'x'.repeat(20_000)}`]) {
      const talk = await RtspTalk.open(main);
      talk.socket.write(bytes);
      expect(await talk.answer()).toMatch(/^RTSP\/1\.0 4\d\d /);
      await until(() => talk.socket.destroyed);
    }
  });

  it('ends the session of a client that gives no sign of life', async () => {
    const talk = await RtspTalk.open(main);
    await talk.ask('OPTIONS', camera.rtspMain);
    await once(talk.socket, 'close');
    expect(talk.socket.destroyed).toBe(true);
  });

  it('says when each frame left', async () => {
    const pulled = pullDigests(sub, 20);
    await pulled;
    const { sub: times } = await hall.frameTimes('card-1');
    expect(times.length).toBeGreaterThanOrEqual(20);
    for (const [index, time] of times.entries()) {
      const next = times[index + 1];
      if (next === undefined) break;
      expect(next.sentAtMs).toBeGreaterThanOrEqual(time.sentAtMs);
      expect(next.frameNumber).toBeGreaterThan(time.frameNumber);
    }
  });
});

describe('faults', () => {
  it('freeze: pictures come and do not change, then they change again', async () => {
    await hall.fault('card-1', { kind: 'freeze', on: true });
    const frozen = await pullDigests(sub, 40);
    await hall.fault('card-1', { kind: 'freeze', on: false });
    const awake = await pullDigests(sub, 40);
    expect(frozen).toHaveLength(40);
    expect(new Set(frozen).size).toBe(1);
    expect(new Set(awake).size).toBe(40);
  });

  it('stop: connections are refused until the start, at the same address', async () => {
    await hall.fault('card-1', { kind: 'stop' });
    const socket = connect(Number(new URL(main).port), '127.0.0.1');
    const [failure] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(failure.code).toBe('ECONNREFUSED');
    await hall.fault('card-1', { kind: 'start' });
    expect(await pullDigests(sub, 5)).toHaveLength(5);
  });

  it('stall: connections are accepted and nothing is answered until it ends', async () => {
    await hall.fault('card-1', { kind: 'stall', on: true });
    const talk = await RtspTalk.open(main);
    const answer = talk.ask('OPTIONS', camera.rtspMain);
    const first = await Promise.race([answer, new Promise((resolve) => setTimeout(() => resolve('nothing'), 500))]);
    expect(first).toBe('nothing');
    await hall.fault('card-1', { kind: 'stall', on: false });
    expect(await answer).toMatch(/^RTSP\/1\.0 200 /);
    talk.socket.destroy();
  });

  it('resolution: running streams change and go on, new ones begin with the new size', async () => {
    const pulled = pullDigests(sub, 75);
    const { sub: before } = await hall.frameTimes('card-1');
    await until(async () => (await hall.frameTimes('card-1')).sub.at(-1)?.frameNumber !== before.at(-1)?.frameNumber);
    await hall.fault('card-1', { kind: 'resolution', sub: { widthPx: 320, heightPx: 180 } });
    expect(new Set(await pulled).size).toBeGreaterThan(60);
    expect(await probe(sub, 'tcp')).toMatchObject({ width: 320, height: 180 });
    await hall.fault('card-1', { kind: 'none' });
    expect(await probe(sub, 'tcp')).toMatchObject({ width: 640, height: 360 });
  });

  it('drop: part of the packets is missing in the sequence, and nothing else', async () => {
    await hall.fault('card-1', { kind: 'drop', fraction: 0.3 });
    const { errors } = await run('ffmpeg', [
      ...['-hide_banner', '-nostdin', '-loglevel', 'warning', '-rtsp_transport', 'udp', '-i', main],
      ...['-t', '2', '-c', 'copy', '-f', 'null', '-'],
    ]);
    await hall.fault('card-1', { kind: 'none' });
    expect(errors).toContain('missed');
  });

  it('of a camera that is not there are refused by name', async () => {
    await expect(hall.fault('nobody', { kind: 'stop' })).rejects.toMatchObject({ code: 'camera-unknown' });
  });
});

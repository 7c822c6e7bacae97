import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { CameraHall, type HallCamera } from '../../../src/rehearsal/camera/camera-hall.js';
import { eventually } from '../../eventually.js';
import { AT_ONCE, CACHE_DIRECTORY, cameraAt, pullDigests, run, RtspTalk, withCredentials } from './hall.js';
import { StreamReader } from './stream-reader.js';

const ID = 'card-1';
const GROUP_OF_PICTURES = 25;
/** Start code and NAL unit of type 7 (ITU-T H.264, 7.4.1 and annex B): stands before every key picture. */
const SEQUENCE_PARAMETERS = Buffer.from([0, 0, 1, 0x67]);

let hall: CameraHall;
let camera: HallCamera;
let sub: string;

function start(rtspPort = 0): Promise<CameraHall> {
  return CameraHall.start({
    cameras: [{ id: ID, name: '测试', clip: 'test-card', password: 'secret', gopFrames: GROUP_OF_PICTURES, rtspPort }],
    cacheDirectory: CACHE_DIRECTORY,
    discovery: false,
    log: silentLogger,
  });
}

beforeAll(async () => {
  hall = await start();
  camera = cameraAt(hall, 0);
  sub = withCredentials(camera.rtspSub, camera.username, camera.password);
}, 120_000);

afterAll(() => hall.close());

afterEach(() => hall.fault(ID, { kind: 'none' }));

async function codecOf(address: string): Promise<string> {
  const { output } = await run('ffprobe', [
    ...['-v', 'error', ...AT_ONCE, '-rtsp_transport', 'tcp', '-show_entries', 'stream=codec_name'],
    ...['-of', 'csv=p=0', address],
  ]);
  return output.toString('utf8').trim();
}

/**
 * What decoding a stream from a key picture on complains about. A decoder that joins right behind one complains for no fault
 * of the camera's, so more than a group of pictures is copied, and what comes before the first key picture is left out.
 */
async function complaints(address: string): Promise<string> {
  const quietly = ['-hide_banner', '-nostdin', '-loglevel', 'error'];
  const copied = await run('ffmpeg', [
    ...[...quietly, ...AT_ONCE, '-rtsp_transport', 'tcp', '-i', address],
    ...['-c', 'copy', '-copyinkf', '-frames:v', String(GROUP_OF_PICTURES + 5), '-f', 'h264', 'pipe:1'],
  ]);
  if (copied.output.length === 0) return copied.errors;
  // In a damaged stream there may be none.
  const parameters = Math.max(0, copied.output.indexOf(SEQUENCE_PARAMETERS));
  const decode = [...quietly, '-f', 'h264', '-i', 'pipe:0', '-fps_mode', 'passthrough', '-f', 'null', '-'];
  const { errors } = await run('ffmpeg', decode, copied.output.subarray(parameters));
  return errors;
}

/** Of as many pictures as there are in a group. Those before a key picture were not whole, and may look the same. */
async function differentPictures(address: string): Promise<number> {
  const digests = await pullDigests(address, 2 * GROUP_OF_PICTURES);
  return new Set(digests.slice(GROUP_OF_PICTURES)).size;
}

describe('faults of connections', () => {
  it('black hole: nothing arrives, new connections are silent too, and those of before stay dead after it', async () => {
    const before = await RtspTalk.open(sub);
    expect(await before.ask('OPTIONS', camera.rtspSub)).toMatch(/^RTSP\/1\.0 200 /);
    const reader = new StreamReader(sub);
    await eventually(() => expect(reader.packets).toBeGreaterThan(5));
    await hall.fault(ID, { kind: 'black-hole', on: true });
    const during = await RtspTalk.open(sub);
    const answers = [before, during].map((talk) => talk.ask('OPTIONS', camera.rtspSub).catch(() => 'ended'));
    const packets = reader.packets;
    expect(await Promise.race([...answers, sleep(700, 'nothing')])).toBe('nothing');
    expect(reader.packets - packets).toBeLessThan(10);
    await hall.fault(ID, { kind: 'black-hole', on: false });
    expect(await Promise.race([...answers, sleep(700, 'nothing')])).toBe('nothing');
    const after = await RtspTalk.open(sub);
    expect(await after.ask('OPTIONS', camera.rtspSub)).toMatch(/^RTSP\/1\.0 200 /);
    for (const { socket } of [before, during, after]) socket.destroy();
    await reader.close();
  });

  it('silence: reports and answers come, pictures do not, until it ends in the same connection', async () => {
    const talk = await RtspTalk.open(sub);
    await hall.fault(ID, { kind: 'silence', on: true });
    const reader = new StreamReader(sub);
    await sleep(1_500);
    expect(reader.packets).toBe(0);
    expect(await talk.ask('OPTIONS', camera.rtspSub)).toMatch(/^RTSP\/1\.0 200 /);
    await hall.fault(ID, { kind: 'silence', on: false });
    await eventually(() => expect(reader.packets).toBeGreaterThan(10));
    talk.socket.destroy();
    await reader.close();
  });

  it('hang-up: connections end at once, and the next one is served', async () => {
    const talk = await RtspTalk.open(sub);
    // The camera has taken the connection, and not only the system for it.
    await talk.ask('OPTIONS', camera.rtspSub);
    const ended = once(talk.socket, 'close');
    await hall.fault(ID, { kind: 'hang-up' });
    await ended;
    expect(await pullDigests(sub, 5)).toHaveLength(5);
  });

  it('password: connections end, the old one is refused and the new one is not, until all is well again', async () => {
    const talk = await RtspTalk.open(sub);
    // The camera has taken the connection, and not only the system for it.
    await talk.ask('OPTIONS', camera.rtspSub);
    const ended = once(talk.socket, 'close');
    await hall.fault(ID, { kind: 'password', password: 'another' });
    await ended;
    expect(await complaints(sub)).toContain('401 Unauthorized');
    expect(await pullDigests(withCredentials(camera.rtspSub, camera.username, 'another'), 5)).toHaveLength(5);
    await hall.fault(ID, { kind: 'none' });
    expect(await pullDigests(sub, 5)).toHaveLength(5);
  });

  it('a process that is stopped keeps its connections, one that is killed comes back at the same port', async () => {
    const other = await start();
    const { rtspSub, username, password } = cameraAt(other, 0);
    const port = Number(new URL(rtspSub).port);
    const processId = other.processId ?? 0;
    process.kill(processId, 'SIGSTOP');
    const talk = await RtspTalk.open(rtspSub);
    const answer = talk.ask('OPTIONS', rtspSub);
    expect(await Promise.race([answer, sleep(500, 'nothing')])).toBe('nothing');
    process.kill(processId, 'SIGCONT');
    expect(await answer).toMatch(/^RTSP\/1\.0 200 /);
    const ended = once(talk.socket, 'close');
    process.kill(processId, 'SIGKILL');
    await ended;
    await other.close();
    const [failure] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect(failure.code).toBe('ECONNREFUSED');
    const again = await start(port);
    try {
      expect(await pullDigests(withCredentials(rtspSub, username, password), 5)).toHaveLength(5);
    } finally {
      await again.close();
    }
  });
});

describe('faults of streams', () => {
  it('garbage: packets come, decoders complain, and pictures are whole again afterwards', async () => {
    expect(await complaints(sub)).toBe('');
    const reader = new StreamReader(sub);
    await eventually(() => expect(reader.packets).toBeGreaterThan(5));
    await hall.fault(ID, { kind: 'garbage', on: true });
    const packets = reader.packets;
    await eventually(() => expect(reader.packets).toBeGreaterThan(packets + 20));
    await reader.close();
    expect(await complaints(sub)).not.toBe('');
    await hall.fault(ID, { kind: 'garbage', on: false });
    expect(await complaints(sub)).toBe('');
  });

  it('truncate: decoders miss the end of every picture', async () => {
    await hall.fault(ID, { kind: 'truncate', on: true });
    expect(await complaints(sub)).toMatch(/error while decoding MB|concealing|bytestream/);
    await hall.fault(ID, { kind: 'truncate', on: false });
    expect(await complaints(sub)).toBe('');
  });

  it('frame-rate: fewer pictures come, none is missing, and their times say so', async () => {
    await hall.fault(ID, { kind: 'frame-rate', framesPerSecond: 5 });
    const reader = new StreamReader(sub);
    await eventually(() => expect(reader.timesMs.length).toBeGreaterThan(8));
    await reader.close();
    const steps = reader.timesMs.slice(1).map((time, index) => Math.round(time - (reader.timesMs[index] ?? 0)));
    expect(new Set(steps)).toEqual(new Set([200]));
    expect(await complaints(sub)).toBe('');
  });

  it('timestamps: the time of the pictures jumps, there and back', async () => {
    const reader = new StreamReader(sub);
    await eventually(() => expect(reader.timesMs.length).toBeGreaterThan(5));
    await hall.fault(ID, { kind: 'timestamps', offsetMs: 3_600_000 });
    await eventually(() => expect(reader.largestStepMs).toBeGreaterThan(3_000_000));
    const count = reader.timesMs.length;
    await hall.fault(ID, { kind: 'timestamps', offsetMs: -3_600_000 });
    await eventually(() => expect(reader.timesMs.length).toBeGreaterThan(count + 10));
    await reader.close();
  });

  it('codec: connections end, the next one is offered the other codec, and back', async () => {
    expect(await codecOf(sub)).toBe('h264');
    await hall.fault(ID, { kind: 'codec', codec: 'h265' });
    expect(await codecOf(sub)).toBe('hevc');
    expect(await differentPictures(sub)).toBe(GROUP_OF_PICTURES);
    const main = withCredentials(camera.rtspMain, camera.username, camera.password);
    expect(await differentPictures(main)).toBe(GROUP_OF_PICTURES);
    await hall.fault(ID, { kind: 'freeze', on: true });
    expect(new Set(await pullDigests(sub, 10)).size).toBe(1);
    await hall.fault(ID, { kind: 'none' });
    expect(await codecOf(sub)).toBe('h264');
  }, 120_000);
});

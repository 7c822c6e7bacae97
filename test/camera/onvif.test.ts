import { afterEach, describe, expect, it } from 'vitest';
import { askOnvifProfiles, type OnvifProfile, type OnvifTarget } from '../../src/camera/onvif/onvif-device.js';
import { OnvifDirectory } from '../../src/camera/onvif/onvif-directory.js';
import { OnvifServer, type OnvifServerOptions } from './onvif-server.js';

const user = { username: 'vi<e>w&er', password: 'p@ss <w>:/rd#1%& 密码' };
let server: OnvifServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

async function start(options: OnvifServerOptions = {}): Promise<OnvifServer> {
  server = await OnvifServer.start(options);
  return server;
}

function ask(target: OnvifTarget): Promise<readonly OnvifProfile[]> {
  return askOnvifProfiles(target, new AbortController().signal);
}

describe('asking an ONVIF camera for its profiles', () => {
  it('asks for the time first and without a user, then everything with one', async () => {
    const camera = await start(user);
    expect(await ask({ address: camera.address, ...user })).toEqual([
      {
        name: 'Main',
        token: 'p&1',
        widthPx: 1920,
        heightPx: 1080,
        codec: 'H264',
        framesPerSecond: null,
        streamUrl: 'rtsp://127.0.0.1:8554/cam/realmonitor?channel=1&subtype=0',
        toldStreamUrl: 'rtsp://127.0.0.1:8554/cam/realmonitor?channel=1&subtype=0',
        snapshotUrl: null,
        mediaUrl: `http://${camera.address}/onvif/media?x=1`,
        ptzUrl: null,
      },
    ]);
    expect(camera.asked).toEqual([
      'GetSystemDateAndTime (anonymous)',
      'GetCapabilities',
      'GetProfiles',
      'GetStreamUri',
      'GetSnapshotUri',
    ]);
  });

  it.each([-86_400_000 * 400, 3_600_000])(
    'is understood by a camera whose clock is wrong by %i ms and that minds',
    async (clockOffsetMs) => {
      const camera = await start({ ...user, clockOffsetMs });
      expect(await ask({ address: camera.address, ...user })).toHaveLength(1);
    },
  );

  it('answers an HTTP digest challenge', async () => {
    const camera = await start({ ...user, httpDigest: true });
    expect(await ask({ address: camera.address, ...user })).toHaveLength(1);
  });

  it('reads several profiles, with and without an encoder', async () => {
    const sub =
      '<trt:Profiles token="2"><tt:Name xml:lang="en">Sub</tt:Name><tt:VideoEncoderConfiguration><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>640</tt:Width><tt:Height>360</tt:Height></tt:Resolution><tt:RateControl><tt:FrameRateLimit>25</tt:FrameRateLimit></tt:RateControl></tt:VideoEncoderConfiguration></trt:Profiles>';
    const bare = '<trt:Profiles token="3"/>';
    const camera = await start({ profiles: bare + sub });
    const found = await ask({ address: camera.address, username: '', password: '' });
    expect(found.map(({ name, widthPx, framesPerSecond }) => [name, widthPx, framesPerSecond])).toEqual([
      ['3', null, null],
      ['Sub', 640, 25],
    ]);
  });

  it('stays on the host under which the camera is known, and remembers the one it told', async () => {
    const camera = await start({ toldHost: '10.99.99.99' });
    const [profile] = await ask({ address: camera.address, username: '', password: '' });
    expect(profile?.streamUrl).toBe('rtsp://127.0.0.1:8554/cam/realmonitor?channel=1&subtype=0');
    expect(profile?.toldStreamUrl).toBe('rtsp://10.99.99.99:8554/cam/realmonitor?channel=1&subtype=0');
  });

  it('asks one question at a time', async () => {
    const camera = await start(user);
    const directory = new OnvifDirectory({ address: camera.address, ...user });
    const { signal } = new AbortController();
    const [address] = await Promise.all([directory.address(null, 0, signal), directory.address(null, 0, signal)]);
    expect(address).toContain('@127.0.0.1:8554/cam/realmonitor');
    expect(camera.mostAtOnce).toBe(1);
    expect(camera.asked.filter((operation) => operation === 'GetProfiles')).toHaveLength(1);
  });
});

describe('what a camera does wrong', () => {
  it.each([
    ['a wrong password', { ...user, password: 'other' }, 'unauthorised'],
    ['no profiles', { ...user, profiles: '' }, 'no-profiles'],
    ['profiles without tokens', { ...user, profiles: '<trt:Profiles/>' }, 'unreadable'],
    ['an answer that is cut off', { ...user, faults: { GetProfiles: 'cut-off' } }, 'ended'],
    ['an answer without end', { ...user, faults: { GetCapabilities: 'endless' } }, 'unreadable'],
    ['an empty answer', { ...user, faults: { GetProfiles: 'empty' } }, 'unreadable'],
    ['a web page', { ...user, faults: { GetCapabilities: 'nonsense' } }, 'unreadable'],
    ['no answer', { ...user, faults: { GetSystemDateAndTime: 'silence' } }, 'timeout'],
    ['an answer that never gets done', { ...user, faults: { GetProfiles: 'slow-drip' } }, 'timeout'],
    ['no stream addresses', { ...user, faults: { GetStreamUri: 'nonsense' } }, 'unreadable'],
  ] as const)('%s', async (_case, options, code) => {
    const camera = await start(options);
    await expect(ask({ address: camera.address, ...user })).rejects.toMatchObject({ name: 'GlasshallError', code });
  });

  it('nobody there', async () => {
    const camera = await start();
    const { address } = camera;
    await camera.close();
    server = null;
    await expect(ask({ address, ...user })).rejects.toMatchObject({ code: 'refused' });
  });

  it('a clock that cannot be read is taken for right', async () => {
    const camera = await start({ ...user, faults: { GetSystemDateAndTime: 'nonsense' } });
    expect(await ask({ address: camera.address, ...user })).toHaveLength(1);
  });

  it('the password is in no message of an error', async () => {
    const camera = await start({ ...user, password: 'other' });
    const failure: unknown = await ask({ address: camera.address, ...user }).catch((error: unknown) => error);
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('p@ss');
  });
});

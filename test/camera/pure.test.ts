import { describe, expect, it } from 'vitest';
import { failureOf } from '../../src/camera/ingest/failure-reason.js';
import { digestAuthorization } from '../../src/camera/onvif/http-digest.js';
import { deviceServiceUrl } from '../../src/camera/onvif/onvif-device.js';
import { passwordInside, withCredentials, withHost } from '../../src/camera/rtsp-address.js';
import { chooseStream, type KnownStream } from '../../src/camera/stream-choice.js';

describe('chooseStream', () => {
  const stream = (key: string, widthPx: number, heightPx: number): KnownStream => ({
    key,
    name: key,
    size: { widthPx, heightPx },
  });
  const unknown = (key: string): KnownStream => ({ key, name: key, size: null });
  const both = [stream('sub', 640, 360), stream('main', 1920, 1080)];

  it.each([
    ['exactly its size', both, 640, 360, 'cover', 'sub'],
    ['a column more', both, 641, 360, 'cover', 'main'],
    ['a row more', both, 640, 361, 'cover', 'main'],
    ['wide, with bars: nothing is enlarged', both, 1_200, 360, 'contain', 'sub'],
    ['wide, cropped', both, 1_200, 360, 'cover', 'main'],
    ['larger than everything', both, 3_840, 2_160, 'cover', 'main'],
    ['small stream not seen yet', [unknown('sub'), unknown('main')], 1_920, 1_080, 'cover', 'sub'],
    ['small stream seen, large one not', [stream('sub', 640, 360), unknown('main')], 1_920, 1_080, 'cover', 'main'],
  ] as const)('%s', (_case, streams, widthPx, heightPx, fit, expected) => {
    expect(chooseStream(streams, { widthPx, heightPx }, fit)?.key).toBe(expected);
  });

  it('has no answer without streams', () => {
    expect(chooseStream([], { widthPx: 1, heightPx: 1 }, 'cover')).toBeNull();
  });
});

describe('addresses', () => {
  const credentials = { username: 'us@r', password: "p@ss w:/rd#1%&'" };

  it('carry any user and password', () => {
    const address = withCredentials('rtsp://h:8554/cam?x=1&y=a@b', credentials);
    expect(address).toBe('rtsp://us%40r:p%40ss%20w%3A%2Frd%231%25%26%27@h:8554/cam?x=1&y=a@b');
    expect(new URL(address).host).toBe('h:8554');
    expect(passwordInside(address)).toBe(credentials.password);
  });

  it('keep what they have when nothing is given, and replace it otherwise', () => {
    const nobody = { username: '', password: '' };
    expect(withCredentials('rtsp://u:p@h/x', nobody)).toBe('rtsp://u:p@h/x');
    expect(withCredentials('rtsp://h/x', nobody)).toBe('rtsp://h/x');
    expect(withCredentials('rtsp://u:p@h/x', { username: 'a', password: 'b' })).toBe('rtsp://a:b@h/x');
    expect(() => withCredentials('http://h/x', nobody)).toThrow('not an RTSP address');
  });

  it('move to another host with scheme, port, path and query', () => {
    expect(withHost('rtsp://10.0.0.5:8554/cam/realmonitor?channel=1', 'hall.example')).toBe(
      'rtsp://hall.example:8554/cam/realmonitor?channel=1',
    );
    expect(withHost('https://[fe80::1]/a', '192.0.2.1')).toBe('https://192.0.2.1/a');
    expect(withHost('rtsp://h/a', '2001:db8::1')).toBe('rtsp://[2001:db8::1]/a');
  });

  it('of ONVIF devices may be a host alone', () => {
    expect(deviceServiceUrl('192.0.2.7').href).toBe('http://192.0.2.7/onvif/device_service');
    expect(deviceServiceUrl('192.0.2.7:8000').href).toBe('http://192.0.2.7:8000/onvif/device_service');
    expect(deviceServiceUrl('https://h/other?x=1').href).toBe('https://h/other?x=1');
    expect(() => deviceServiceUrl('http://[')).toThrow('not the address');
  });
});

describe('failureOf', () => {
  const exit = (...lines: string[]): Parameters<typeof failureOf>[0] => ({
    code: 1,
    signal: null,
    startFailure: null,
    lines,
  });

  it.each([
    ['[rtsp @ 0x5] [error] method DESCRIBE failed: 401 Unauthorized', 'unauthorised'],
    ['[rtsp @ 0x5] [error] method DESCRIBE failed: 404 Not Found', 'not-found'],
    ['[tcp @ 0x5] [error] Connection to tcp://127.0.0.1:1?timeout=4000000 failed: Connection refused', 'refused'],
    ['[error] pipe:0: Connection timed out', 'timeout'],
    ['[error] pipe:0: No route to host', 'unreachable'],
    ['[tcp @ 0x5] [error] Failed to resolve hostname nowhere.invalid: Name or service not known', 'unresolved'],
    ['[rtsp @ 0x5] [error] method SETUP failed: 503 Service Unavailable', 'device-error'],
    ['[error] pipe:0: Invalid data found when processing input', 'unreadable'],
    ['[mp4 @ 0x5] [warning] Non-monotonous DTS', 'ended'],
  ])('%s', (line, expected) => {
    expect(failureOf(exit(line))).toBe(expected);
  });

  it('is not misled by words in an address', () => {
    expect(failureOf(exit("[concat @ 0x5] [error] Impossible to open 'rtsp://h/404/Connection refused'"))).not.toBe(
      'not-found',
    );
    expect(
      failureOf(exit("[concat @ 0x5] [error] Impossible to open 'rtsp://h/401'", '[error] pipe:0: Connection refused')),
    ).toBe('refused');
  });

  it('names the missing program', () => {
    expect(failureOf({ ...exit(), startFailure: 'ffmpeg-missing' })).toBe('ffmpeg-missing');
  });
});

/** The examples of RFC 7616, 3.9.1, with GET as there. */
describe('digestAuthorization', () => {
  const challenge = (algorithm: string): string =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const request = { method: 'GET', path: '/dir/index.html' };
  const mufasa = { username: 'Mufasa', password: 'Circle of Life' };

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('answers %s as the standard does', (algorithm, response) => {
    const header = digestAuthorization(
      challenge(algorithm),
      request,
      mufasa,
      'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    );
    expect(header).toContain(`response="${response}"`);
    expect(header).toContain(`algorithm=${algorithm}`);
    expect(header).not.toContain(mufasa.password);
  });

  it('answers the older form without qop', () => {
    // RFC 2069, 2.4: MD5 of HA1, nonce and HA2.
    const old = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
    const header = digestAuthorization(old, request, { username: 'Mufasa', password: 'Circle Of Life' });
    expect(header).toContain('response="670fd8c2df070c60b045671b8b24ff02"');
    expect(header).not.toContain('cnonce');
  });

  it('never answers Basic or what it does not know', () => {
    expect(digestAuthorization('Basic realm="x"', request, mufasa)).toBeNull();
    expect(digestAuthorization('Digest realm="x", nonce="y", algorithm=SHA-512-256', request, mufasa)).toBeNull();
  });
});

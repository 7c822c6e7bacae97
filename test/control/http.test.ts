import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SERVICE } from '../../src/switcher/actor.js';
import { eventually } from '../eventually.js';
import { errorOf } from './error-of.js';
import { openHall, type Hall } from './open-hall.js';

let hall: Hall;

beforeEach(async () => {
  hall = await openHall();
});

afterEach(async () => {
  await hall.close();
});

describe('pages', () => {
  test('the control page and the screen are never taken from a cache unasked, and carry the guards of a page', async () => {
    for (const [path, title] of [
      ['/', 'control'],
      ['/screen', 'screen'],
    ] as const) {
      const response = await fetch(hall.url + path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain(`<title>${title}</title>`);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(response.headers.get('permissions-policy')).toContain('microphone=()');
      expect(response.headers.get('strict-transport-security')).toBeNull();
    }
  });

  test('assets with a hash in their name may be kept for ever', async () => {
    const response = await fetch(`${hall.url}/assets/index-1a2b3c.js`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test.each(['/nothing', '/assets/none.js', '/assets/%2e%2e/index.html/x', '/api/v1/none', '/none.svg'])(
    '%s is not there, in JSON',
    async (path) => {
      expect(await errorOf(await fetch(hall.url + path))).toEqual([404, 'not-found']);
    },
  );
});

test('a path out of the folder of the pages is forbidden', async () => {
  expect(await errorOf(await fetch(`${hall.url}/assets/..%2f..%2fpackage.json`))).toEqual([403, 'forbidden']);
});

describe('health', () => {
  test('alive while the process answers', async () => {
    const response = await fetch(`${hall.url}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'alive' });
  });

  test('ready while the wall ticks and an output is not out of reach, and says what is wrong otherwise', async () => {
    const ready = async (): Promise<[number, unknown]> => {
      const response = await fetch(`${hall.url}/readyz`);
      const body = (await response.json()) as { problems: unknown };
      return [response.status, body.problems];
    };
    expect(await ready()).toEqual([200, []]);
    hall.engine.outputState = 'unconfirmed';
    expect(await ready()).toEqual([200, []]);
    hall.engine.outputState = 'unreachable';
    expect(await ready()).toEqual([503, ['no-output-reachable']]);
    hall.engine.ticking = false;
    expect(await ready()).toEqual([503, ['wall-not-ticking', 'no-output-reachable']]);
  });
});

describe('snapshots', () => {
  const colourOf = async (response: Response): Promise<number[]> => {
    const { data } = await sharp(Buffer.from(await response.arrayBuffer()))
      .raw()
      .toBuffer({ resolveWithObject: true });
    return [...data.subarray(0, 3)];
  };

  test('program and preview are PNG, to the colour, and say which frame they show', async () => {
    const program = await fetch(`${hall.url}/api/v1/snapshot/program.png`);
    expect(program.headers.get('content-type')).toBe('image/png');
    expect(program.headers.get('x-frame-tick')).toBe('1001');
    expect(program.headers.get('x-frame-time')).toBe('2023-11-14T22:13:20.040Z');
    expect(await colourOf(program)).toEqual([200, 30, 30]);
    expect(await colourOf(await fetch(`${hall.url}/api/v1/snapshot/preview.png`))).toEqual([30, 160, 60]);
  });

  test('cameras are JPEG; an unknown one is 404, one without a picture 503', async () => {
    const camera = await fetch(`${hall.url}/api/v1/snapshot/camera/lobby.jpg`);
    expect(camera.headers.get('content-type')).toBe('image/jpeg');
    const [red = 0, green = 0, blue = 0] = await colourOf(camera);
    expect(Math.max(Math.abs(red - 40), Math.abs(green - 60), Math.abs(blue - 220))).toBeLessThanOrEqual(3);
    expect(await errorOf(await fetch(`${hall.url}/api/v1/snapshot/camera/none.jpg`))).toEqual([404, 'unknown-camera']);
    expect(await errorOf(await fetch(`${hall.url}/api/v1/snapshot/camera/window-a.jpg`))).toEqual([503, 'no-picture']);
  });

  test('session descriptions are SDP; where there is none, it is said why', async () => {
    const sdp = (id: string): Promise<Response> => fetch(`${hall.url}/api/v1/outputs/${id}.sdp`);
    const response = await sdp('processor');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/sdp/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toBe('v=0\r\ns=processor\r\n');
    expect(await errorOf(await sdp('screen'))).toEqual([404, 'no-description']);
    expect(await errorOf(await sdp('none'))).toEqual([404, 'unknown-output']);
    expect(await errorOf(await sdp('lost'))).toEqual([503, 'not-describable']);
  });

  test('a hundred requests at once cost one picture, and a command makes the next one new', async () => {
    const address = `${hall.url}/api/v1/snapshot/program.png`;
    const responses = await Promise.all(Array.from({ length: 100 }, () => fetch(address)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    const ticks = new Set(responses.map(({ headers }) => headers.get('x-frame-tick')));
    expect(ticks.size).toBe(hall.engine.pictureCount);
    // A burst can take longer than a picture is kept; far fewer than a hundred is the point.
    expect(hall.engine.pictureCount).toBeLessThan(20);
    const before = hall.engine.pictureCount;
    await fetch(address);
    await hall.engine.execute({ kind: 'set-blackout', on: true }, { actor: SERVICE });
    await fetch(address);
    expect(hall.engine.pictureCount).toBeGreaterThan(before);
    expect(hall.engine.returnedPictureCount).toBe(hall.engine.pictureCount);
  });
});

describe('pushed counts', () => {
  const put = (id: string, body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${hall.url}/api/v1/counts/${id}`, { method: 'PUT', body, headers });

  test('reach the engine', async () => {
    const response = await put('queue', '{"waiting": 12, "serving": "A023"}');
    expect(response.status).toBe(204);
    expect(hall.engine.counts()[0]?.values).toEqual({ waiting: 12, serving: 'A023' });
  });

  test.each<[string, string, string, number, string]>([
    ['an unknown id', 'nothing', '{"waiting": 1}', 404, 'unknown-count'],
    ['a count that is asked for', 'polled', '{"waiting": 1}', 409, 'not-pushable'],
    ['what the engine refuses', 'queue', '{}', 422, 'bad-count'],
    ['text that is not JSON', 'queue', '{"waiting":', 400, 'bad-request'],
    ['a list', 'queue', '[1]', 400, 'bad-counts'],
    ['a nested value', 'queue', '{"waiting": {"a": 1}}', 400, 'bad-counts'],
    ['a null', 'queue', '{"waiting": null}', 400, 'bad-counts'],
    ['too long a text', 'queue', JSON.stringify({ waiting: 'x'.repeat(65) }), 400, 'bad-counts'],
    ['prototype pollution', 'queue', '{"__proto__": {"a": 1}}', 400, 'bad-request'],
    ['more than 64 kB', 'queue', JSON.stringify({ waiting: 'x'.repeat(70_000) }), 413, 'too-large'],
  ])('%s is refused', async (_title, id, body, status, code) => {
    expect(await errorOf(await put(id, body))).toEqual([status, code]);
    expect(hall.engine.counts()[0]?.state).toBe('waiting');
  });

  test('another media type is refused', async () => {
    const response = await put('queue', '<a/>', { 'content-type': 'text/xml' });
    expect(await errorOf(response)).toEqual([415, 'unsupported-media-type']);
  });

  test('too many are refused until the second has passed', async () => {
    const refused = await eventually(async () => {
      const responses = await Promise.all(Array.from({ length: 60 }, () => put('queue', '{"waiting": 1}')));
      const tooMany = responses.filter(({ status }) => status === 429);
      expect(tooMany.length).toBeGreaterThan(0);
      return tooMany;
    });
    for (const response of refused) expect(await errorOf(response)).toEqual([429, 'too-many-requests']);
  });
});

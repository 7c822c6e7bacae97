import { describe, expect, test } from 'vitest';
import { vendorEvents, vendorRequests } from '../../src/control/vendor.js';
import { errorOf } from './error-of.js';
import { ObsHall } from './obs-hall.js';
import { tokens } from './open-hall.js';
import { statusOf, type Message, type RawClient } from './raw-client.js';

const hall = new ObsHall();

const vendor = (client: RawClient, requestType: string, requestData: object = {}): Promise<Record<string, unknown>> =>
  client.request('CallVendorRequest', { vendorName: 'glasshall', requestType, requestData });

function answerOf(response: Record<string, unknown>): unknown {
  return (response['responseData'] as { responseData: unknown }).responseData;
}

describe('brightness over obs-websocket', () => {
  test('is told with the computation of its ceiling, just as the schema says', async () => {
    const client = await hall.identified(tokens.viewer);
    const answer = answerOf(await vendor(client, 'GetBrightness'));
    expect(vendorRequests.GetBrightness.response.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      percent: 50,
      reason: 'ceiling',
      wishPercent: null,
      automaticPercent: 100,
      isLightStale: true,
      light: null,
      ceiling: {
        ceilingPercent: 50,
        rule: 'limit',
        source: { document: '城管局' },
        computation: [
          { code: 'period' },
          { code: 'limitNits', value: 2_500, unit: 'nits' },
          { code: 'panelNits', value: 5_000, unit: 'nits' },
          { code: 'ceilingPercent', value: 50, unit: 'percent' },
        ],
      },
      outputs: [{ output: 'screen', by: 'pixels', percent: 50, pixelPercent: 50, isSilent: false }],
    });
  });

  test('is set by an operator, told to everybody, and left to the automatic again', async () => {
    const [operator, viewer] = [
      await hall.identified(),
      await hall.identified(tokens.viewer, { eventSubscriptions: 512 }),
    ];
    const isNews = ({ d }: Message): boolean =>
      (d['eventData'] as { eventType?: unknown } | undefined)?.eventType === 'BrightnessChanged';
    expect(statusOf(await vendor(operator, 'SetBrightness', { percent: 30 }))[0]).toBe(100);
    const told = (await viewer.next(isNews)).d['eventData'] as { eventData: unknown };
    expect(vendorEvents.BrightnessChanged.parse(told.eventData)).toEqual(told.eventData);
    expect(told.eventData).toMatchObject({ wishPercent: 30, targetPercent: 30, reason: 'operator' });
    expect(answerOf(await vendor(viewer, 'GetWall'))).toMatchObject({ brightness: 30 });
    expect(statusOf(await vendor(operator, 'SetBrightness', { percent: null }))[0]).toBe(100);
    expect(answerOf(await vendor(viewer, 'GetBrightness'))).toMatchObject({ wishPercent: null, targetPercent: 50 });
  });

  test('beyond the law is refused with the computation, and nothing changes', async () => {
    const client = await hall.identified(tokens.admin);
    const [code, comment] = statusOf(await vendor(client, 'SetBrightness', { percent: 50.1 }));
    expect(code).toBe(402);
    expect(comment).toMatch(/^above-ceiling: .*50 %.*城管局.*limitNits 2500 nits, panelNits 5000 nits/);
    expect(hall.current.engine.state().brightness).toBeNull();
  });

  test.each([[{ percent: -1 }], [{ percent: 101 }], [{ percent: '50' }], [{}]])('%j is refused', async (data) => {
    const client = await hall.identified();
    expect(statusOf(await vendor(client, 'SetBrightness', data))[0]).toBeGreaterThanOrEqual(300);
    expect(hall.current.engine.state().brightness).toBeNull();
  });
});

describe('brightness over HTTP', () => {
  test('beyond the law is refused with every step of the computation as a parameter', async () => {
    const response = await fetch(`${hall.current.url}/api/v1/commands/set-brightness`, {
      method: 'POST',
      body: '{"percent": 80}',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.operator}` },
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'above-ceiling',
      parameters: { wantedPercent: 80, ceilingPercent: 50, rule: 'limit', limitNits: 2_500, panelNits: 5_000 },
    });
  });
});

describe('PUT /api/v1/lux', () => {
  const put = (body: string, token: string | null = tokens.operator): Promise<Response> =>
    fetch(`${hall.current.url}/api/v1/lux`, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    });
  const metrics = async (): Promise<string> => (await fetch(`${hall.current.url}/metrics`)).text();

  test('dims the wall to the light, and metrics say so', async () => {
    expect(await metrics()).not.toMatch(/^glasshall_lux /m);
    expect((await put('{"lux": 0}')).status).toBe(204);
    expect(hall.current.engine.brightness()).toMatchObject({ targetPercent: 10, reason: 'lux', light: { lux: 0 } });
    const text = await metrics();
    expect(text).toMatch(/^glasshall_lux 0$/m);
    // On its way down from 50.
    expect(text).toMatch(/^glasshall_brightness_percent (50|[1-4]\d(\.\d+)?)$/m);
    expect(text).toMatch(/^glasshall_brightness_ceiling_percent 50$/m);
  });

  test.each<[string, string, number, string]>([
    ['no number', '{"lux": "bright"}', 400, 'bad-lux'],
    ['something else beside it', '{"lux": 5, "percent": 100}', 400, 'bad-lux'],
    ['a plain number', '5', 400, 'bad-lux'],
    ['less than nothing', '{"lux": -1}', 422, 'bad-lux'],
    ['more than the sun', '{"lux": 1000000}', 422, 'bad-lux'],
    ['more than 1 kB', JSON.stringify({ lux: 1, more: 'x'.repeat(2_000) }), 413, 'too-large'],
  ])('%s is refused', async (_title, body, status, code) => {
    expect(await errorOf(await put(body))).toEqual([status, code]);
    expect(hall.current.engine.brightness().light).toBeNull();
  });

  test('takes an operator', async () => {
    expect((await put('{"lux": 5}', null)).status).toBe(401);
    expect((await put('{"lux": 5}', tokens.guard)).status).toBe(403);
  });

  test('too many are refused', async () => {
    const responses = await Promise.all(Array.from({ length: 20 }, () => put('{"lux": 5}')));
    expect(responses.some(({ status }) => status === 429)).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { ObsHall } from './obs-hall.js';
import { openHall, operators, tokens } from './open-hall.js';
import { statusOf } from './raw-client.js';

const hall = new ObsHall();

describe('the door', () => {
  test('pages of other hosts are kept out, those of the same host and configured ones are not', async () => {
    const guarded = await openHall({
      control: { operators: operators.map((one) => ({ ...one })), origins: ['https://panel.example'] },
    });
    const address = `ws://127.0.0.1:${guarded.control.obsPort}`;
    const refusals: number[] = [];
    const attempt = async (origin: string): Promise<boolean> => {
      const client = hall.connect(address, ['obswebsocket.json'], { Origin: origin });
      client.socket.on('unexpected-response', (_request, response) => {
        refusals.push(response.statusCode ?? 0);
        client.socket.terminate();
      });
      return Promise.race([client.next().then(() => true), client.closed.then(() => false)]);
    };
    expect(await attempt('https://evil.example')).toBe(false);
    expect(await attempt('null')).toBe(false);
    expect(await attempt('https://panel.example.evil.example')).toBe(false);
    expect(await attempt('http://127.0.0.1:8080')).toBe(true);
    expect(await attempt('https://panel.example')).toBe(true);
    expect(refusals).toEqual([403, 403, 403]);
    await guarded.close();
  });

  test('while control is open, a name that only resolves to this machine is not let in', async () => {
    const open = await openHall();
    const client = hall.connect(`ws://127.0.0.1:${open.control.obsPort}`, ['obswebsocket.json'], {
      Host: 'rebound.example',
      Origin: 'http://rebound.example',
    });
    await client.closed;
    expect(client.messages).toHaveLength(0);
    await open.close();
  });

  test('an unknown sub-protocol is not confirmed, as OBS does not', async () => {
    const client = hall.connect(undefined, ['something.else']);
    // The client ends it: it offered a sub-protocol and the server chose none.
    await client.closed;
    expect(client.messages).toHaveLength(0);
  });

  test('there is a cap on connections', async () => {
    const small = await openHall({ limits: { maximumConnections: 2 } });
    const address = `ws://127.0.0.1:${small.control.obsPort}`;
    const first = hall.connect(address);
    const second = hall.connect(address);
    await first.next();
    await second.next();
    const third = hall.connect(address);
    await third.closed;
    expect(third.messages).toHaveLength(0);
    await first.close();
    expect((await hall.connect(address).next()).op).toBe(0);
    await small.close();
  });

  test('plain HTTP is told to upgrade', async () => {
    const response = await fetch(`http://127.0.0.1:${hall.current.control.obsPort}/`);
    expect(response.status).toBe(426);
  });

  test('the same protocol is at /obs of the other port', async () => {
    const client = hall.connect(`ws://127.0.0.1:${hall.current.control.port}/obs`);
    await client.identify(tokens.viewer);
    expect(statusOf(await client.request('GetVersion'))[0]).toBe(100);
  });

  test('a flood is slowed down, and every request of it answered', async () => {
    const slow = await openHall({ limits: { messagesPerSecond: 2_000, burst: 20 } });
    const client = hall.connect(`ws://127.0.0.1:${slow.control.obsPort}`);
    await client.identify();
    for (let index = 0; index < 300; index += 1)
      client.send(6, { requestType: 'GetStudioModeEnabled', requestId: `${index}` });
    await client.next(({ d }) => d['requestId'] === '299');
    expect(client.messages.filter(({ op }) => op === 7)).toHaveLength(300);
    const metrics = await (await fetch(`${slow.url}/metrics`)).text();
    expect(metrics).toMatch(/glasshall_control_refused_total\{kind="obs",reason="throttled"\} [1-9]/);
    await slow.close();
  });

  test('who does not identify in time is told so with 4007', async () => {
    const impatient = await openHall({ limits: { identifyWithinMs: 20 } });
    const client = hall.connect(`ws://127.0.0.1:${impatient.control.obsPort}`);
    expect((await client.closed).code).toBe(4007);
    await impatient.close();
  });

  test('who does not read is dropped, and nobody else notices', async () => {
    const strict = await openHall({
      limits: { maximumBufferedBytes: 1_000_000, messagesPerSecond: 10_000, burst: 10_000 },
    });
    const [deaf, speaker] = [
      hall.connect(`ws://127.0.0.1:${strict.control.obsPort}`),
      hall.connect(`ws://127.0.0.1:${strict.control.obsPort}`),
    ];
    await deaf.identify();
    await speaker.identify(undefined, { eventSubscriptions: 0 });
    deaf.socket.pause();
    const metrics = async (): Promise<string> => (await fetch(`${strict.url}/metrics`)).text();
    const eventData = { text: 'x'.repeat(900_000) };
    for (let sent = 0; sent < 60 && !(await metrics()).includes('reason="slow-reader"'); sent += 1) {
      expect(statusOf(await speaker.request('BroadcastCustomEvent', { eventData }))[0]).toBe(100);
    }
    expect(await metrics()).toMatch(/reason="slow-reader"\} 1/);
    expect(statusOf(await speaker.request('GetVersion'))[0]).toBe(100);
    deaf.socket.terminate();
    await strict.close();
  });

  test('a session cookie identifies at /obs without a challenge, with its role', async () => {
    const begun = await fetch(`${hall.current.url}/api/v1/session`, {
      method: 'POST',
      body: JSON.stringify({ token: tokens.guard }),
      headers: { 'content-type': 'application/json' },
    });
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const client = hall.connect(`ws://127.0.0.1:${hall.current.control.port}/obs`, ['obswebsocket.json'], { cookie });
    const hello = await client.identify();
    expect(hello.d).not.toHaveProperty('authentication');
    expect(statusOf(await client.request('TriggerStudioModeTransition'))).toEqual([
      205,
      expect.stringContaining('guard'),
    ]);
  });

  test('malformed and oversized messages are counted', async () => {
    const [malformed, oversized] = [await hall.identified(), await hall.identified()];
    malformed.socket.send('{');
    oversized.socket.send('x'.repeat(1_048_577));
    await Promise.all([malformed.closed, oversized.closed]);
    const metrics = await (await fetch(`${hall.current.url}/metrics`)).text();
    expect(metrics).toMatch(/refused_total\{kind="obs",reason="close-4002"\} 1/);
    expect(metrics).toMatch(/refused_total\{kind="obs",reason="oversized"\} 1/);
  });

  test('a client that does not answer pings is gone after the second', async () => {
    const impatient = await openHall({ limits: { pingEveryMs: 50 } });
    const client = hall.connect(`ws://127.0.0.1:${impatient.control.obsPort}`);
    await client.identify();
    client.socket.pause();
    await expect.poll(async () => (await fetch(`${impatient.url}/metrics`)).text()).toContain('reason="silent"');
    client.socket.terminate();
    await impatient.close();
  });
});

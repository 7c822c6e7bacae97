import { describe, expect, test } from 'vitest';
import { vendorEvents, vendorRequests } from '../../src/control/vendor.js';
import { ObsHall } from './obs-hall.js';
import { tokens } from './open-hall.js';
import { statusOf, type RawClient } from './raw-client.js';

const hall = new ObsHall();

function ask(client: RawClient, requestType: string, requestData: object = {}): Promise<Record<string, unknown>> {
  return client.request('CallVendorRequest', { vendorName: 'glasshall', requestType, requestData });
}

function answerOf(response: Record<string, unknown>): unknown {
  return (response['responseData'] as { responseData: unknown }).responseData;
}

const CONFIRMED = { pattern: 'red', confirm: true };

describe('test patterns over obs-websocket', () => {
  test('have names that anybody may read', async () => {
    const client = await hall.identified(tokens.viewer);
    expect(answerOf(await ask(client, 'GetTestPatterns'))).toEqual({ patterns: ['red', 'grid'] });
  });

  test('are refused without a second yes while the hall is open, and say what it takes', async () => {
    const client = await hall.identified();
    const [code, comment] = statusOf(await ask(client, 'ShowTestPattern', { pattern: 'red' }));
    expect(code).toBe(604);
    expect(comment).toMatch(/^confirmation-needed: /);
    expect(hall.current.engine.testPatterns.current()).toBeNull();
  });

  test('are seen by everybody in GetWall and in WallChanged, with whose they are and what they cover', async () => {
    const [client, watcher] = [await hall.identified(), await hall.identified(tokens.viewer)];
    const target = { kind: 'cabinet', output: 'screen', cabinet: 1 };
    const response = await ask(client, 'ShowTestPattern', { ...CONFIRMED, target, seconds: 30 });
    expect(statusOf(response)).toEqual([100, undefined]);
    const changed = await watcher.next(({ op }) => op === 5);
    const expected = { pattern: 'red', target, coveredCells: ['lobby', 'ticker'], coveredCameras: ['lobby'] };
    const wall = vendorRequests.GetWall.response.parse(answerOf(await ask(watcher, 'GetWall')));
    expect(wall.testPattern).toMatchObject(expected);
    expect(wall.testPattern?.by).not.toBe('');
    expect((wall.testPattern?.endsAtMs ?? 0) - (wall.testPattern?.sinceMs ?? 0)).toBe(30_000);
    const event = changed.d['eventData'] as { eventType: string; eventData: unknown };
    expect(event.eventType).toBe('WallChanged');
    expect(vendorEvents.WallChanged.parse(event.eventData).testPattern).toMatchObject(expected);
  });

  test('are taken away, and everybody hears of it', async () => {
    const [client, watcher] = [await hall.identified(), await hall.identified(tokens.viewer)];
    await ask(client, 'ShowTestPattern', CONFIRMED);
    await ask(client, 'StopTestPattern');
    const patterns = [await watcher.next(({ op }) => op === 5), await watcher.next(({ op }) => op === 5)].map(
      ({ d }) => {
        const { eventData } = d['eventData'] as { eventData: unknown };
        return vendorEvents.WallChanged.parse(eventData).testPattern?.pattern ?? null;
      },
    );
    expect(patterns).toEqual(['red', null]);
  });

  test('stay for a minute on the whole wall when nothing else is said', async () => {
    const client = await hall.identified();
    await ask(client, 'ShowTestPattern', CONFIRMED);
    const current = hall.current.engine.testPatterns.current();
    expect(current?.target).toEqual({ kind: 'wall' });
    expect((current?.endsAtMs ?? 0) - (current?.sinceMs ?? 0)).toBe(60_000);
  });

  test.each([
    ['an unknown pattern', { pattern: 'plaid', confirm: true }, 600],
    ['more than ten minutes', { ...CONFIRMED, seconds: 601 }, 402],
    ['no time at all', { ...CONFIRMED, seconds: 0 }, 402],
    ['a target that is none', { ...CONFIRMED, target: { kind: 'moon' } }, 400],
    ['a cabinet without a number', { ...CONFIRMED, target: { kind: 'cabinet', output: 'screen' } }, 300],
    ['a field too many', { ...CONFIRMED, brightness: 1 }, 404],
  ])('%s is refused', async (_what, data, status) => {
    const client = await hall.identified();
    expect(statusOf(await ask(client, 'ShowTestPattern', data))[0]).toBe(status);
    expect(hall.current.engine.testPatterns.current()).toBeNull();
  });

  test.each(['viewer', 'guard'] as const)('are not for a %s to put up or take away', async (role) => {
    await ask(await hall.identified(), 'ShowTestPattern', CONFIRMED);
    const client = await hall.identified(tokens[role]);
    expect(statusOf(await ask(client, 'ShowTestPattern', { ...CONFIRMED, pattern: 'grid' }))[0]).toBe(205);
    expect(statusOf(await ask(client, 'StopTestPattern'))[0]).toBe(205);
    expect(hall.current.engine.testPatterns.current()?.pattern).toBe('red');
  });
});

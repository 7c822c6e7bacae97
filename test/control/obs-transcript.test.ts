import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.js';
import { openHall, tokens, type Hall } from './open-hall.js';
import { RawClient, statusOf } from './raw-client.js';

type Exchange = {
  readonly requestType: string;
  readonly requestData?: unknown;
  readonly code: number;
  readonly comment?: string;
  readonly responseTypes?: unknown;
};
type Batch = {
  readonly sent: Record<string, unknown>;
  readonly results: readonly { readonly requestType: string; readonly requestId?: string; readonly code: number }[];
};
type SentEvent = { readonly eventType: string; readonly eventIntent: number; readonly dataTypes: unknown };
type Closing = {
  readonly title: string;
  readonly sent: { readonly op: number; readonly d?: unknown; readonly rawText?: string };
  readonly code: number;
  readonly reason: string;
};

const fixture = JSON.parse(
  await readFile(new URL('../../fixtures/obs/obs-29-exchanges.json', import.meta.url), 'utf8'),
) as {
  readonly exchanges: readonly Exchange[];
  readonly batches: readonly Batch[];
  readonly events: readonly SentEvent[];
  readonly closes: readonly Closing[];
};

const names: Readonly<Record<string, string>> = {
  $scene: '大厅',
  $otherScene: '窗口',
  $input: '前台',
  $transition: 'Fade',
};

function named(value: unknown): unknown {
  if (typeof value === 'string') return names[value] ?? value;
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, named(field)]));
}

/** Paths at which the value is missing or of another JSON type than expected; null is allowed on either side, OBS does it too. */
function differences(value: unknown, types: unknown, path: string): readonly string[] {
  if (value === null || types === 'null') return [];
  if (Array.isArray(types)) {
    if (!Array.isArray(value)) return [`${path}: no array`];
    return types.length === 0 || value.length === 0 ? [] : differences(value[0], types[0], `${path}[0]`);
  }
  if (typeof types === 'object' && types !== null) {
    if (typeof value !== 'object') return [`${path}: no object`];
    const fields = value as Record<string, unknown>;
    return Object.entries(types).flatMap(([key, type]) =>
      key in fields ? differences(fields[key], type, `${path}.${key}`) : [`${path}.${key}: missing`],
    );
  }
  return typeof value === types ? [] : [`${path}: ${typeof value} instead of ${String(types)}`];
}

/** Where a wall answers with another status than OBS did, and why. */
const deliberatelyOther: Readonly<Record<string, { readonly code: number; readonly why: string }>> = {
  SetInputSettings: { code: 606, why: "a camera's settings belong to the configuration" },
  GetInputMute: { code: 604, why: 'a wall has no sound' },
};
/** Where the response data have other fields, and why. */
const otherFields: Readonly<Record<string, string>> = {
  GetInputSettings: 'a camera is a file in OBS, and its address is a secret here',
};
/** Events that OBS sent and a wall does not, and why. */
const unsaid: Readonly<Record<string, string>> = {
  MediaInputPlaybackStarted: 'OBS played a file again because its settings were set',
};

describe('what the real OBS answered', () => {
  let hall: Hall;
  let client: RawClient;

  beforeEach(async () => {
    hall = await openHall({ withOperators: true });
    client = new RawClient(`ws://127.0.0.1:${hall.control.obsPort}`);
  });

  afterEach(async () => {
    await client.close();
    await hall.close();
  });

  test('request by request: the same status, the same comment, the same fields', async () => {
    await client.identify(tokens.operator);
    await client.request('SetStudioModeEnabled', { studioModeEnabled: false });
    const answered = [];
    const expected = [];
    for (const [index, exchange] of fixture.exchanges.entries()) {
      const response = await client.request(exchange.requestType, named(exchange.requestData));
      const [code, comment] = statusOf(response);
      const title = `${index} ${exchange.requestType}`;
      const other = deliberatelyOther[exchange.requestType];
      const isCompared = other === undefined && !(exchange.requestType in otherFields);
      answered.push({
        title,
        code,
        comment: other === undefined ? comment : undefined,
        differences: isCompared
          ? differences(response['responseData'], exchange.responseTypes ?? 'null', 'responseData')
          : [],
      });
      expected.push({
        title,
        code: other?.code ?? exchange.code,
        comment: other === undefined ? exchange.comment : undefined,
        differences: [],
      });
    }
    expect(answered).toEqual(expected);
    expect(answered.length).toBeGreaterThan(50);

    for (const { sent, results } of fixture.batches) {
      client.send(8, { requestId: 'b', ...(named(sent) as Record<string, unknown>) });
      const { d } = await client.next(({ op }) => op === 9);
      const given = (d['results'] as Record<string, unknown>[]).map((result) => {
        const id = 'requestId' in result ? { requestId: result['requestId'] } : {};
        return { requestType: result['requestType'], ...id, code: statusOf(result)[0] };
      });
      expect(given).toEqual(results);
    }

    await eventually(() => {
      const events = client.messages.filter(({ op }) => op === 5).map(({ d }) => d);
      const said = fixture.events.map(({ eventType, dataTypes }) => {
        const event = events.find((candidate) => candidate['eventType'] === eventType);
        if (event === undefined) return { eventType, eventIntent: null, differences: [] };
        const found = differences(event['eventData'] ?? {}, dataTypes, eventType);
        return { eventType, eventIntent: event['eventIntent'], differences: found };
      });
      expect(said).toEqual(
        fixture.events.map(({ eventType, eventIntent }) => ({
          eventType,
          eventIntent: eventType in unsaid ? null : eventIntent,
          differences: [],
        })),
      );
    });
  });

  test.each(fixture.closes)('$title ends the connection as OBS ends it', async ({ sent, code, reason }) => {
    await client.next();
    if (sent.rawText === undefined) client.send(sent.op, sent.d);
    else client.socket.send(sent.rawText);
    const closed = await client.closed;
    expect(closed.code).toBe(code);
    // The words of OBS's JSON parser are its own.
    const isParserReason = reason.startsWith('Unable to decode Json: ');
    expect(isParserReason ? closed.reason.slice(0, 23) : closed.reason).toBe(
      reason.slice(0, isParserReason ? 23 : 200),
    );
  });
});

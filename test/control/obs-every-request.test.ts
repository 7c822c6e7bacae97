import OBSWebSocketJson from 'obs-websocket-js/json';
import OBSWebSocketMessagePack, { OBSWebSocketError } from 'obs-websocket-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { definitionOfRequest, requestTypes } from '../../src/control/obs/registry.js';
import { vendorRequests } from '../../src/control/vendor.js';
import { exchanges, vendorExchanges } from './obs-exchanges.js';
import { openHall, tokens, type Hall } from './open-hall.js';

test('the tables name every request that is answered', () => {
  expect(Object.keys(exchanges).sort()).toEqual([...requestTypes].sort());
  expect(Object.keys(vendorExchanges).sort()).toEqual(Object.keys(vendorRequests).sort());
});

describe.each([
  { encoding: 'JSON', Client: OBSWebSocketJson },
  { encoding: 'MessagePack', Client: OBSWebSocketMessagePack },
])('obs-websocket-js in $encoding', ({ Client }) => {
  let hall: Hall;
  let client: InstanceType<typeof Client>;

  beforeEach(async () => {
    hall = await openHall({ withOperators: true });
    client = new Client();
    await client.connect(`ws://127.0.0.1:${hall.control.obsPort}`, tokens.admin, { eventSubscriptions: 0 });
  });

  afterEach(async () => {
    await client.disconnect();
    await hall.close();
  });

  // Names come from a table, so that the client's types cannot be followed.
  const call = (name: string, data: Record<string, unknown> | undefined): Promise<unknown> =>
    client.call(name as never, data as never);

  test('every request is answered with its status and the declared data', async () => {
    for (const [name, [, data, code = 100]] of Object.entries(exchanges)) {
      const answer = await call(name, data).catch((error: unknown) => error);
      if (answer instanceof OBSWebSocketError) {
        expect([name, answer.code]).toEqual([name, code]);
      } else {
        expect([name, 100]).toEqual([name, code]);
        const { response } = definitionOfRequest(name);
        // Undefined in JSON, null in MessagePack.
        if (response === null) expect(answer ?? null, name).toBeNull();
        else expect(response.strict().safeParse(answer), name).toMatchObject({ success: true });
      }
    }
  });

  test('every vendor request is answered with the declared data', async () => {
    for (const [requestType, [, requestData]] of Object.entries(vendorExchanges)) {
      const answer = await client.call('CallVendorRequest', {
        vendorName: 'glasshall',
        requestType,
        requestData: requestData as never,
      });
      const { response } = vendorRequests[requestType as keyof typeof vendorRequests];
      const checked = response.strict().safeParse(answer.responseData);
      expect([requestType, checked.error]).toEqual([requestType, undefined]);
    }
  });
});

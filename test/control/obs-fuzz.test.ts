import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { eventually } from '../eventually.js';
import { encodings, polite, rude, Stranger, type Encoding } from './fuzz-messages.js';
import { openHall, tokens } from './open-hall.js';
import { oneOf, randomNumbers } from './random.js';

/** How many messages are sent; `GLASSHALL_FUZZ_MESSAGES=100000` for a long look. */
const MESSAGES = Number(process.env['GLASSHALL_FUZZ_MESSAGES'] ?? 3_000);
const SEED = Number(process.env['GLASSHALL_FUZZ_SEED'] ?? 20_261_125);
/** Growth that is no leak: what the run itself keeps, and code that was compiled. */
const TOLERATED_GROWTH_BYTES = 8 * 1_048_576;

/** Bytes that are in use after everything that can be thrown away has been. */
async function heapBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

test(
  `${MESSAGES} random and mutated messages: no crash, no leak, everybody gone at the end`,
  async () => {
    const hall = await openHall({
      withOperators: true,
      limits: { messagesPerSecond: 1_000_000, burst: 1_000_000, identifyWithinMs: 60_000 },
    });
    const obsUrl = `ws://127.0.0.1:${hall.control.obsPort}`;
    const random = randomNumbers(SEED);
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    const closes = new Map<number, number>();
    let sent = 0;
    let answered = 0;
    let settledBytes = 0;
    while (sent < MESSAGES) {
      const stranger = new Stranger(obsUrl, oneOf(random, encodings));
      // Some do not even say who they are.
      if (random(8) > 0) await stranger.identify(tokens.admin);
      else await stranger.next(0);
      const isRude = random(2) === 0;
      const count = isRude ? 1 + random(4) : 100;
      for (let index = 0; index < count; index += 1) {
        stranger.send(isRude ? rude(random, stranger.encoding) : stranger.encoding.encode(polite(random, `${index}`)));
      }
      sent += count;
      const answer = stranger.next('last');
      stranger.send(stranger.encoding.encode({ op: 6, d: { requestType: 'GetVersion', requestId: 'last' } }));
      if ((await answer) === null) {
        const code = await stranger.closed;
        closes.set(code, (closes.get(code) ?? 0) + 1);
      } else {
        answered += count;
        stranger.socket.close();
        await stranger.closed;
      }
      hall.engine.commands.length = 0;
      if (settledBytes === 0 && sent > MESSAGES / 2) settledBytes = await heapBytes();
    }

    const grownBytes = (await heapBytes()) - settledBytes;
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
    expect(answered).toBeGreaterThan(MESSAGES / 2);
    // Nothing but OBS's own reasons; 1007 is said by the WebSocket itself, of text that is no UTF-8.
    const known = [1007, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4012];
    expect([...closes.keys()].filter((code) => !known.includes(code))).toEqual([]);
    for (const code of [4002, 4006, 4007]) expect(closes.get(code), `${code}`).toBeGreaterThan(0);
    expect(grownBytes).toBeLessThan(TOLERATED_GROWTH_BYTES);
    const metrics = async (): Promise<string> => (await fetch(`${hall.url}/metrics`)).text();
    expect(await metrics()).not.toContain('kind="obs",reason="failed"');
    await eventually(async () => expect(await metrics()).toMatch(/glasshall_control_connections\{kind="obs"\} 0/));
    const last = new Stranger(obsUrl, encodings[0] as Encoding);
    await last.identify(tokens.admin);
    last.socket.close();
    await hall.close();
    process.stdout.write(`${JSON.stringify({ sent, answered, grownBytes, closes: Object.fromEntries(closes) })}\n`);
  },
  60_000 + MESSAGES * 20,
);

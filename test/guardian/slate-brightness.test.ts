import { afterEach, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { SlateSender } from '../../src/guardian/slate-sender.js';
import { outputOptions } from '../../src/output/options.js';
import { DdpDisplay } from '../output/ddp-display.js';

const SIZE = { widthPx: 32, heightPx: 8 };
const BYTES = 32 * 8 * 3;

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

it('the slate of the guardian is as dim as the wall was, and follows what it hears', async () => {
  const screen = await DdpDisplay.open(BYTES);
  opened.push(screen);
  const slate = new SlateSender(
    {
      size: SIZE,
      framesPerSecond: 25,
      outputs: [outputOptions.parse({ id: 'screen', type: 'ddp', host: '127.0.0.1', port: screen.port })],
      brightness: { screen: 0.1 },
      restarting: new Uint8Array(BYTES),
      closed: null,
    },
    new Uint8Array(BYTES).fill(200),
    silentLogger,
  );
  opened.push(slate);
  await screen.until(() => screen.pushed.length > 0);
  expect(screen.pushed.every((frame) => frame.every((byte) => byte === 20))).toBe(true);
  slate.setBrightness({ screen: 0.05 });
  await screen.until(() => screen.pushed.at(-1)?.every((byte) => byte === 10) === true);
});

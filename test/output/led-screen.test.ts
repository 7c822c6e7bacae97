import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { createOutput } from '../../src/output/registry.js';
import { LedScreen } from '../../src/rehearsal/led-screen/led-screen.js';
import { cut, picture } from './pictures.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

describe('DDP and the simulated LED screen', () => {
  it('agree on the picture, on its parts and on the sequence', async () => {
    const wall = { widthPx: 161, heightPx: 91 };
    const screen = await LedScreen.start({ widthPx: 100, heightPx: 70, udpPort: 0, log: silentLogger });
    opened.push(screen);
    const output = createOutput(
      {
        id: 'screen',
        type: 'ddp',
        host: '127.0.0.1',
        port: screen.udpPort,
        area: { x: 33, y: 17, width: 100, height: 70 },
        destination: 1,
        sequence: true,
        offset: 0,
      },
      { wall, framesPerSecond: 25, log: silentLogger },
    );
    opened.push(output);
    await output.start();
    const last = picture(wall, 20);
    for (let tick = 1; tick <= 20; tick += 1) {
      output.send(0, output.prepare(tick === 20 ? last : picture(wall, tick)));
      while ((await screen.statistics()).frames < tick);
    }
    const lit = await screen.frame();
    expect(Buffer.from(lit.rgb).equals(cut(last, 33, 17, 100, 70))).toBe(true);
    // 21,000 bytes in payloads of 1,440 are 15 packets.
    expect(await screen.statistics()).toMatchObject({
      packets: 300,
      frames: 20,
      sequenceErrors: 0,
      lostPackets: 0,
      refused: 0,
      duplicates: 0,
    });
    expect((await output.probe(AbortSignal.timeout(2_000))).state).toBe('reachable');
    await output.close();
    while ((await screen.statistics()).frames < 21);
    expect((await screen.frame()).rgb.every((byte) => byte === 0)).toBe(true);
  });
});

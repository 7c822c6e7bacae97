import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { OBSWebSocket } from 'obs-websocket-js';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.js';
import { WatchedService } from './watched-service.js';

describe('an engine that is started again', () => {
  let service: WatchedService;

  beforeEach(async () => {
    service = await WatchedService.start();
  }, 60_000);

  afterEach(() => service.close());

  async function restart(): Promise<void> {
    const senders = service.display.senders.length;
    process.kill(service.enginePid, 'SIGKILL');
    await service.restarted(senders);
  }

  async function programOf(): Promise<string> {
    const obs = new OBSWebSocket();
    await obs.connect(service.obsUrl);
    const { currentProgramSceneName } = await obs.call('GetCurrentProgramScene');
    await obs.disconnect();
    return currentProgramSceneName;
  }

  it('has on air what was on air', async () => {
    const obs = new OBSWebSocket();
    await obs.connect(service.obsUrl);
    await obs.call('SetCurrentProgramScene', { sceneName: '备用' });
    await obs.disconnect();
    await eventually(async () => expect(await programOf()).toBe('备用'));
    // Long enough for it to be written.
    await eventually(async () => expect(await service.savedState()).toContain('two'));
    await restart();
    expect(await programOf()).toBe('备用');
  }, 120_000);

  it('finds the wall as black as operators made it: no slate lights it up', async () => {
    const { display } = service;
    const isBlack = (frame: (typeof display.frames)[number] | undefined): boolean =>
      frame?.pixels.every((value) => value === 0) === true;
    const obs = new OBSWebSocket();
    await obs.connect(service.obsUrl);
    await obs.call('CallVendorRequest', {
      vendorName: 'glasshall',
      requestType: 'SetBlackout',
      requestData: { on: true },
    });
    await obs.disconnect();
    await eventually(() => expect(isBlack(display.frames.at(-1))).toBe(true));
    await eventually(async () => expect(await service.savedState()).toContain('"blackout":true'));
    const before = display.frames.length;
    await restart();
    const framesThen = display.frames.length;
    await eventually(() => expect(display.frames.length).toBeGreaterThan(framesThen + 10));
    expect(display.frames.slice(before).every(isBlack)).toBe(true);
    service.process.kill('SIGTERM');
    await once(service.process, 'exit');
    expect(isBlack(display.frames.at(-1))).toBe(true);
  }, 120_000);

  it('is what a changed size of the wall takes', async () => {
    const senders = service.display.senders.length;
    await service.reconfigure({ width: 160, height: 90 });
    await service.restarted(senders);
    const answer = await fetch(`${service.url}/api/v1/snapshot/program.png`);
    const { width, height } = await sharp(await answer.arrayBuffer()).metadata();
    expect([width, height]).toEqual([160, 90]);
  }, 120_000);

  it('goes on with the configuration that was in use when the file is broken by then, and says so', async () => {
    await writeFile(service.file, 'cameras: [');
    await restart();
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/^glasshall_configuration_valid 0$/m);
    expect(service.output).toContain('cannot be used');
  }, 120_000);
});

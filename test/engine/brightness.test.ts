import { setTimeout as sleep } from 'node:timers/promises';
import { OBSWebSocket } from 'obs-websocket-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VendorResponse } from '../../src/control/vendor.js';
import { SimulatedNovastar } from '../../src/rehearsal/controller/simulated-novastar.js';
import { eventually } from '../eventually.js';
import { WatchedService } from '../guardian/watched-service.js';

/** A limit of 60 % at any hour; an operator's ramp that a test can wait for. */
const BRIGHTNESS = {
  limit: { dayNits: 3_000, nightNits: 3_000, source: '测试' },
  screen: { panelNits: 5_000 },
  ramp: '1000%/s',
  operatorRamp: '1000%/s',
  lux: {
    curve: [
      { lux: 0, percent: 10 },
      { lux: 1_000, percent: 40 },
    ],
  },
};

describe('the brightness of a running wall', () => {
  let service: WatchedService;
  let obs: OBSWebSocket;

  async function open(brightness: object, more: object = {}): Promise<void> {
    service = await WatchedService.start({}, {}, { brightness, ...more });
    obs = new OBSWebSocket();
    await obs.connect(service.obsUrl);
  }

  beforeEach(() => {
    obs = new OBSWebSocket();
  });

  afterEach(async () => {
    await obs.disconnect();
    await service.close();
  });

  const call = (requestType: string, requestData: Record<string, unknown> = {}): Promise<unknown> =>
    obs
      .call('CallVendorRequest', { vendorName: 'glasshall', requestType, requestData: requestData as never })
      .then(({ responseData }) => responseData);
  const brightness = (): Promise<VendorResponse<'GetBrightness'>> =>
    call('GetBrightness') as Promise<VendorResponse<'GetBrightness'>>;
  const brightest = (pixels: Buffer | undefined): number =>
    pixels?.reduce((most, byte) => Math.max(most, byte), 0) ?? 0;
  const shown = (): number => brightest(service.display.frames.at(-1)?.pixels);

  it('stays below the ceiling from the first frame on, obeys operator and light, and is the same after a crash', async () => {
    await open(BRIGHTNESS);
    const { display } = service;
    const ceiling = Math.round(255 * 0.6);
    expect(display.frames.every(({ pixels }) => brightest(pixels) <= ceiling)).toBe(true);
    await eventually(() => expect(shown()).toBeGreaterThan(100));
    expect(await brightness()).toMatchObject({ percent: 60, reason: 'ceiling', ceiling: { rule: 'limit' } });

    // Another figure in the file, and back: a running wall takes it over.
    await service.reconfigure(
      {},
      { brightness: { ...BRIGHTNESS, limit: { ...BRIGHTNESS.limit, dayNits: 1_000, nightNits: 1_000 } } },
    );
    await eventually(async () => expect(await brightness()).toMatchObject({ percent: 20, reason: 'ceiling' }));
    await eventually(() => expect(shown()).toBeLessThanOrEqual(51));
    await service.reconfigure({}, { brightness: BRIGHTNESS });
    await eventually(async () => expect(await brightness()).toMatchObject({ percent: 60, reason: 'ceiling' }));

    await expect(call('SetBrightness', { percent: 61 })).rejects.toThrow(/above-ceiling.*limitNits 3000/);
    const put = await fetch(`${service.url}/api/v1/lux`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"lux": 0}',
    });
    expect(put.status).toBe(204);
    await eventually(async () => expect(await brightness()).toMatchObject({ percent: 10, reason: 'lux' }));
    await eventually(() => expect(shown()).toBeLessThanOrEqual(26));

    await call('SetBrightness', { percent: 20 });
    await eventually(async () => expect(await brightness()).toMatchObject({ percent: 20, reason: 'operator' }));
    await eventually(() => expect(shown()).toBeGreaterThan(26));
    await eventually(async () => expect(await service.savedState()).toContain('"brightness":20'));

    const [senders, from] = [display.senders.length, display.frames.length];
    process.kill(service.enginePid, 'SIGKILL');
    await service.restarted(senders);
    const before = display.frames.length;
    await eventually(() => expect(display.frames.length).toBeGreaterThan(before + 25));
    // The guardian's slate and the new engine's first frames included.
    expect(Math.max(...display.frames.slice(from).map(({ pixels }) => brightest(pixels)))).toBeLessThanOrEqual(51);
    await obs.disconnect();
    await obs.connect(service.obsUrl);
    expect(await brightness()).toMatchObject({ percent: 20, wishPercent: 20, reason: 'operator' });
  }, 120_000);

  it('is none in a curfew, whatever operators want', async () => {
    // From one minute of the day to the minute before it: always.
    const from = new Date(Date.now() - 3_600_000).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' });
    const to = new Date(Date.now() - 3_660_000).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' });
    await open({ curfew: { from: from.slice(0, 5), to: to.slice(0, 5), source: '测试' } });
    expect(await brightness()).toMatchObject({ percent: 0, reason: 'curfew', ceiling: { rule: 'curfew' } });
    await expect(call('SetBrightness', { percent: 1 })).rejects.toThrow(/above-ceiling/);
    await call('SetBlackout', { on: true });
    await call('SetBlackout', { on: false });
    const before = service.display.frames.length;
    await eventually(() => expect(service.display.frames.length).toBeGreaterThan(before + 10));
    expect(service.display.frames.every(({ pixels }) => brightest(pixels) === 0)).toBe(true);
  }, 90_000);

  it('is none in standby, where an output that may rest is sent black for two seconds and then nothing until it wakes', async () => {
    const at = (fromNowMs: number): string =>
      new Date(Date.now() + fromNowMs).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' }).slice(0, 5);
    const standby = { from: at(-3_600_000), to: at(4 * 3_600_000), wakeBefore: '1h' };
    const resting = { ramp: '1000%/s', silentWhenDark: ['screen'] };
    await open({ ...resting, standby });
    const { frames } = service.display;
    expect(await brightness()).toMatchObject({ percent: 0, phase: 'standby', outputs: [{ isSilent: true }] });
    let count = -1;
    await eventually(async () => {
      const before = frames.length;
      await sleep(700);
      expect(frames.length).toBe(before);
      count = before;
    });
    expect(count).toBeGreaterThan(0);
    expect(brightest(frames.at(-1)?.pixels)).toBe(0);
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    await service.reconfigure({}, { brightness: { ...resting, standby: { ...standby, wakeBefore: '270m' } } });
    await eventually(() => expect(shown()).toBeGreaterThan(100));
    expect(await brightness()).toMatchObject({ phase: 'waking', outputs: [{ isSilent: false }] });
  }, 90_000);

  it('wakes with a slate before opening', async () => {
    const at = (fromNowMs: number): string =>
      new Date(Date.now() + fromNowMs).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' }).slice(0, 5);
    await open({ standby: { from: at(-4 * 3_600_000), to: at(3_600_000), wakeBefore: '3h' } });
    expect(await brightness()).toMatchObject({ percent: 100, phase: 'waking' });
    // A slate stands still; what would be on air has a clock.
    await eventually(() => {
      const last = service.display.frames.slice(-40);
      expect(last).toHaveLength(40);
      expect(last.every(({ pixels }) => pixels.equals(last[0]?.pixels ?? Buffer.alloc(0)))).toBe(true);
      expect(brightest(last[0]?.pixels)).toBeGreaterThan(100);
    });
  }, 90_000);

  it('is told to a controller that dims, whose pixels are sent in full then, and dimmed as far as it does not obey', async () => {
    const novastar = await SimulatedNovastar.start({ cards: 2 });
    try {
      const controller = { id: 'wall', type: 'novastar', host: '127.0.0.1', port: novastar.port, outputs: ['screen'] };
      const { lux: _unused, ...ceiling } = BRIGHTNESS;
      await open(
        { ...ceiling, dimmedByController: ['screen'] },
        { controllers: [{ ...controller, chains: [{ port: 0, cards: 2 }] }] },
      );
      await eventually(async () =>
        expect((await brightness()).outputs).toEqual([
          { output: 'screen', by: 'controller', percent: 60, pixelPercent: 100, isSilent: false },
        ]),
      );
      expect(novastar.screen.state.brightnessPercent).toBeCloseTo(60, 0);
      await eventually(() => expect(shown()).toBeGreaterThan(Math.round(255 * 0.6)));
      await call('SetBrightness', { percent: 12 });
      await eventually(() => expect(novastar.screen.state.brightnessPercent).toBeCloseTo(12, 0));
      // It is deaf from now on, and says what it does: pixels take the rest.
      novastar.fault({ kind: 'deaf' });
      await call('SetBrightness', { percent: 6 });
      await eventually(async () =>
        expect((await brightness()).outputs[0]?.pixelPercent).toBeCloseTo((6 / 12) * 100, -1),
      );
      await eventually(() => expect(shown()).toBeLessThan(0.6 * 255));
      expect(novastar.screen.state.brightnessPercent).toBeCloseTo(12, 0);
    } finally {
      await novastar.close();
    }
  }, 90_000);
});

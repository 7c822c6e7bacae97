import { readFile, rename, writeFile } from 'node:fs/promises';
import { OBSWebSocket } from 'obs-websocket-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCardHall, type TestCardHall } from '../../scripts/bench/test-card-hall.js';
import { CloseStack } from '../../src/core/closing.js';
import { LedScreen } from '../../src/rehearsal/led-screen/led-screen.js';
import { silentLogger } from '../../src/core/logger.js';
import type { VendorRequestName, VendorResponse } from '../../src/control/vendor.js';
import { commandOf, descendantsOf } from '../end-to-end/service-process.js';
import { eventually } from '../eventually.js';

const SIZE = { widthPx: 640, heightPx: 360 };
const LEFT = { x: 0, y: 0, width: 320, height: 180 };
const RIGHT = { x: 320, y: 0, width: 320, height: 180 };

type Configuration = {
  wall: Record<string, unknown>;
  cameras: Record<string, unknown>[];
  layouts: { id: string; name: string; cells: Record<string, unknown>[] }[];
  counts: Record<string, unknown>[];
  ticker: Record<string, unknown>;
  outputs: Record<string, unknown>[];
};

describe('a configuration that changes while the wall runs', () => {
  const closing = new CloseStack();
  const obs = new OBSWebSocket();
  let hall: TestCardHall;
  let original: Configuration;

  beforeAll(async () => {
    hall = closing.add(
      await startTestCardHall({
        cameraCount: 3,
        gopFrames: 50,
        size: SIZE,
        layouts: [
          { id: 'left', name: 'left', cells: [{ source: 'camera-1', ...LEFT }] },
          { id: 'right', name: 'right', cells: [{ source: 'camera-2', ...RIGHT }] },
        ],
      }),
    );
    await obs.connect(hall.wall.obsUrl);
    closing.defer(() => obs.disconnect());
    original = JSON.parse(await readFile(hall.wall.file, 'utf8')) as Configuration;
    await eventually(async () => expect(await tileOf('camera-1')).toMatchObject({ state: 'live', onAir: true }), {
      timeout: 60_000,
    });
  }, 90_000);

  afterAll(() => closing.close());

  /** Replaces the file, as an editor does, and waits until the service has taken it in, one way or the other. */
  async function change(text: string): Promise<VendorResponse<'GetService'>> {
    const { configuration: before } = await call('GetService');
    await writeFile(`${hall.wall.file}.new`, text);
    await rename(`${hall.wall.file}.new`, hall.wall.file);
    return eventually(async () => {
      const now = await call('GetService');
      expect(now.configuration).not.toEqual(before);
      return now;
    });
  }

  function call<Name extends VendorRequestName>(requestType: Name): Promise<VendorResponse<Name>> {
    return obs
      .call('CallVendorRequest', { vendorName: 'glasshall', requestType, requestData: {} })
      .then(({ responseData }) => responseData as VendorResponse<Name>);
  }

  const tileOf = async (camera: string): Promise<unknown> =>
    (await call('GetTiles')).tiles.find((tile) => tile.camera === camera);

  /** The ffmpeg children, which hold the connections to cameras. */
  const children = (): number[] =>
    descendantsOf(hall.wall.enginePid()).filter((pid) => commandOf(pid).includes('ffmpeg'));

  it('with mistakes changes nothing, says where they are, and is told of once it is mended', async () => {
    const broken = JSON.stringify(original, null, 2).replace('"camera-2"', '"camera-9"');
    const { configuration } = await change(broken);
    expect(configuration.state).toBe('invalid');
    expect(configuration.problems[0]).toMatchObject({
      code: expect.stringMatching(/./) as string,
      mend: expect.stringMatching(/./) as string,
    });
    const line = broken.split('\n').findIndex((text) => text.includes('"source": "camera-2"')) + 1;
    expect(configuration.problems.map((problem) => problem.line)).toContain(line);
    expect(await tileOf('camera-2')).toMatchObject({ state: 'live' });
    expect((await change(JSON.stringify(original))).configuration).toMatchObject({ state: 'current', problems: [] });
  });

  it('brings a camera, a layout and a name, while the others go on with the same connections', async () => {
    const { statistics } = await call('GetWall');
    const before = children();
    const [first, second, third] = original.cameras;
    await change(
      JSON.stringify({
        ...original,
        cameras: [{ ...first, name: '新名字' }, second, { ...third, id: 'camera-4' }],
        layouts: [...original.layouts, { id: 'new', name: 'new', cells: [{ source: 'camera-4', ...LEFT }] }],
        counts: [...original.counts, { id: 'other', type: 'push' }],
      }),
    );
    expect((await call('GetTiles')).tiles.map(({ camera, name }) => [camera, name])).toEqual([
      ['camera-1', '新名字'],
      ['camera-2', '测试 2'],
      ['camera-4', '测试 3'],
    ]);
    expect((await obs.call('GetSceneList')).scenes.map((scene) => scene['sceneName'])).toContain('new');
    expect((await call('GetWall')).layouts.map(({ id, fullScreenOf }) => [id, fullScreenOf])).toEqual([
      ['left', null],
      ['right', null],
      ['new', null],
      ...['camera-1', 'camera-2', 'camera-4'].map((camera) => [`full-screen:${camera}`, camera]),
    ]);
    // Nobody wrote those: there is nothing to edit.
    expect((await call('GetLayouts')).layouts.map(({ id }) => id)).toEqual(['left', 'right', 'new']);
    expect((await call('GetCounts')).counts.map(({ id }) => id)).toEqual(['queue', 'other']);
    await eventually(async () => expect(await tileOf('camera-4')).toMatchObject({ state: 'live' }));
    // Camera 1 has another name and is therefore connected anew; camera 2 was not touched.
    const kept = children().filter((pid) => before.includes(pid));
    expect(kept.length).toBeGreaterThan(0);
    expect((await call('GetWall')).statistics.missedTicks).toBe(statistics.missedTicks);
    await change(JSON.stringify(original));
  });

  it('takes the layout on air away: the first one is shown instead', async () => {
    await obs.call('SetStudioModeEnabled', { studioModeEnabled: false });
    await obs.call('SetCurrentProgramScene', { sceneName: 'right' });
    await change(JSON.stringify({ ...original, layouts: original.layouts.slice(0, 1) }));
    expect((await obs.call('GetCurrentProgramScene')).currentProgramSceneName).toBe('left');
    await eventually(async () => expect(await tileOf('camera-1')).toMatchObject({ state: 'live', onAir: true }));
    await change(JSON.stringify(original));
  });

  it('sends the picture to another screen, and the old one is told goodbye', async () => {
    const screen = closing.add(await LedScreen.start({ ...SIZE, udpPort: 0, log: silentLogger }));
    await change(JSON.stringify({ ...original, outputs: [{ ...original.outputs[0], port: screen.udpPort }] }));
    await eventually(async () => expect((await screen.statistics()).frames).toBeGreaterThan(5));
    const atOld = (await hall.screen.statistics()).frames;
    const atNew = (await screen.statistics()).frames;
    await eventually(async () => expect((await screen.statistics()).frames).toBeGreaterThan(atNew + 25));
    expect((await hall.screen.statistics()).frames).toBe(atOld);
    await change(JSON.stringify(original));
    await eventually(async () => expect((await hall.screen.statistics()).frames).toBeGreaterThan(atOld + 5));
  });

  it('changes the running line, unless an operator gave another', async () => {
    await change(JSON.stringify({ ...original, ticker: { ...original.ticker, text: '新的一行', speed: 90 } }));
    expect((await call('GetWall')).tickerText).toBe('新的一行');
    await obs.call('CallVendorRequest', {
      vendorName: 'glasshall',
      requestType: 'SetTicker',
      requestData: { text: '操作员的话' },
    });
    await change(JSON.stringify({ ...original, ticker: { ...original.ticker, text: '又一行' } }));
    expect((await call('GetWall')).tickerText).toBe('操作员的话');
    await change(JSON.stringify(original));
  });

  it('is read again on request', async () => {
    const before = (await call('GetService')).configuration.loadedAtMs;
    expect((await call('ReloadConfiguration')).configuration.loadedAtMs).toBeGreaterThan(before);
  });

  it('that needs another wall starts another engine, which shows what was on air', async () => {
    await obs.call('SetCurrentProgramScene', { sceneName: 'right' });
    const engine = hall.wall.enginePid();
    await writeFile(hall.wall.file, JSON.stringify({ ...original, wall: { ...original.wall, fps: 30 } }));
    await eventually(() => expect(hall.wall.enginePid()).not.toBe(engine), { timeout: 40_000 });
    await obs.disconnect();
    await eventually(() => obs.connect(hall.wall.obsUrl), { timeout: 20_000 });
    expect((await obs.call('GetCurrentProgramScene')).currentProgramSceneName).toBe('right');
    expect((await call('GetWall')).wall.framesPerSecond).toBe(30);
  }, 90_000);

  it('and is broken when the engine dies: what was good before is used, and the mistake told', async () => {
    const engine = hall.wall.enginePid();
    await change('wall: {');
    process.kill(engine, 'SIGKILL');
    await eventually(() => expect(hall.wall.enginePid()).not.toBe(engine), { timeout: 40_000 });
    await obs.disconnect();
    await eventually(() => obs.connect(hall.wall.obsUrl), { timeout: 20_000 });
    expect((await call('GetService')).configuration.state).toBe('invalid');
    expect((await obs.call('GetCurrentProgramScene')).currentProgramSceneName).toBe('right');
  }, 90_000);
});

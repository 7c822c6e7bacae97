import { readFile, rename, writeFile } from 'node:fs/promises';
import { OBSWebSocket } from 'obs-websocket-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meanGreen, type WatchedFrame } from '../../scripts/bench/screen-watch.js';
import { startTestCardHall, type TestCardHall } from '../../scripts/bench/test-card-hall.js';
import type { VendorRequestName, VendorResponse } from '../../src/control/vendor.js';
import { CloseStack } from '../../src/core/closing.js';
import { eventually } from '../eventually.js';

const LEFT = { x: 0, y: 0, width: 320, height: 180 };
const RIGHT = { x: 320, y: 0, width: 320, height: 180 };
const BELOW = { x: 320, y: 180, width: 320, height: 180 };

const hasCard = (frame: WatchedFrame, cell: { x: number; y: number; height: number }): boolean =>
  meanGreen(frame, cell.x, cell.y + cell.height / 2 - 20, 4, 40) > 150;

/** Which of the three places show a card. */
const placesOf = (frame: WatchedFrame): string =>
  [LEFT, RIGHT, BELOW].map((place, index) => (hasCard(frame, place) ? 'LRB'.charAt(index) : '-')).join('');

describe('a wall that chooses by itself', () => {
  const closing = new CloseStack();
  const obs = new OBSWebSocket();
  let hall: TestCardHall;

  function call<Name extends VendorRequestName>(
    requestType: Name,
    requestData: Record<string, string | number> = {},
  ): Promise<VendorResponse<Name>> {
    return obs
      .call('CallVendorRequest', { vendorName: 'glasshall', requestType, requestData })
      .then(({ responseData }) => responseData as VendorResponse<Name>);
  }

  /** Brings tours and schedule into the running service, as an editor would. */
  async function change(parts: Record<string, unknown>): Promise<void> {
    const before = (await call('GetService')).configuration.loadedAtMs;
    const written = JSON.parse(await readFile(hall.wall.file, 'utf8')) as Record<string, unknown>;
    await writeFile(`${hall.wall.file}.new`, JSON.stringify({ ...written, ...parts }));
    await rename(`${hall.wall.file}.new`, hall.wall.file);
    await eventually(async () => {
      const { configuration } = await call('GetService');
      expect(configuration.problems).toEqual([]);
      expect(configuration.loadedAtMs).toBeGreaterThan(before);
    });
  }

  const until = (places: string): Promise<WatchedFrame> =>
    hall.watch.until((frame) => placesOf(frame) === places, 30_000);

  const takes = async (kind: 'prepared' | 'direct'): Promise<number> => {
    const metrics = await (await fetch(`${hall.wall.url}/metrics`)).text();
    return Number(new RegExp(`glasshall_take_seconds_count{kind="${kind}"} (\\d+)`).exec(metrics)?.[1] ?? 0);
  };

  beforeAll(async () => {
    hall = closing.add(
      await startTestCardHall({
        cameraCount: 3,
        gopFrames: 50,
        size: { widthPx: 640, heightPx: 360 },
        layouts: [
          { id: 'left', name: 'left', cells: [{ source: 'camera-1', ...LEFT }] },
          { id: 'right', name: 'right', cells: [{ source: 'camera-2', ...RIGHT }] },
          { id: 'below', name: 'below', cells: [{ source: 'camera-3', ...BELOW }] },
        ],
        wall: { clock: false, labels: false },
      }),
    );
    await obs.connect(hall.wall.obsUrl);
    closing.defer(() => obs.disconnect());
    await until('L--');
    await eventually(
      async () => expect((await call('GetTiles')).tiles.map(({ state }) => state)).toEqual(['live', 'live', 'live']),
      { timeout: 30_000 },
    );
    const stops = ['left', 'right', 'below'].map((layout) => ({ layout, dwell: '6s' }));
    await change({ tours: [{ id: 'round', name: '巡览', stops }] });
  }, 90_000);

  afterAll(() => closing.close());

  it('shows a tour stop by stop, each of them prepared, and nothing else in between', async () => {
    await obs.call('SetStudioModeEnabled', { studioModeEnabled: false });
    const direct = await takes('direct');
    const prepared = await takes('prepared');
    const seen: string[] = [];
    const stop = hall.watch.listen((frame) => {
      const places = placesOf(frame);
      if (seen.at(-1) !== places) seen.push(places);
    });
    await call('StartTour', { tour: 'round' });
    await until('-R-');
    expect(await call('GetWall')).toMatchObject({
      program: 'right',
      automation: { mode: 'tour', tour: 'round' },
      tours: [{ id: 'round', name: '巡览', stops: [{ layout: 'left', dwellMs: 6_000 }, {}, {}] }],
      agenda: { running: { tour: 'round', stopIndex: 1 }, scheduled: null, next: { layout: 'below' } },
    });
    await until('--B');
    await until('L--');
    stop();
    expect(seen).toEqual(['L--', '-R-', '--B', 'L--']);
    expect(await takes('direct')).toBe(direct);
    expect(await takes('prepared')).toBe(prepared + 3);
  }, 60_000);

  it('passes over a stop whose camera is away', async () => {
    await hall.cameras.fault('camera-2', { kind: 'stop' });
    await eventually(
      async () => {
        const { agenda, program } = await call('GetWall');
        expect([program, agenda.next?.layout]).toEqual(['left', 'below']);
      },
      { timeout: 40_000 },
    );
    await until('--B');
    await until('L--');
    await hall.cameras.fault('camera-2', { kind: 'start' });
    await until('-R-');
  }, 120_000);

  it('gives way to people, and goes on when their decision is taken back', async () => {
    await obs.call('SetCurrentProgramScene', { sceneName: 'below' });
    expect(await call('GetWall')).toMatchObject({
      program: 'below',
      automation: { mode: 'manual', untilMs: null },
      agenda: { running: null, next: null },
    });
    await until('--B');
    await call('Undo');
    expect((await call('GetWall')).automation).toEqual({ mode: 'tour', tour: 'round' });
    await until('L--');
  }, 60_000);

  it('has no schedule to follow before there is one', async () => {
    expect(await call('GetSchedule')).toEqual({ day: null });
    await expect(call('FollowSchedule')).rejects.toThrow(/schedule/);
    await expect(call('Hold', { untilMs: Date.now() + 1_000 })).rejects.toThrow(/schedule/);
    await expect(call('StartTour', { tour: 'moon' })).rejects.toThrow(/moon/);
  });

  it('goes back to the schedule when the time of a person is over', async () => {
    await change({ schedule: { rules: [{ name: '全天', when: 'always', show: 'right' }], otherwise: 'left' } });
    await obs.call('SetCurrentProgramScene', { sceneName: 'below' });
    const untilMs = Date.now() + 7_000;
    await call('Hold', { untilMs });
    expect(await call('GetWall')).toMatchObject({
      program: 'below',
      automation: { mode: 'manual', untilMs },
      agenda: { scheduled: { show: 'right', rule: '全天' }, next: { layout: 'right', atMs: untilMs } },
    });
    await until('-R-');
    expect(Date.now()).toBeGreaterThanOrEqual(untilMs);
    expect((await call('GetWall')).automation).toEqual({ mode: 'schedule' });
    const { day } = await call('GetSchedule', { date: '2026-11-25' });
    expect(day?.entries.map(({ show, rule }) => [show, rule])).toEqual([['right', '全天']]);
  }, 60_000);

  it('shows a changed schedule as soon as it is read', async () => {
    await change({ schedule: { otherwise: 'left' } });
    await until('L--');
    await change({ schedule: undefined });
    expect(await call('GetWall')).toMatchObject({ program: 'left', automation: { mode: 'manual', untilMs: null } });
  }, 60_000);
});

import { OBSWebSocket } from 'obs-websocket-js';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meanGreen, type WatchedFrame } from '../../scripts/bench/screen-watch.js';
import { startTestCardHall, type TestCardHall } from '../../scripts/bench/test-card-hall.js';
import { CloseStack } from '../../src/core/closing.js';

const SIZE = { widthPx: 640, heightPx: 360 };
const LEFT = { x: 0, y: 0, width: 320, height: 180 };
const RIGHT = { x: 320, y: 0, width: 320, height: 180 };

/** The white edge of the test card, in the middle of its left side: bright when the card is there, dark on a slate. */
const hasCard = (frame: WatchedFrame, cell: { x: number; y: number; height: number }): boolean =>
  meanGreen(frame, cell.x, cell.y + cell.height / 2 - 20, 4, 40) > 150;

describe('takes', () => {
  const closing = new CloseStack();
  const obs = new OBSWebSocket();
  let hall: TestCardHall;

  beforeAll(async () => {
    hall = closing.add(
      await startTestCardHall({
        cameraCount: 3,
        gopFrames: 50,
        size: SIZE,
        layouts: [
          { id: 'left', name: 'left', cells: [{ source: 'camera-1', ...LEFT }] },
          { id: 'right', name: 'right', cells: [{ source: 'camera-2', ...RIGHT }] },
          {
            id: 'both',
            name: 'both',
            cells: [
              { source: 'camera-1', ...LEFT },
              { source: 'camera-3', ...RIGHT },
            ],
          },
        ],
        wall: { clock: false, labels: false },
      }),
    );
    await obs.connect(hall.wall.obsUrl);
    closing.defer(() => obs.disconnect());
    await hall.watch.until((frame) => hasCard(frame, LEFT), 30_000);
    for (const camera of ['camera-1', 'camera-2', 'camera-3']) {
      while ((await stateOf(obs, camera)) !== 'live') await sleep(100);
    }
  }, 60_000);

  afterAll(() => closing.close());

  it('that nobody prepared keep the old picture until the new one is whole', async () => {
    await obs.call('SetStudioModeEnabled', { studioModeEnabled: false });
    const wrong: number[] = [];
    const stop = hall.watch.listen((frame) => {
      if (hasCard(frame, LEFT) === hasCard(frame, RIGHT)) wrong.push(frame.frameNumber);
    });
    const shown = hall.watch.until((frame) => hasCard(frame, RIGHT), 5_000);
    await obs.call('SetCurrentProgramScene', { sceneName: 'right' });
    await shown;
    stop();
    expect(wrong).toEqual([]);
    expect((await obs.call('GetCurrentProgramScene')).currentProgramSceneName).toBe('right');
  });

  it('that overtake each other end with the last one, on the wall and in the state', async () => {
    const names = ['left', 'both', 'right', 'left'];
    await Promise.all(names.map((sceneName) => obs.call('SetCurrentProgramScene', { sceneName })));
    await hall.watch.until((frame) => hasCard(frame, LEFT) && !hasCard(frame, RIGHT), 5_000);
    expect((await obs.call('GetCurrentProgramScene')).currentProgramSceneName).toBe('left');
  });

  it('are not held up by a camera that is away: its slate goes on air beside the others', async () => {
    await hall.cameras.fault('camera-3', { kind: 'stop' });
    await expect.poll(() => stateOf(obs, 'camera-3'), { timeout: 20_000 }).toBe('retrying');
    await obs.call('SetStudioModeEnabled', { studioModeEnabled: true });
    await obs.call('SetCurrentPreviewScene', { sceneName: 'both' });
    // A last picture may stand for three seconds; the camera has been away for longer now.
    await sleep(3_500);
    await obs.call('TriggerStudioModeTransition');
    const frame = await hall.watch.until((each) => meanGreen(each, RIGHT.x, 0, 320, 180) > 5, 5_000);
    expect(hasCard(frame, LEFT)).toBe(true);
    expect(hasCard(frame, RIGHT)).toBe(false);
    await hall.cameras.fault('camera-3', { kind: 'start' });
    await hall.watch.until((each) => hasCard(each, RIGHT), 30_000);
  });

  it('show a slate in place of a picture that stopped, and leave the other tile alone', async () => {
    await hall.cameras.fault('camera-3', { kind: 'stall', on: true });
    const dark: number[] = [];
    const stop = hall.watch.listen((frame) => {
      if (!hasCard(frame, LEFT)) dark.push(frame.frameNumber);
    });
    await hall.watch.until((frame) => !hasCard(frame, RIGHT), 10_000);
    stop();
    expect(dark).toEqual([]);
    expect(await stateOf(obs, 'camera-3')).not.toBe('live');
    await hall.cameras.fault('camera-3', { kind: 'stall', on: false });
    await hall.watch.until((frame) => hasCard(frame, RIGHT), 40_000);
  }, 60_000);

  it('go black and come back with the blackout', async () => {
    const vendor = { vendorName: 'glasshall', requestType: 'SetBlackout' };
    await obs.call('CallVendorRequest', { ...vendor, requestData: { on: true } });
    await hall.watch.until((frame) => meanGreen(frame, 0, 0, 640, 360) === 0, 5_000);
    await obs.call('CallVendorRequest', { ...vendor, requestData: { on: false } });
    await hall.watch.until((frame) => hasCard(frame, LEFT), 5_000);
  });
});

async function stateOf(obs: OBSWebSocket, camera: string): Promise<string | undefined> {
  const { responseData } = await obs.call('CallVendorRequest', {
    vendorName: 'glasshall',
    requestType: 'GetTiles',
    requestData: {},
  });
  return (responseData['tiles'] as { camera: string; state: string }[]).find((tile) => tile.camera === camera)?.state;
}

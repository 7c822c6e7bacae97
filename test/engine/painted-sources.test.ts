import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OBSWebSocket } from 'obs-websocket-js';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WatchedFrame } from '../../scripts/bench/screen-watch.js';
import { startTestCardHall, type TestCardHall } from '../../scripts/bench/test-card-hall.js';
import type { VendorRequestName, VendorResponse } from '../../src/control/vendor.js';
import { CloseStack } from '../../src/core/closing.js';
import { eventually } from '../eventually.js';

const SIZE = { widthPx: 640, heightPx: 360 };
const BOARD = { x: 0, y: 0, width: 320, height: 180 };
const IMAGE = { x: 320, y: 0, width: 320, height: 180 };

type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** How many pixels of a colour there are in a part of the screen. */
function count(frame: WatchedFrame, { x, y, width, height }: Area, isMeant: (rgb: Uint8Array) => boolean): number {
  let found = 0;
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1) {
      const at = (row * frame.widthPx + column) * 3;
      if (isMeant(frame.rgb.subarray(at, at + 3))) found += 1;
    }
  }
  return found;
}

const isNumber = ([red = 0, green = 0, blue = 0]: Uint8Array): boolean => red > 220 && green > 170 && blue < 110;
const isGreen = ([red = 0, green = 0, blue = 0]: Uint8Array): boolean => green > 150 && red < 60 && blue < 60;
const isLight = ([, green = 0]: Uint8Array): boolean => green > 120;

describe('boards and images on the wall', () => {
  const closing = new CloseStack();
  const obs = new OBSWebSocket();
  let hall: TestCardHall;
  let picture: string;

  beforeAll(async () => {
    hall = closing.add(
      await startTestCardHall({
        cameraCount: 1,
        gopFrames: 50,
        size: SIZE,
        layouts: [{ id: 'camera', name: 'camera', cells: [{ source: 'camera-1', ...BOARD }] }],
        wall: { clock: false, labels: false },
      }),
    );
    await obs.connect(hall.wall.obsUrl);
    closing.defer(() => obs.disconnect());
    picture = join(dirname(hall.wall.file), 'picture.png');
    const original = JSON.parse(await readFile(hall.wall.file, 'utf8')) as { layouts: unknown[] };
    const wanted = {
      ...original,
      counts: [{ id: 'hall', type: 'push', staleAfter: '3s', fields: ['waiting'] }],
      boards: [{ id: 'queue-board', name: '排队情况', rows: [{ caption: '等候', value: '{hall.waiting} 人' }] }],
      images: [{ id: 'plan', name: '示意图', file: 'picture.png' }],
      ticker: { text: '欢迎' },
      layouts: [
        ...original.layouts,
        {
          id: 'painted',
          name: 'painted',
          cells: [
            { source: 'queue-board', ...BOARD },
            { source: 'plan', ...IMAGE },
          ],
        },
      ],
    };
    await change(wanted);
    await obs.call('SetStudioModeEnabled', { studioModeEnabled: false });
    await obs.call('SetCurrentProgramScene', { sceneName: 'painted' });
  }, 90_000);

  afterAll(() => closing.close());

  function call<Name extends VendorRequestName>(requestType: Name): Promise<VendorResponse<Name>> {
    return obs
      .call('CallVendorRequest', { vendorName: 'glasshall', requestType, requestData: {} })
      .then(({ responseData }) => responseData as VendorResponse<Name>);
  }

  async function change(configuration: object): Promise<void> {
    const { configuration: before } = await call('GetService');
    await writeFile(`${hall.wall.file}.new`, JSON.stringify(configuration));
    await rename(`${hall.wall.file}.new`, hall.wall.file);
    await eventually(async () => {
      const { configuration: now } = await call('GetService');
      expect(now).not.toEqual(before);
      expect(now.problems).toEqual([]);
    });
  }

  const push = (waiting: number): Promise<Response> =>
    fetch(`${hall.wall.url}/api/v1/counts/hall`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ waiting }),
    });

  it('are sources like others, by name', async () => {
    const { sources } = await call('GetWall');
    expect(sources).toEqual([
      { id: 'queue-board', kind: 'board', name: '排队情况' },
      { id: 'plan', kind: 'image', name: '示意图' },
      { id: 'ticker', kind: 'ticker', name: null },
      { id: 'clock', kind: 'clock', name: null },
    ]);
    const { inputs } = await obs.call('GetInputList');
    expect(inputs.map(({ inputName, inputKind }) => [inputName, inputKind])).toEqual([
      ['测试 1', 'ffmpeg_source'],
      ['排队情况', 'glasshall_board'],
      ['示意图', 'image_source'],
      ['ticker', 'text_ft2_source_v2'],
      ['clock', 'glasshall_clock'],
    ]);
    expect((await call('GetTiles')).tiles.map(({ camera }) => camera)).toEqual(['camera-1']);
  });

  it('show a pushed count at once, and words instead of it as soon as it is stale', async () => {
    const empty = await hall.watch.until((frame) => count(frame, BOARD, isLight) > 100, 5_000);
    expect(count(empty, BOARD, isNumber)).toBe(0);
    expect((await push(1)).status).toBeLessThan(300);
    const one = await hall.watch.until((frame) => count(frame, BOARD, isNumber) > 50, 5_000);
    await push(8_888);
    const few = count(one, BOARD, isNumber);
    await hall.watch.until((frame) => count(frame, BOARD, isNumber) > few * 2, 5_000);
    const stale = await hall.watch.until((frame) => count(frame, BOARD, isNumber) === 0, 5_000);
    expect(count(stale, BOARD, isLight)).toBeGreaterThan(100);
  });

  it('say that an image is missing, and show it when it is there', async () => {
    const missing = await hall.watch.until((frame) => count(frame, IMAGE, isLight) > 100, 5_000);
    expect(count(missing, IMAGE, isGreen)).toBe(0);
    await sharp({ create: { width: 64, height: 36, channels: 3, background: '#00ff00' } })
      .png()
      .toFile(picture);
    await obs.call('CallVendorRequest', {
      vendorName: 'glasshall',
      requestType: 'ReloadConfiguration',
      requestData: {},
    });
    await hall.watch.until((frame) => count(frame, IMAGE, isGreen) > 50_000, 5_000);
    await rm(picture);
    await obs.call('CallVendorRequest', {
      vendorName: 'glasshall',
      requestType: 'ReloadConfiguration',
      requestData: {},
    });
    await hall.watch.until((frame) => count(frame, IMAGE, isGreen) === 0 && count(frame, IMAGE, isLight) > 100, 5_000);
  });

  it('have pictures of their own for pages', async () => {
    const answer = await fetch(`${hall.wall.url}/api/v1/snapshot/camera/queue-board.jpg`);
    expect(answer.status).toBe(200);
    const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect((width / height) * (BOARD.height / BOARD.width)).toBeCloseTo(1, 1);
  });
});

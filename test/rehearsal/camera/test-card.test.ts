import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CameraHall } from '../../../src/rehearsal/camera/camera-hall.js';
import { readFrameCounter } from '../../../src/rehearsal/camera/clips/frame-counter.js';
import { drawTestCard, TEST_CARD_PATCHES } from '../../../src/rehearsal/camera/clips/test-card.js';
import { cameraAt, pullPictures, startTestCards, withCredentials } from './hall.js';

let hall: CameraHall;

beforeAll(async () => {
  hall = await startTestCards(1);
}, 120_000);

afterAll(() => hall.close());

function addressOf(stream: 'main' | 'sub'): string {
  const camera = cameraAt(hall, 0);
  return withCredentials(stream === 'main' ? camera.rtspMain : camera.rtspSub, camera.username, camera.password);
}

describe('the test card', () => {
  it.each([
    ['main', 1920, 1080],
    ['main', 320, 180],
    ['sub', 640, 360],
    ['sub', 320, 180],
  ] as const)('counts frames without a gap: %s stream, seen at %i × %i', async (stream, widthPx, heightPx) => {
    const pictures = await pullPictures(addressOf(stream), 12, widthPx, heightPx);
    const numbers = pictures.map((picture) => readFrameCounter(picture, widthPx, heightPx));
    const first = numbers[0] ?? null;
    expect(first).not.toBeNull();
    expect(numbers).toEqual(pictures.map((_, index) => ((first ?? 0) + index) % 300));
  });

  it.each([
    ['main', 1920, 1080],
    ['sub', 640, 360],
  ] as const)('has the colours that it says: %s stream', async (stream, widthPx, heightPx) => {
    const [picture] = await pullPictures(addressOf(stream), 1, widthPx, heightPx);
    for (const patch of TEST_CARD_PATCHES) {
      for (const [partX, partY] of [
        [0.1, 0.1],
        [0.5, 0.5],
        [0.9, 0.9],
      ] as const) {
        const x = Math.floor((patch.left + patch.width * partX) * widthPx);
        const y = Math.floor((patch.top + patch.height * partY) * heightPx);
        patch.rgb.forEach((wanted, channel) => {
          const got = picture?.[(y * widthPx + x) * 3 + channel] ?? -1000;
          expect(
            Math.abs(got - wanted),
            `${patch.rgb.join(',')} became ${got} in channel ${channel}`,
          ).toBeLessThanOrEqual(3);
        });
      }
    }
  });

  it('is not read where there is none, or where a cell is wrong', () => {
    const size = { widthPx: 320, heightPx: 180 };
    const picture = new Uint8Array(size.widthPx * size.heightPx * 3);
    expect(readFrameCounter(picture, 320, 180)).toBeNull();
    drawTestCard(picture, size, 1_234);
    expect(readFrameCounter(picture, 320, 180)).toBe(1_234);
    // One cell of the counter turned over: x 136 to 152 is the seventh bit, y 132 to 172.
    for (let y = 132; y < 172; y += 1) {
      for (let x = 136 * 3; x < 152 * 3; x += 1) picture[y * 960 + x] = 255 - (picture[y * 960 + x] ?? 0);
    }
    expect(readFrameCounter(picture, 320, 180)).toBeNull();
  });
});

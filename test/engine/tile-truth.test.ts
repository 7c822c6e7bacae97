import { expect, it } from 'vitest';
import type { CameraStatus, PictureReport } from '../../src/camera/camera-pool.js';
import { truthOf } from '../../src/engine/tile-truth.js';
import { slateWords } from '../../src/paint/slate-words.js';

const CAMERA: CameraStatus = {
  camera: 'lobby',
  state: 'live',
  reason: null,
  attempt: 0,
  nextTryAtMs: null,
  lastFragmentAtMs: 1,
  stream: null,
  ptz: null,
};

const picture = (state: PictureReport['state'], awaitsKeyPicture: boolean): PictureReport => ({
  state,
  showsSlate: false,
  awaitsKeyPicture,
  lastLiveAtMs: null,
});

it.each([
  ['none', false, 'connecting', null, 'Connecting…'],
  ['none', true, 'connecting', 'no-key-picture', 'Waiting for a whole picture…'],
  ['stale', false, 'stale', 'no-picture', 'Picture lost'],
  ['stale', true, 'stale', 'no-key-picture', 'Waiting for a whole picture…'],
  ['frozen', false, 'frozen', 'frozen', 'Picture stands still'],
  ['live', false, 'live', null, 'Picture lost'],
] as const)(
  'data arrives, the picture is %s, waits for a key picture: %s',
  (seen, awaitsKeyPicture, state, reason, words) => {
    const truth = truthOf(CAMERA, picture(seen, awaitsKeyPicture));
    expect(truth).toEqual({ state, reason, lastLiveAtMs: null });
    expect(slateWords(truth.state, truth.reason, 'en').parts[0]).toBe(words);
  },
);

it('without data, the connection says what is true', () => {
  const away: CameraStatus = { ...CAMERA, state: 'retrying', reason: 'refused' };
  expect(truthOf(away, picture('none', true))).toMatchObject({ state: 'retrying', reason: 'refused' });
});

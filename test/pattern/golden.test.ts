/**
 * Every pattern as it looks on a small wall, to the bit. After a change that was meant, `GLASSHALL_RENEW_PICTURES=1 npx vitest
 * run --config config/vitest.config.ts test/pattern/golden.test.ts` writes the pictures anew: look at them before committing.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PatternTarget } from '../../src/pattern/place.js';
import { patternNames } from '../../src/pattern/registry.js';
import { compositorWith, drawAt, WALL } from './wall-of-six.js';

const FOLDER = fileURLToPath(new URL('../../fixtures/patterns/', import.meta.url));
const isRenewed = process.env['GLASSHALL_RENEW_PICTURES'] === '1';

const PARTS: readonly (readonly [file: string, pattern: (typeof patternNames)[number], target: PatternTarget])[] = [
  ['output-cabinet-numbers', 'cabinet-numbers', { kind: 'output', output: 'bottom' }],
  ['output-colour-bars-75', 'colour-bars-75', { kind: 'output', output: 'top' }],
  ['cabinet-frame-counter', 'frame-counter', { kind: 'cabinet', output: 'top', cabinet: 2 }],
  ['cabinet-checkerboard-16', 'checkerboard-16', { kind: 'cabinet', output: 'bottom', cabinet: 3 }],
];

async function golden(file: string, canvas: Buffer): Promise<Buffer> {
  const path = `${FOLDER}${file}.png`;
  if (isRenewed) {
    const raw = { width: WALL.widthPx, height: WALL.heightPx, channels: 3 } as const;
    await sharp(canvas, { raw }).png({ compressionLevel: 9 }).toFile(path);
  }
  const { data, info } = await sharp(path)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: WALL.widthPx, height: WALL.heightPx, channels: 3 });
  return data;
}

describe('on the whole wall', () => {
  it.each(patternNames)('%s is the golden picture', async (pattern) => {
    const canvas = drawAt(await compositorWith(pattern));
    expect(canvas.equals(await golden(pattern, canvas))).toBe(true);
  });
});

describe('on a part of the wall', () => {
  it.each(PARTS)('%s is the golden picture', async (file, pattern, target) => {
    const canvas = drawAt(await compositorWith(pattern, target));
    expect(canvas.equals(await golden(file, canvas))).toBe(true);
  });
});

it('has no golden picture too many', () => {
  const wanted = [...patternNames, ...PARTS.map(([file]) => file)].map((name) => `${name}.png`);
  expect(readdirSync(FOLDER).toSorted()).toEqual(wanted.toSorted());
});

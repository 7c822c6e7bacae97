import type { CameraPicture } from '../../src/camera/camera-pool.js';
import { ffmpeg } from './clips.js';

/** Left half red, right half blue, the uppermost eighth green; noise makes every picture another. */
export async function makeHalves(path: string, size: string, seconds: number, ...coding: string[]): Promise<void> {
  const shapes = [
    'drawbox=x=0:y=0:w=iw/2:h=ih:color=red:t=fill',
    'drawbox=x=0:y=0:w=iw:h=ih/8:color=lime:t=fill',
    'noise=c0s=14:c0f=t',
  ];
  const source = ['-f', 'lavfi', '-i', `color=blue:size=${size}:rate=25,${shapes.join(',')}`, '-t', String(seconds)];
  await ffmpeg(...source, ...(coding.includes('-pix_fmt') ? [] : ['-pix_fmt', 'yuv420p']), ...coding, path);
}

/** The same stream as it is for somebody who comes in the middle: from a moment on, whether a key picture is there or not. */
export async function joinedAt(from: string, seconds: number, to: string, ...more: string[]): Promise<void> {
  await ffmpeg('-i', from, '-ss', String(seconds), '-c', 'copy', '-copyinkf', ...more, to);
}

/** The nearest of the plain colours at places of the newest picture: `r`, `g`, `b`, `-` for black, `?` for none of them. */
export function coloursAt({ slot }: CameraPicture, places: readonly (readonly [x: number, y: number])[]): string {
  const pixels = slot.read()?.pixels;
  if (pixels === undefined) return 'no picture';
  return places
    .map(([x, y]) => {
      const at = (y * slot.handle.widthPx + x) * 3;
      const bits = [...pixels.subarray(at, at + 3)].map((value) => (value > 170 ? 1 : value < 85 ? 0 : '?')).join('');
      return { '100': 'r', '010': 'g', '001': 'b', '000': '-' }[bits] ?? '?';
    })
    .join('');
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

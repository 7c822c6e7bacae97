import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A folder of its own for one test file, and how to be rid of it. */
export function scratchFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'glasshall-camera-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs ffmpeg to make test material. */
export async function ffmpeg(...given: string[]): Promise<void> {
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...given]);
}

/** A moving picture with H.264 at 25 frames a second and a key picture every 2 s. */
export async function makeClip(path: string, size: string, seconds: number, ...more: string[]): Promise<void> {
  const source = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25`, '-t', String(seconds)];
  await ffmpeg(
    ...source,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    '-g',
    '50',
    '-bf',
    '0',
    ...more,
    path,
  );
}

/** The same stream as fragmented MP4, one picture a fragment. */
export async function fragmented(from: string, to: string): Promise<void> {
  await ffmpeg('-i', from, '-c', 'copy', '-movflags', 'frag_every_frame+empty_moov+default_base_moof', to);
}

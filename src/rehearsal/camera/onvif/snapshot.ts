import { spawn } from 'node:child_process';
import { GlasshallError } from '../../../core/errors.js';
import type { AccessUnit, Codec } from '../../../rtsp/access-unit.js';
import { joinByteStream } from '../../../rtsp/network-units.js';

/** BT.709 in limited range, as the recordings are, to what JPEG means (JFIF: BT.601, full range). */
const TO_JPEG = 'scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc,format=yuvj420p';

/** Makes JPEG pictures of key frames. The latest one is kept, and requests for the same picture share one decoding. */
export class SnapshotMaker {
  #key: AccessUnit | null = null;
  #picture: Promise<Buffer> = Promise.resolve(Buffer.alloc(0));

  /** @throws GlasshallError `snapshot-failed` */
  jpegOf(keyFrame: AccessUnit, codec: Codec): Promise<Buffer> {
    if (this.#key !== keyFrame) {
      this.#key = keyFrame;
      this.#picture = decode(keyFrame, codec);
      this.#picture.catch(() => {
        if (this.#key === keyFrame) this.#key = null;
      });
    }
    return this.#picture;
  }
}

function decode(keyFrame: AccessUnit, codec: Codec): Promise<Buffer> {
  const child = spawn(
    'ffmpeg',
    [
      '-hide_banner',
      '-loglevel',
      'error',
      '-f',
      codec === 'h264' ? 'h264' : 'hevc',
      '-i',
      'pipe:0',
      '-frames:v',
      '1',
      '-vf',
      TO_JPEG,
      '-q:v',
      '4',
    ].concat(['-f', 'mjpeg', 'pipe:1']),
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  // ffmpeg may end before it has read everything; whether there is a picture is what counts.
  child.stdin.on('error', () => undefined);
  child.stdin.end(joinByteStream(keyFrame.units));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      const picture = Buffer.concat(parts);
      if (picture.length > 0) resolve(picture);
      else reject(new GlasshallError('snapshot-failed', 'ffmpeg made no picture of the recording'));
    });
  });
}

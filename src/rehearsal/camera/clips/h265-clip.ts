import { spawn } from 'node:child_process';
import { GlasshallError } from '../../../core/errors.js';
import type { Size } from '../../../core/geometry.js';
import type { AccessUnit } from '../../../rtsp/access-unit.js';
import { type NetworkUnit, splitByteStream } from '../../../rtsp/network-units.js';
import { type Clip, FRAMES_PER_SECOND } from './clip.js';

/** NAL unit types of ITU-T H.265, table 7-1, as far as a camera sends them. */
const VIDEO_PARAMETERS = 32;
const SEQUENCE_PARAMETERS = 33;
const PICTURE_PARAMETERS = 34;
const DELIMITER = 35;
const FIRST_KEY_SLICE = 16;

/** The type of a NAL unit of H.265 (7.3.1.2: six bits after the first). */
export function h265UnitType(unit: NetworkUnit): number {
  return ((unit[0] ?? 0) >> 1) & 0x3f;
}

/**
 * Encodes an H.264 byte stream again, as H.265 with key frames at the same places.
 * @throws GlasshallError `clip-encoding-failed`
 */
export async function transcodeToH265(from: string, to: string, gopFrames: number): Promise<void> {
  const keys = `keyint=${gopFrames}:min-keyint=${gopFrames}:scenecut=0:open-gop=0:bframes=0`;
  const child = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-y'],
      ...['-f', 'h264', '-framerate', String(FRAMES_PER_SECOND), '-i', from],
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '20'],
      ...['-x265-params', `${keys}:aud=1:repeat-headers=1:slices=1:log-level=error`, '-f', 'hevc', to],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new GlasshallError('clip-encoding-failed', `ffmpeg could not encode H.265: ${said.trim()}`, { text: said });
  }
}

/**
 * Reads an H.265 byte stream in which an access unit delimiter begins every picture.
 * @throws GlasshallError `clip-unreadable`
 */
export function parseH265Clip(name: string, size: Size, gopFrames: number, stream: Buffer): Clip {
  const pictures: NetworkUnit[][] = [];
  const sets = new Map<number, NetworkUnit>();
  for (const unit of splitByteStream(stream)) {
    const type = h265UnitType(unit);
    if (type === DELIMITER) pictures.push([]);
    else if (type < VIDEO_PARAMETERS) pictures.at(-1)?.push(unit);
    else if (!sets.has(type)) sets.set(type, unit);
  }
  const parameterSets = [VIDEO_PARAMETERS, SEQUENCE_PARAMETERS, PICTURE_PARAMETERS].map((type) => sets.get(type));
  const [videoParameters, sequenceParameters, pictureParameters] = parameterSets;
  if (videoParameters === undefined || sequenceParameters === undefined || pictureParameters === undefined) {
    throw new GlasshallError('clip-unreadable', `clip ${name}: no parameter sets`, { clip: name });
  }
  const accessUnits = pictures.map((slices, index): AccessUnit => {
    const [first] = slices;
    const isKeyFrame = first !== undefined && h265UnitType(first) >= FIRST_KEY_SLICE;
    if (first === undefined || isKeyFrame !== (index % gopFrames === 0)) {
      throw new GlasshallError('clip-unreadable', `clip ${name}: frame ${index} is not what it should be`, {
        clip: name,
      });
    }
    const sets = isKeyFrame ? [videoParameters, sequenceParameters, pictureParameters] : [];
    return { units: [...sets, ...slices], isKeyFrame };
  });
  return {
    name,
    codec: 'h265',
    ...size,
    gopFrames,
    videoParameters,
    sequenceParameters,
    pictureParameters: [pictureParameters],
    sliceFormat: null,
    accessUnits,
  };
}

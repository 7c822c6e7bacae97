import { existsSync, readdirSync } from 'node:fs';
import type { Logger } from '../../core/logger.js';
import { Redactor } from '../../core/secrets.js';
import { ffmpegArguments } from '../../ffmpeg/arguments.js';
import { FfmpegChild } from '../../ffmpeg/child.js';
import {
  deviceOptions,
  encoderFilters,
  encoderOptions,
  type EncoderSettings,
  RENDER_DEVICE,
} from './encoder-arguments.js';
import { type EncoderName, HARDWARE_ENCODERS } from './options.js';

const TRIAL_MS = 8_000;

/** Without such a device an encoder need not be tried. */
const HAS_DEVICE: Readonly<Record<(typeof HARDWARE_ENCODERS)[number], () => boolean>> = {
  h264_nvenc: () => existsSync('/dev/nvidia0') || existsSync('/dev/dxg'),
  h264_qsv: () => existsSync(RENDER_DEVICE),
  h264_vaapi: () => existsSync(RENDER_DEVICE),
  h264_v4l2m2m: () => readdirSync('/dev').some((name) => /^video\d/.test(name)),
};

/** The encoder that is wanted; for `auto` the first of the hardware encoders that encodes a picture here, otherwise libx264. */
export async function chooseEncoder(settings: Omit<EncoderSettings, 'encoder'>, log: Logger): Promise<EncoderName> {
  if (settings.encoding.encoder !== 'auto') return settings.encoding.encoder;
  for (const encoder of HARDWARE_ENCODERS) {
    if (HAS_DEVICE[encoder]() && (await works({ ...settings, encoder }, log))) return encoder;
  }
  return 'libx264';
}

/** Whether ffmpeg encodes one picture of that size with it. */
async function works(settings: EncoderSettings, log: Logger): Promise<boolean> {
  const { widthPx, heightPx } = settings.size;
  const picture = {
    options: [...deviceOptions(settings.encoder), '-f', 'lavfi'],
    source: `color=size=${widthPx}x${heightPx}:rate=${settings.framesPerSecond}`,
  };
  const nowhere = {
    videoFilters: encoderFilters(settings),
    options: [...encoderOptions(settings), '-frames:v', '1', '-f', 'null'],
    target: '-',
  };
  const child = await FfmpegChild.start({
    arguments: ffmpegArguments([picture], [nowhere]),
    urgent: false,
    log,
    redactor: new Redactor(),
  });
  if (child === null) return false;
  child.stdout?.resume();
  const deadline = setTimeout(() => void child.kill(), TRIAL_MS);
  const { code } = await child.exited;
  clearTimeout(deadline);
  return code === 0;
}

import { z } from 'zod';
import type { Size } from '../../core/geometry.js';

/** Encoders of H.264 that ffmpeg may have. `libx264` needs no special hardware. */
export const HARDWARE_ENCODERS = ['h264_nvenc', 'h264_qsv', 'h264_vaapi', 'h264_v4l2m2m'] as const;
export const ENCODERS = ['libx264', ...HARDWARE_ENCODERS] as const;
export type EncoderName = (typeof ENCODERS)[number];

/** What outputs have in common that send encoded pictures. */
export const encodingOptions = {
  encoder: z
    .enum(['auto', ...ENCODERS])
    .default('auto')
    .describe('auto: the first hardware encoder that works on this machine, otherwise libx264'),
  bitRateMbit: z
    .number()
    .min(0.1)
    .max(200)
    .optional()
    .describe('Mbit/s; without it 0.15 bit for every pixel of every frame, at least 1'),
  preset: z
    .enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium'])
    .default('veryfast')
    .describe('Of libx264: slower ones give a better picture at the same bit rate, for more CPU'),
};

/** How pictures are encoded, with defaults filled in. */
export type EncodingOptions = z.output<z.ZodObject<typeof encodingOptions>>;

/** Bits a second. */
export function bitRateOf(options: EncodingOptions, size: Size, framesPerSecond: number): number {
  const { bitRateMbit = Math.max(1, (size.widthPx * size.heightPx * framesPerSecond * 0.15) / 1e6) } = options;
  return Math.round(bitRateMbit * 1e6);
}

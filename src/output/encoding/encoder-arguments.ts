import type { FfmpegInput } from '../../ffmpeg/arguments.js';
import type { Size } from '../../core/geometry.js';
import { bitRateOf, type EncoderName, type EncodingOptions } from './options.js';

/** What is encoded, and how. */
export type EncoderSettings = {
  readonly size: Size;
  readonly framesPerSecond: number;
  readonly encoding: EncodingOptions;
  readonly encoder: EncoderName;
};

/** Pictures as the wall has them, on ffmpeg's standard input. */
export function pictureInput(size: Size, framesPerSecond: number): FfmpegInput {
  return {
    options: [
      ...['-probesize', '32', '-analyzeduration', '0'],
      ...['-f', 'rawvideo', '-pixel_format', 'rgb24'],
      ...['-video_size', `${size.widthPx}x${size.heightPx}`, '-framerate', String(framesPerSecond)],
    ],
    source: 'pipe:0',
  };
}

/**
 * RGB of full range to what players of H.264 expect: 4:2:0, BT.709, limited range. 4:2:0 has even sizes: a picture of odd width
 * or height gets one black column on the right, or row at the bottom.
 */
export function encoderFilters({ size, encoder }: EncoderSettings): string[] {
  const even = { widthPx: size.widthPx + (size.widthPx % 2), heightPx: size.heightPx + (size.heightPx % 2) };
  const isEven = even.widthPx === size.widthPx && even.heightPx === size.heightPx;
  return [
    ...(isEven ? [] : [`pad=${even.widthPx}:${even.heightPx}:0:0:black`]),
    'scale=in_range=pc:out_range=tv:out_color_matrix=bt709:flags=area+accurate_rnd+full_chroma_inp',
    ...(encoder === 'h264_vaapi' ? ['format=nv12', 'hwupload'] : [`format=${PIXEL_FORMATS[encoder]}`]),
  ];
}

/**
 * H.264 that simple players decode and switch to at once: Main profile, no B-frames, a closed group of pictures a second,
 * the same bit rate all the time. Colours are said in the stream.
 */
export function encoderOptions({ size, framesPerSecond, encoding, encoder }: EncoderSettings): string[] {
  const bitRate = bitRateOf(encoding, size, framesPerSecond);
  return [
    ...['-map', '0:v:0', '-an', '-fps_mode', 'passthrough'],
    ...['-c:v', encoder, ...OWN_OPTIONS[encoder](encoding)],
    ...['-profile:v', 'main', '-bf', '0', '-g', String(framesPerSecond), '-flags', '+cgop'],
    ...['-b:v', String(bitRate), '-maxrate', String(bitRate), '-bufsize', String(Math.round(bitRate / 2))],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
  ];
}

/** Options that stand before all others: the device on which an encoder works. */
export function deviceOptions(encoder: EncoderName): string[] {
  return encoder === 'h264_vaapi' ? ['-vaapi_device', RENDER_DEVICE] : [];
}

/** Where Linux has the first graphics processor. */
export const RENDER_DEVICE = '/dev/dri/renderD128';

const PIXEL_FORMATS = {
  libx264: 'yuv420p',
  h264_nvenc: 'yuv420p',
  h264_qsv: 'nv12',
  h264_v4l2m2m: 'yuv420p',
} as const;

const OWN_OPTIONS: Readonly<Record<EncoderName, (encoding: EncodingOptions) => readonly string[]>> = {
  // Slices are encoded side by side: more threads than these would cost picture, and the wall its processors.
  libx264: ({ preset }) => [
    ...['-preset', preset, '-tune', 'zerolatency', '-threads', '2'],
    ...['-sc_threshold', '0', '-forced-idr', '1'],
  ],
  h264_nvenc: () => ['-preset', 'p3', '-tune', 'ull', '-rc', 'cbr', '-no-scenecut', '1', '-forced-idr', '1'],
  h264_qsv: () => ['-preset', 'veryfast', '-async_depth', '1', '-forced_idr', '1'],
  h264_vaapi: () => ['-rc_mode', 'CBR', '-async_depth', '1', '-idr_interval', '0'],
  h264_v4l2m2m: () => [],
};

import type { Fit, Size } from '../../core/geometry.js';
import { ffmpegArguments } from '../../ffmpeg/arguments.js';
import type { StreamInformation } from '../ingest/stream-information.js';

/**
 * Puts one whole picture in the place of two fields, before anything is scaled: later the rows of both are mixed. Pictures
 * that were taken whole pass. It waits for the picture that follows. Cheaper than yadif here.
 */
const DEINTERLACER = 'bwdif=mode=send_frame:deint=interlaced';

/** How to decode a stream into a cell: from its key picture on and every picture, unless said otherwise. */
export type Decoding = {
  /** So many pictures at the beginning are decoded, because later ones build on them, but neither scaled nor given out. */
  readonly skippedPictures: number;
  /**
   * Whether pictures are given out that were not begun at a key picture and are damaged until every part of them has been
   * refreshed: of streams whose key pictures never come.
   */
  readonly givesDamaged: boolean;
  /** A picture that comes earlier than so long after the last one given out is decoded and not given out; 0: all are. */
  readonly leastIntervalMs: number;
};

/** Where times say nothing (they stand still), a picture is given out after so many all the same. */
const MOST_LEFT_OUT = 25;

/**
 * Decodes fragments from stdin and writes raw RGB pictures of exactly the cell's size to stdout.
 *
 * Never `-fflags nobuffer`: it throws away what was read while probing, i.e. the key picture. One thread on both sides:
 * every thread more holds one picture back, in the decoder as in the "encoder" of raw pictures. The rate is not probed: that
 * would take twenty pictures before the first is given out.
 */
export function decodeArguments(
  cell: Size,
  fit: Fit,
  stream: StreamInformation,
  { skippedPictures = 0, givesDamaged = false, leastIntervalMs = 0 }: Partial<Decoding> = {},
): string[] {
  const inputOptions = [
    ...['-probesize', '50000', '-analyzeduration', '0', '-fpsprobesize', '0'],
    ...['-flags', givesDamaged ? 'low_delay+output_corrupt' : 'low_delay', '-threads', '1'],
    // The H.264 decoder keeps this only where the stream does not say otherwise.
    ...(stream.family === 'h264' ? ['-colorspace', untaggedMatrix(stream)] : []),
    ...['-f', 'mp4'],
  ];
  const outputOptions = [
    ...['-map', '0:v:0', '-fps_mode', 'passthrough', '-threads', '1'],
    ...['-pix_fmt', 'rgb24', '-f', 'rawvideo'],
  ];
  const videoFilters = [
    ...(skippedPictures > 0 ? [`select='gte(n,${skippedPictures})'`] : []),
    ...(stream.isInterlaced ? [DEINTERLACER] : []),
    ...(leastIntervalMs > 0 ? [selectEvery(leastIntervalMs)] : []),
    ...decodeFilters(cell, fit, stream),
  ];
  return ffmpegArguments(
    [{ options: inputOptions, source: 'pipe:0' }],
    [{ videoFilters, options: outputOptions, target: 'pipe:1' }],
  );
}

/**
 * Crop or pad, and scale. Sizes are expressions of the picture that arrives, so that a camera that changes its resolution
 * in the middle still fills its cell; `sar` makes up for pixels that are not square.
 */
export function decodeFilters(cell: Size, fit: Fit, stream: StreamInformation): string[] {
  const { widthPx, heightPx } = cell;
  const enlarges = fit === 'cover' ? isSmallerInOne(stream, cell) : isSmallerInBoth(stream, cell);
  const scaling = [`flags=${enlarges ? 'bicubic' : 'area'}`, ...inputMatrix(stream)].join(':');
  const shape = `${widthPx}/${heightPx}`;
  if (fit === 'cover') {
    // Shrinking first and then converting the few pixels that are left saves a sixth of a decoder's CPU (1080p, 5.1.9).
    // Colour resolution is halved by it, so it must have been at least that of the cell before, and the cell's sides even.
    const isShrunkFirst = !enlarges && widthPx % 2 === 0 && heightPx % 2 === 0;
    return [
      `crop=w='min(iw,ih*${shape}/sar)':h='min(ih,iw*sar/(${shape}))'`,
      `scale=w=${widthPx}:h=${heightPx}:${scaling}`,
      ...(isShrunkFirst ? ['format=yuv420p', `scale=${inputMatrix(stream).join(':')}`.replace(/=$/, '')] : []),
      'format=rgb24',
    ];
  }
  return [
    `scale=w='max(1,round(min(${widthPx},${heightPx}*dar)))':h='max(1,round(min(${heightPx},${widthPx}/dar)))':${scaling}`,
    'format=rgb24',
    `pad=w=${widthPx}:h=${heightPx}:x=-1:y=-1:color=black`,
  ];
}

/** By the times of the pictures: a camera that slows down at night is then thinned out no more. */
function selectEvery(leastIntervalMs: number): string {
  const isDue = `gte(abs(t-prev_selected_t),${leastIntervalMs / 1_000})`;
  return `select='isnan(prev_selected_t)+${isDue}+gte(n-prev_selected_n,${MOST_LEFT_OUT})'`;
}

/** What a stream without a tag is taken for: BT.709 for high definition, BT.601 below. */
function untaggedMatrix(stream: Size): 'bt709' | 'smpte170m' {
  return stream.heightPx >= 720 ? 'bt709' : 'smpte170m';
}

/** For decoders that forget a default; where the stream is tagged, the picture carries its matrix with it. */
function inputMatrix(stream: StreamInformation): string[] {
  const isTagged = stream.colour !== null && stream.colour.matrix !== 2;
  return stream.family === 'h265' && !isTagged ? [`in_color_matrix=${untaggedMatrix(stream)}`] : [];
}

function isSmallerInOne(a: Size, b: Size): boolean {
  return a.widthPx < b.widthPx || a.heightPx < b.heightPx;
}

function isSmallerInBoth(a: Size, b: Size): boolean {
  return a.widthPx < b.widthPx && a.heightPx < b.heightPx;
}

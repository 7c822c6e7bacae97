import { spawn } from 'node:child_process';
import { GlasshallError } from '../../../core/errors.js';
import type { Size } from '../../../core/geometry.js';
import { FRAMES_PER_SECOND } from './clip.js';

/** One encoding of the frames that are put in. */
export type EncodedStream = {
  readonly size: Size;
  readonly path: string;
  readonly bitsPerSecond: number;
};

/** How frames become H.264. */
export type EncoderOptions = {
  readonly size: Size;
  readonly gopFrames: number;
  /** Strength of the sensor noise, 0 (none) to 100. */
  readonly noise: number;
  /** libx264 preset. */
  readonly preset: string;
  /** Constant quality instead of a bit rate, for pictures whose colours are measured. */
  readonly constantQuality?: number;
  readonly streams: readonly EncodedStream[];
};

const STDERR_LIMIT_BYTES = 4_000;

/**
 * Encodes RGB frames into one or several H.264 byte streams the way cameras do: no B-frames, a key frame every `gopFrames`
 * and never in between, BT.709 in limited range and marked so, parameter sets before every key frame, delimiters.
 */
export class ClipEncoder {
  readonly #child;
  readonly #closed: Promise<number | null>;
  #errorText = '';

  constructor(options: EncoderOptions) {
    this.#child = spawn('ffmpeg', encoderArguments(options), { stdio: ['pipe', 'ignore', 'pipe'] });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errorText = (this.#errorText + text).slice(-STDERR_LIMIT_BYTES);
    });
    // A pipe that breaks shows as an exit code, with better words.
    this.#child.stdin.on('error', () => undefined);
    this.#closed = new Promise((resolve) => {
      this.#child.once('error', (failure) => {
        this.#errorText = failure.message;
        resolve(null);
      });
      this.#child.once('close', (code) => resolve(code));
    });
  }

  /** Puts in one frame, RGB, 8 bits each. Resolves when the next one is welcome; the bytes must not change until then. */
  async write(frame: Uint8Array): Promise<void> {
    if (this.#child.exitCode !== null || !this.#child.stdin.writable) throw await this.#failure();
    await Promise.race([new Promise<void>((resolve) => this.#child.stdin.write(frame, () => resolve())), this.#closed]);
  }

  /** No more frames. Resolves when everything is written. @throws GlasshallError `clip-encoding-failed` */
  async finish(): Promise<void> {
    this.#child.stdin.end();
    if ((await this.#closed) !== 0) throw await this.#failure();
  }

  /** Ends the encoder, whatever it is doing. */
  async abort(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.pid !== undefined) {
      this.#child.kill('SIGKILL');
      await this.#closed;
    }
  }

  async #failure(): Promise<GlasshallError> {
    await this.#closed;
    const text = this.#errorText.trim();
    return new GlasshallError('clip-encoding-failed', `ffmpeg could not encode a rehearsal clip: ${text}`, { text });
  }
}

/** Pixels of any size to one size and to BT.709 in limited range. */
function encoderArguments(options: EncoderOptions): string[] {
  const { widthPx, heightPx } = options.size;
  const noise = options.noise > 0 ? `,noise=alls=${options.noise}:allf=t` : '';
  const labels = options.streams.map((_, index) => `[s${index}]`);
  const scaled = options.streams.map(({ size }, index) =>
    size.widthPx === widthPx && size.heightPx === heightPx
      ? `[s${index}]null[o${index}]`
      : `[s${index}]scale=${size.widthPx}:${size.heightPx}:flags=area[o${index}]`,
  );
  const graph = [
    `[0:v]scale=out_color_matrix=bt709:out_range=tv:flags=area+accurate_rnd+full_chroma_int,format=yuv420p${noise},` +
      `split=${labels.length}${labels.join('')}`,
    ...scaled,
  ].join(';');
  const outputs = options.streams.flatMap(({ path, bitsPerSecond }, index) => [
    ...['-map', `[o${index}]`, '-c:v', 'libx264', '-preset', options.preset, '-profile:v', 'high', '-bf', '0'],
    ...['-g', String(options.gopFrames), '-keyint_min', String(options.gopFrames), '-sc_threshold', '0'],
    ...(options.constantQuality === undefined
      ? ['-b:v', String(bitsPerSecond), '-maxrate', String(bitsPerSecond), '-bufsize', String(bitsPerSecond * 2)]
      : ['-crf', String(options.constantQuality)]),
    ...['-x264-params', 'aud=1:repeat-headers=1:open-gop=0'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-f', 'h264', path],
  ]);
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', '-threads', '2'],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${widthPx}x${heightPx}`, '-r', String(FRAMES_PER_SECOND)],
    ...['-i', 'pipe:0', '-filter_complex', graph, ...outputs],
  ];
}

import { execFile } from 'node:child_process';
import type { Size } from '../../src/core/geometry.js';
import { silentLogger } from '../../src/core/logger.js';
import { outputOptions } from '../../src/output/options.js';
import type { CanvasFrame, OutputDriver, Reachability } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { eventually } from '../eventually.js';

export const FRAMES_PER_SECOND = 25;
export const WALL: Size = { widthPx: 480, heightPx: 270 };

/** The colours of the patches, RGB. */
export const COLOURS = [
  [255, 255, 255],
  [235, 16, 16],
  [16, 235, 16],
  [16, 16, 235],
  [180, 180, 20],
  [90, 90, 90],
  [20, 140, 160],
  [0, 0, 0],
] as const;
const BITS = 16;

/** Patches of colour above, the tick in black and white below: an encoder leaves both readable. */
export function card(size: Size, tick: number): CanvasFrame {
  const { widthPx, heightPx } = size;
  const row = (colourAt: (x: number) => readonly number[]): Uint8Array =>
    Uint8Array.from(Array.from({ length: widthPx }, (_, x) => colourAt(x)).flat());
  const above = row((x) => COLOURS[Math.floor((x * COLOURS.length) / widthPx)] ?? [0, 0, 0]);
  const below = row((x) => ((tick >> Math.floor((x * BITS) / widthPx)) & 1 ? [255, 255, 255] : [0, 0, 0]));
  const pixels = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y += 1) pixels.set(y < heightPx / 2 ? above : below, y * widthPx * 3);
  return { ...size, tick, pixels };
}

/** What a picture shows: the colour in the middle of each patch, and the tick. */
export function readCard(pixels: Uint8Array, size: Size): { readonly colours: number[][]; readonly tick: number } {
  const at = (x: number, y: number): number => (Math.floor(y) * size.widthPx + Math.floor(x)) * 3;
  const colours = COLOURS.map((_, index) => {
    const from = at(((index + 0.5) * size.widthPx) / COLOURS.length, size.heightPx / 4);
    return [...pixels.subarray(from, from + 3)];
  });
  let tick = 0;
  for (let bit = 0; bit < BITS; bit += 1) {
    const value = pixels[at(((bit + 0.5) * size.widthPx) / BITS, (size.heightPx * 3) / 4)] ?? 0;
    if (value > 127) tick |= 1 << bit;
  }
  return { colours, tick };
}

/** The largest difference of any colour from what was shown. */
export function worstColour(colours: readonly (readonly number[])[]): number {
  return Math.max(
    ...colours.flatMap((colour, index) =>
      colour.map((value, part) => Math.abs(value - (COLOURS[index]?.[part] ?? -999))),
    ),
  );
}

/** An output that is fed the card at the wall's rate, as the sender does it, until it is closed. */
export class FedOutput {
  readonly driver: OutputDriver;
  tick = 0;
  /** Of the latest frame that it was given: one that is busy is given none. */
  givenTick = 0;
  dropped = 0;
  readonly #size: Size;
  #timer: NodeJS.Timeout | null = null;

  private constructor(driver: OutputDriver, size: Size) {
    this.driver = driver;
    this.#size = size;
  }

  static async start(options: object, size: Size = WALL): Promise<FedOutput> {
    const parsed = outputOptions.parse({ id: 'screen', ...options });
    const driver = createOutput(parsed, { wall: size, framesPerSecond: FRAMES_PER_SECOND, log: silentLogger });
    const fed = new FedOutput(driver, size);
    await driver.start();
    fed.#run();
    return fed;
  }

  /** Stops giving frames. */
  stall(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  async reaches(state: Reachability['state'], reason?: string | null): Promise<void> {
    await eventually(
      async () => {
        const known = await this.driver.probe(AbortSignal.timeout(200));
        if (known.state !== state || (reason !== undefined && known.reason !== reason)) {
          throw new Error(`${known.state}, ${known.reason ?? 'no reason'}`);
        }
      },
      { timeout: 40_000 },
    );
  }

  async close(): Promise<void> {
    this.stall();
    await this.driver.close();
  }

  #run(): void {
    const beganAtMs = performance.now();
    this.#timer = setInterval(() => {
      // By the clock: the interval itself drifts.
      while (((this.tick + 1) * 1_000) / FRAMES_PER_SECOND <= performance.now() - beganAtMs) {
        this.tick += 1;
        if (this.driver.isBusy?.() === true) {
          this.dropped += 1;
          continue;
        }
        this.givenTick = this.tick;
        this.driver.send(0, this.driver.prepare(card(this.#size, this.tick)));
      }
    }, 4);
  }
}

/** Runs a program to its end. */
export function run(program: string, given: readonly string[]): Promise<{ output: Buffer; errors: string }> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      given,
      { encoding: 'buffer', maxBuffer: 512 * 1024 * 1024, timeout: 60_000 },
      (failure, stdout, stderr) => {
        const errors = stderr.toString('utf8');
        if (failure !== null) reject(new Error(`${program}: ${failure.message}\n${errors.slice(-2_000)}`));
        else resolve({ output: stdout, errors });
      },
    );
  });
}

/** ffmpeg decodes pictures from somewhere. */
export async function decode(input: readonly string[], count: number, size: Size = WALL): Promise<Buffer[]> {
  const { output } = await run('ffmpeg', [
    ...['-nostdin', '-loglevel', 'error', ...input, '-frames:v', String(count), '-fps_mode', 'passthrough'],
    ...['-vf', 'scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd+full_chroma_int', '-pix_fmt', 'rgb24'],
    ...['-f', 'rawvideo', 'pipe:1'],
  ]);
  const bytes = size.widthPx * size.heightPx * 3;
  return Array.from({ length: Math.floor(output.length / bytes) }, (_, index) =>
    output.subarray(index * bytes, (index + 1) * bytes),
  );
}

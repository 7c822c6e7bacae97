import type { Size } from '../../../core/geometry.js';
import type { ColourOrder } from './options.js';
import {
  BRIGHTNESS_BYTES,
  DISPLAY_BYTES,
  MAX_ROW_PIXELS,
  ROW_HEADER_BYTES,
  writeDisplay,
  writeFullBrightness,
  writeRowHeader,
} from './packet.js';
import { PREFIX_BYTES, writePrefix } from './raw-ethernet/record.js';

/** How a frame is laid out. */
export type FrameShape = {
  readonly size: Size;
  readonly brightness: number;
  readonly colourOrder: ColourOrder;
  readonly gapMs: number;
};

/** Where the pixels of one packet stand in the picture and in the buffer. */
type RowPlan = { readonly sourceAt: number; readonly targetAt: number; readonly pixelCount: number };

/**
 * The packets of one frame as records, in one buffer that is kept: brightness twice, the rows from top to bottom, display twice.
 * Cards of old firmware are sent everything but the first and the last of them.
 */
export class FrameBuffer {
  readonly #bytes: Buffer;
  readonly #rows: RowPlan[] = [];
  readonly #order: readonly [number, number, number];
  readonly #once: readonly Buffer[];
  readonly #twice: readonly Buffer[];

  constructor({ size, brightness, colourOrder, gapMs }: FrameShape) {
    const { widthPx, heightPx } = size;
    const packetsPerRow = Math.ceil(widthPx / MAX_ROW_PIXELS);
    const rowBytes = packetsPerRow * (PREFIX_BYTES + ROW_HEADER_BYTES) + widthPx * 3;
    const brightnessBytes = PREFIX_BYTES + BRIGHTNESS_BYTES;
    const displayBytes = PREFIX_BYTES + DISPLAY_BYTES;
    this.#bytes = Buffer.alloc(2 * brightnessBytes + heightPx * rowBytes + 2 * displayBytes);
    const [first = 'b', second = 'g', third = 'r'] = colourOrder;
    this.#order = ['rgb'.indexOf(first), 'rgb'.indexOf(second), 'rgb'.indexOf(third)];

    for (let copy = 0; copy < 2; copy += 1) {
      writePrefix(this.#bytes, copy * brightnessBytes, { length: BRIGHTNESS_BYTES, role: 'part' });
      writeFullBrightness(this.#bytes, copy * brightnessBytes + PREFIX_BYTES);
    }
    let at = 2 * brightnessBytes;
    const rows: Buffer[] = [];
    for (let row = 0; row < heightPx; row += 1) {
      for (let firstPixel = 0; firstPixel < widthPx; firstPixel += MAX_ROW_PIXELS) {
        const pixelCount = Math.min(MAX_ROW_PIXELS, widthPx - firstPixel);
        const length = ROW_HEADER_BYTES + pixelCount * 3;
        writePrefix(this.#bytes, at, { length, role: 'part' });
        writeRowHeader(this.#bytes, at + PREFIX_BYTES, { row, firstPixel, pixelCount });
        const targetAt = at + PREFIX_BYTES + ROW_HEADER_BYTES;
        this.#rows.push({ sourceAt: (row * widthPx + firstPixel) * 3, targetAt, pixelCount });
        rows.push(this.#bytes.subarray(at, at + PREFIX_BYTES + length));
        at += PREFIX_BYTES + length;
      }
    }
    for (let copy = 0; copy < 2; copy += 1) {
      const to = at + copy * displayBytes;
      writePrefix(this.#bytes, to, { length: DISPLAY_BYTES, role: 'shows', pauseMs: copy === 0 ? gapMs : 0 });
      writeDisplay(this.#bytes, to + PREFIX_BYTES, brightness);
    }
    this.#once = [
      this.#bytes.subarray(brightnessBytes, 2 * brightnessBytes),
      ...rows,
      this.#bytes.subarray(at, at + displayBytes),
    ];
    this.#twice = [this.#bytes.subarray(0, 2 * brightnessBytes), ...rows, this.#bytes.subarray(at)];
  }

  /** The parts of a frame: brightness, every packet of a row, display. @param twice whether the first and the last are doubled */
  parts(twice: boolean): readonly Buffer[] {
    return twice ? this.#twice : this.#once;
  }

  /** Lays a picture of RGB pixels into the packets. */
  fill(picture: Uint8Array): void {
    const bytes = this.#bytes;
    const [first, second, third] = this.#order;
    for (const { sourceAt, targetAt, pixelCount } of this.#rows) {
      const end = targetAt + pixelCount * 3;
      let from = sourceAt;
      for (let to = targetAt; to < end; to += 3) {
        bytes[to] = picture[from + first] ?? 0;
        bytes[to + 1] = picture[from + second] ?? 0;
        bytes[to + 2] = picture[from + third] ?? 0;
        from += 3;
      }
    }
  }

  /** Makes every pixel black. */
  clear(): void {
    for (const { targetAt, pixelCount } of this.#rows) this.#bytes.fill(0, targetAt, targetAt + pixelCount * 3);
  }

  /** All parts from `from` to `to` as they stand in the buffer: they are neighbours. */
  range(parts: readonly Buffer[], from: number, to: number): Buffer | null {
    const [first, last] = [parts[from], parts[to - 1]];
    if (first === undefined || last === undefined) return null;
    const start = first.byteOffset - this.#bytes.byteOffset;
    return this.#bytes.subarray(start, last.byteOffset - this.#bytes.byteOffset + last.length);
  }
}

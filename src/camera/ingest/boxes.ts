/** One box of an ISO base media file (ISO/IEC 14496-12, 4.2): `payload` is what follows its header. */
export type Box = { readonly type: string; readonly payload: Buffer };

const HEADER_BYTES = 8;

/**
 * The boxes inside a payload, in order. Stops at the first that does not fit: what a hostile or broken file claims beyond
 * its end is ignored.
 */
export function* boxesIn(payload: Buffer): Generator<Box> {
  let offset = 0;
  while (offset + HEADER_BYTES <= payload.length) {
    const size = payload.readUInt32BE(offset);
    if (size < HEADER_BYTES || offset + size > payload.length) return;
    yield {
      type: payload.toString('latin1', offset + 4, offset + 8),
      payload: payload.subarray(offset + HEADER_BYTES, offset + size),
    };
    offset += size;
  }
}

/** The first box on a path of types below a payload, or null. */
export function findBox(payload: Buffer, ...path: readonly string[]): Buffer | null {
  let inside = payload;
  for (const type of path) {
    let found: Buffer | null = null;
    for (const box of boxesIn(inside)) {
      if (box.type === type) {
        found = box.payload;
        break;
      }
    }
    if (found === null) return null;
    inside = found;
  }
  return inside;
}

/** A whole box as it was read, header included. */
export type WholeBox = { readonly type: string; readonly bytes: Buffer };

/**
 * Cuts a stream of bytes into its top-level boxes, each in a buffer of its own (so that a kept box does not hold on to
 * the larger chunk it came in).
 */
export class BoxReader {
  readonly #maximumBoxBytes: number;
  readonly #onBox: (box: WholeBox) => void;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerFilled = 0;
  #box: Buffer | null = null;
  #boxFilled = 0;

  constructor(maximumBoxBytes: number, onBox: (box: WholeBox) => void) {
    this.#maximumBoxBytes = maximumBoxBytes;
    this.#onBox = onBox;
  }

  /** @throws RangeError when a box claims a size below its header or above the cap: the stream is not what it should be */
  push(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#box === null) {
        const taken = chunk.copy(this.#header, this.#headerFilled, offset, offset + HEADER_BYTES - this.#headerFilled);
        this.#headerFilled += taken;
        offset += taken;
        if (this.#headerFilled < HEADER_BYTES) return;
        this.#box = this.#open();
      }
      const taken = chunk.copy(this.#box, this.#boxFilled, offset);
      this.#boxFilled += taken;
      offset += taken;
      if (this.#boxFilled === this.#box.length) {
        const bytes = this.#box;
        this.#box = null;
        this.#onBox({ type: bytes.toString('latin1', 4, 8), bytes });
      }
    }
  }

  #open(): Buffer {
    const size = this.#header.readUInt32BE(0);
    if (size < HEADER_BYTES || size > this.#maximumBoxBytes) throw new RangeError(`a box of ${size} bytes`);
    const box = Buffer.allocUnsafeSlow(size);
    this.#header.copy(box);
    this.#headerFilled = 0;
    this.#boxFilled = HEADER_BYTES;
    return box;
  }
}

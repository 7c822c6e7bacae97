import { isInside, type Rectangle, type Size } from '../core/geometry.js';
import { GlasshallError } from '../core/errors.js';

/** @throws GlasshallError `area-off-wall` when an output's part of the wall does not lie on it */
export function checkArea(area: Rectangle, wall: Size, output: string): void {
  if (isInside(area, wall)) return;
  throw new GlasshallError(
    'area-off-wall',
    `output ${output}: its area ${area.x},${area.y} ${area.widthPx}×${area.heightPx} does not lie on the wall of ${wall.widthPx}×${wall.heightPx}`,
    { output, ...wall },
  );
}

/** How the bytes of an area are laid into packets that stand one behind the other in one buffer. */
export type PacketShape = {
  /** Bytes before the payload of every packet. */
  readonly headerBytes: number;
  /** Payload of every packet but the last. */
  readonly payloadBytes: number;
};

/**
 * Gathers the rows of a part of the wall into packets. The copies are planned once, and the views they read through are
 * made once for each buffer that the canvas comes in, so that gathering allocates nothing.
 */
export class AreaGather {
  /** Bytes of the area: three per pixel. */
  readonly areaBytes: number;
  readonly packetCount: number;
  readonly #sourceOffsets: number[] = [];
  readonly #targetOffsets: number[] = [];
  readonly #lengths: number[] = [];
  readonly #views = new WeakMap<Uint8Array, readonly Uint8Array[]>();

  constructor(wall: Size, area: Rectangle, shape: PacketShape) {
    const { headerBytes, payloadBytes } = shape;
    this.areaBytes = area.widthPx * area.heightPx * 3;
    this.packetCount = Math.ceil(this.areaBytes / payloadBytes);
    const isWholeRows = area.widthPx === wall.widthPx;
    const rowBytes = isWholeRows ? this.areaBytes : area.widthPx * 3;
    const firstByte = (area.y * wall.widthPx + area.x) * 3;
    for (let done = 0; done < this.areaBytes;) {
      const row = Math.floor(done / rowBytes);
      const packet = Math.floor(done / payloadBytes);
      const length = Math.min((row + 1) * rowBytes, (packet + 1) * payloadBytes) - done;
      this.#sourceOffsets.push(firstByte + row * wall.widthPx * 3 + (done - row * rowBytes));
      this.#targetOffsets.push(packet * (headerBytes + payloadBytes) + headerBytes + (done - packet * payloadBytes));
      this.#lengths.push(length);
      done += length;
    }
  }

  /** Payload bytes of the given packet. */
  payloadOf(packet: number, shape: PacketShape): number {
    return Math.min(shape.payloadBytes, this.areaBytes - packet * shape.payloadBytes);
  }

  /** Copies the area of a canvas into the packets. */
  copy(canvas: Uint8Array, packets: Uint8Array): void {
    const views = this.#viewsOf(canvas);
    for (let index = 0; index < views.length; index += 1) {
      const view = views[index];
      const target = this.#targetOffsets[index];
      if (view !== undefined && target !== undefined) packets.set(view, target);
    }
  }

  #viewsOf(canvas: Uint8Array): readonly Uint8Array[] {
    const known = this.#views.get(canvas);
    if (known !== undefined) return known;
    const views = this.#sourceOffsets.map((from, index) => canvas.subarray(from, from + (this.#lengths[index] ?? 0)));
    this.#views.set(canvas, views);
    return views;
  }
}

/**
 * The binary messages of the `/pictures` WebSocket: this header, then one JPEG. Shared with the page: pure, without Node.
 *
 * | bytes | what |
 * |---|---|
 * | 0 | version of this layout, 1 |
 * | 1 | index of the view in the list of the client's `subscribe` message |
 * | 2–3 | which `subscribe` message that was: 1 for the first of the connection, counting on modulo 65,536 |
 * | 4–7 | sequence number, rising over all views of the connection; the client returns it as `{"painted": sequence}` |
 * | 8–15 | wall tick of the picture, IEEE 754 double |
 * | 16–23 | time of the picture in epoch milliseconds, IEEE 754 double |
 * | 24–25, 26–27 | width and height in pixels |
 *
 * Numbers are big-endian, integers unsigned.
 */
export const FRAME_HEADER_BYTES = 28;

/** The version that this build writes and understands. */
export const FRAME_HEADER_VERSION = 1;

/** What a picture message says besides the picture. */
export type FrameHeader = {
  readonly viewIndex: number;
  readonly subscription: number;
  readonly sequence: number;
  readonly tick: number;
  readonly timeMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
};

/** Writes the header into the first 28 bytes of a message. */
export function writeFrameHeader(message: Uint8Array, header: FrameHeader): void {
  const view = new DataView(message.buffer, message.byteOffset, FRAME_HEADER_BYTES);
  view.setUint8(0, FRAME_HEADER_VERSION);
  view.setUint8(1, header.viewIndex);
  view.setUint16(2, header.subscription);
  view.setUint32(4, header.sequence);
  view.setFloat64(8, header.tick);
  view.setFloat64(16, header.timeMs);
  view.setUint16(24, header.widthPx);
  view.setUint16(26, header.heightPx);
}

/** Reads the header of a message; null when it is shorter than a header or of another version. */
export function readFrameHeader(message: Uint8Array): FrameHeader | null {
  if (message.byteLength < FRAME_HEADER_BYTES) return null;
  const view = new DataView(message.buffer, message.byteOffset, FRAME_HEADER_BYTES);
  if (view.getUint8(0) !== FRAME_HEADER_VERSION) return null;
  return {
    viewIndex: view.getUint8(1),
    subscription: view.getUint16(2),
    sequence: view.getUint32(4),
    tick: view.getFloat64(8),
    timeMs: view.getFloat64(16),
    widthPx: view.getUint16(24),
    heightPx: view.getUint16(26),
  };
}

/**
 * One latched picture on its way from the simulated screen to the page that draws it, as one binary WebSocket message.
 * Written by the screen, read by the page; both use this file. All numbers are big-endian.
 *
 * | bytes | what |
 * |---|---|
 * | 0–3 | `GLS1` |
 * | 4–7 | frame number: pictures latched so far, 0 before the first (unsigned) |
 * | 8–9, 10–11 | width, height in pixels (unsigned) |
 * | 12–15 | packets lost on the way to the screen so far, by sequence number (unsigned) |
 * | 16–23 | when it was latched, epoch milliseconds (double) |
 * | 24–31 | the same on the machine's monotonic clock, milliseconds (double) |
 * | 32–39 | its age when the message was made, milliseconds, −1 before the first (double) |
 * | 40–47 | when its first packet arrived, epoch milliseconds, 0 before the first (double) |
 * | 48– | RGB, 8 bits each, row by row: width × height × 3 bytes |
 */
export type FrameHeader = {
  readonly frameNumber: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly lostPackets: number;
  readonly latchedAtEpochMs: number;
  readonly latchedAtMonotonicMs: number;
  readonly ageMs: number;
  readonly begunAtEpochMs: number;
};

/** Where the pixels begin. */
export const FRAME_HEADER_BYTES = 48;

const MAGIC = 0x474c5331;

/** Writes the header into the first bytes of a message. */
export function writeFrameHeader(message: Uint8Array, header: FrameHeader): void {
  const view = new DataView(message.buffer, message.byteOffset, FRAME_HEADER_BYTES);
  view.setUint32(0, MAGIC);
  view.setUint32(4, header.frameNumber);
  view.setUint16(8, header.widthPx);
  view.setUint16(10, header.heightPx);
  view.setUint32(12, header.lostPackets);
  view.setFloat64(16, header.latchedAtEpochMs);
  view.setFloat64(24, header.latchedAtMonotonicMs);
  view.setFloat64(32, header.ageMs);
  view.setFloat64(40, header.begunAtEpochMs);
}

/** Reads a message's header; null when the message is not a picture, or not a whole one. */
export function readFrameHeader(message: Uint8Array): FrameHeader | null {
  if (message.byteLength < FRAME_HEADER_BYTES) return null;
  const view = new DataView(message.buffer, message.byteOffset, FRAME_HEADER_BYTES);
  const header: FrameHeader = {
    frameNumber: view.getUint32(4),
    widthPx: view.getUint16(8),
    heightPx: view.getUint16(10),
    lostPackets: view.getUint32(12),
    latchedAtEpochMs: view.getFloat64(16),
    latchedAtMonotonicMs: view.getFloat64(24),
    ageMs: view.getFloat64(32),
    begunAtEpochMs: view.getFloat64(40),
  };
  const whole = message.byteLength === FRAME_HEADER_BYTES + header.widthPx * header.heightPx * 3;
  return view.getUint32(0) === MAGIC && whole ? header : null;
}

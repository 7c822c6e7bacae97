/**
 * The binary messages of a live view on the `/pictures` WebSocket: this header, then bytes of fragmented MP4 as the camera's
 * stream has them. Shared with the page: pure, without Node.
 *
 * | bytes | what |
 * |---|---|
 * | 0 | version of this layout, 2 (1 is a JPEG, see `frame-header.ts`) |
 * | 1 | index of the camera in the list of the client's `live` message |
 * | 2–3 | which `live` message that was: 1 for the first of the connection, counting on modulo 65,536 |
 * | 4–7 | sequence number, rising over all live messages of the connection; the client returns it as `{"received": sequence}` |
 * | 8 | 0: initialisation segment, 1: a key picture, 2: another picture |
 * | 9–15 | 0 |
 * | 16–23 | when it came from the camera, epoch milliseconds, IEEE 754 double |
 * | 24–31 | its decoding time on the stream's own clock, seconds, IEEE 754 double; 0 of an initialisation segment |
 *
 * Numbers are big-endian, integers unsigned.
 */
export const LIVE_HEADER_BYTES = 32;

const VERSION = 2;
const KINDS = ['initialisation', 'key', 'picture'] as const;

/** What a live message says besides its bytes. */
export type LiveHeader = {
  readonly index: number;
  readonly subscription: number;
  readonly sequence: number;
  readonly kind: (typeof KINDS)[number];
  readonly timeMs: number;
  readonly mediaSeconds: number;
};

/** Writes the header into the first 32 bytes of a message. */
export function writeLiveHeader(message: Uint8Array, header: LiveHeader): void {
  const { index, subscription, sequence, kind, timeMs, mediaSeconds } = header;
  message.fill(0, 0, LIVE_HEADER_BYTES);
  const view = new DataView(message.buffer, message.byteOffset, LIVE_HEADER_BYTES);
  view.setUint8(0, VERSION);
  view.setUint8(1, index);
  view.setUint16(2, subscription);
  view.setUint32(4, sequence);
  view.setUint8(8, KINDS.indexOf(kind));
  view.setFloat64(16, timeMs);
  view.setFloat64(24, mediaSeconds);
}

/** Reads the header of a message; null when it is not one of a live view, or cut short. */
export function readLiveHeader(message: Uint8Array): LiveHeader | null {
  if (message.byteLength < LIVE_HEADER_BYTES) return null;
  const view = new DataView(message.buffer, message.byteOffset, LIVE_HEADER_BYTES);
  const kind = KINDS[view.getUint8(8)];
  if (view.getUint8(0) !== VERSION || kind === undefined) return null;
  return {
    index: view.getUint8(1),
    subscription: view.getUint16(2),
    sequence: view.getUint32(4),
    kind,
    timeMs: view.getFloat64(16),
    mediaSeconds: view.getFloat64(24),
  };
}

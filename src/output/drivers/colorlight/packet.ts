/**
 * Ethernet frames of Colorlight receiving cards. The maker publishes nothing; this is what open senders agree on: FPP
 * (ColorLight-5a-75.cpp, ColorLight_Wireshark.lua), PanelPlayer (protocol/readme.md, colorlight.c), haraldkubota/colorlight.
 * Multi-byte fields are big-endian.
 *
 * | byte | field       | here                                                             |
 * |------|-------------|------------------------------------------------------------------|
 * | 0–5  | destination | 11:22:33:44:55:66, all cards                                     |
 * | 6–11 | source      | 22:22:33:44:55:66                                                |
 * | 12   | type        | 0x55 row, 0x01 display, 0x0A brightness, 0x07 query, 0x08 answer |
 * | 13–  | data        | by type; below, offsets count from here                          |
 *
 * | type | frame bytes | data                                                                        |
 * |------|-------------|-----------------------------------------------------------------------------|
 * | 0x55 | 21 + 3n     | 0–1 row, 2–3 first pixel, 4–5 pixels n ≤ 497, 6 0x08, 7 0x88, 8– pixels      |
 * | 0x01 | 112         | 0 0x07 (a computer sends), 22 brightness, 23 0x05, 25–27 that of each colour |
 * | 0x0A | 77          | 0–2 brightness of each colour, not linear, 3 0xFF                            |
 * | 0x07 | 284         | 3 which card of the chain is asked                                          |
 * | 0x08 | 1070        | 0 0x05, 2 and 3 firmware, 21–22 width, 23–24 height, 85 which card           |
 *
 * 0x02 and 0x11 change what cards have stored, and are not for us to send.
 */
export const ROW_HEADER_BYTES = 21;
/** A row of more pixels is split: 498 would not fit into an Ethernet frame. */
export const MAX_ROW_PIXELS = 497;
export const DISPLAY_BYTES = 112;
export const BRIGHTNESS_BYTES = 77;
export const QUERY_BYTES = 284;
/** The two bytes at 12 of an answer, which to the system are a protocol: 0x08 and the 0x05 that follows it. */
export const REPLY_ETHER_TYPE = 0x0805;
/** FPP takes nothing shorter for an answer. */
const LEAST_REPLY_BYTES = 1_001;

const CARDS = [0x11, 0x22, 0x33, 0x44, 0x55, 0x66] as const;
const SENDER = [0x22, 0x22, 0x33, 0x44, 0x55, 0x66] as const;
const TYPE = 12;
const DATA = 13;

/** What a card says of itself. */
export type CardReply = {
  readonly firmwareMajor: number;
  readonly firmwareMinor: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Its place in the chain, from 0. */
  readonly index: number;
};

/** The pixels of a row that one packet carries. */
export type RowSpan = { readonly row: number; readonly firstPixel: number; readonly pixelCount: number };

/** Writes the 21 bytes before the pixels of a row. */
export function writeRowHeader(target: Uint8Array, at: number, { row, firstPixel, pixelCount }: RowSpan): void {
  const data = writeHead(target, at, 0x55, ROW_HEADER_BYTES);
  data.setUint16(0, row);
  data.setUint16(2, firstPixel);
  data.setUint16(4, pixelCount);
  data.setUint8(6, 0x08);
  data.setUint8(7, 0x88);
}

/** Writes the packet at which cards show the rows they were sent. */
export function writeDisplay(target: Uint8Array, at: number, brightness: number): void {
  const data = writeHead(target, at, 0x01, DISPLAY_BYTES);
  data.setUint8(0, 0x07);
  data.setUint8(22, brightness);
  data.setUint8(23, 0x05);
  // All four, as the open senders do.
  for (let colour = 25; colour <= 27; colour += 1) data.setUint8(colour, brightness);
}

/** Writes the packet of the other brightness, which stays full: the display packet's is linear. */
export function writeFullBrightness(target: Uint8Array, at: number): void {
  const data = writeHead(target, at, 0x0a, BRIGHTNESS_BYTES);
  for (let offset = 0; offset <= 3; offset += 1) data.setUint8(offset, 0xff);
}

/** Writes the question to a card of the chain. */
export function writeQuery(target: Uint8Array, at: number, index: number): void {
  writeHead(target, at, 0x07, QUERY_BYTES).setUint8(3, index);
}

/** What an Ethernet frame says if it is the answer of a card; null for every other. */
export function parseReply(frame: Uint8Array): CardReply | null {
  if (frame.length < LEAST_REPLY_BYTES) return null;
  if (CARDS.some((byte, index) => frame[6 + index] !== byte)) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (view.getUint16(TYPE) !== REPLY_ETHER_TYPE) return null;
  return {
    firmwareMajor: view.getUint8(DATA + 2),
    firmwareMinor: view.getUint8(DATA + 3),
    widthPx: view.getUint16(DATA + 21),
    heightPx: view.getUint16(DATA + 23),
    index: view.getUint8(DATA + 85),
  };
}

/** Addresses and type, everything else zero. @returns a view of the data */
function writeHead(target: Uint8Array, at: number, type: number, bytes: number): DataView {
  target.fill(0, at, at + bytes);
  target.set(CARDS, at);
  target.set(SENDER, at + 6);
  target[at + TYPE] = type;
  return new DataView(target.buffer, target.byteOffset + at + DATA, bytes - DATA);
}

import type { Rectangle, Size } from '../../../core/geometry.js';

/**
 * Flaschen-Taschen datagram: one binary PPM picture (`P6`, netpbm.sourceforge.net/doc/ppm.html) with its place in a comment,
 * after `doc/protocols.md` of the server.
 *
 * | text                 | field                                                                      |
 * |----------------------|----------------------------------------------------------------------------|
 * | `P6\n`               | magic number                                                               |
 * | `WIDTH HEIGHT\n`     | of this datagram's picture, decimal                                        |
 * | `#FT: X Y LAYER\n`   | first column and row on the display; layer 0 (background) to 15            |
 * | `255\n`              | largest value; exactly one white space follows it, then the data           |
 * | WIDTH × HEIGHT × 3   | R G B, a byte each, row by row, and nothing after it                       |
 *
 * What the server cannot read as such, also for a byte too few, it shows as a raw picture from byte 0 on: headers are
 * written once and never change.
 */
export function headerOf({ x, y, widthPx, heightPx }: Rectangle, layer: number): Buffer {
  return Buffer.from(`P6\n${widthPx} ${heightPx}\n#FT: ${x} ${y} ${layer}\n255\n`, 'ascii');
}

/** The most that UDP over IPv4 carries: 65,535 less the headers of IP and UDP. It is what the server's own clients send. */
export const LARGEST_DATAGRAM_BYTES = 65_507;

/** No header is longer: five numbers of five digits, two of the layer. */
const LONGEST_HEADER_BYTES = headerOf({ x: 65_535, y: 65_535, widthPx: 65_535, heightPx: 65_535 }, 15).length;

/**
 * Cuts a picture into tiles of which each fits a datagram: whole rows, as many as there is room for; where not even one row
 * fits, equal parts of rows.
 */
export function tilesOf(size: Size, datagramBytes: number): Rectangle[] {
  const roomPx = Math.floor((datagramBytes - LONGEST_HEADER_BYTES) / 3);
  const columns = Math.ceil(size.widthPx / roomPx);
  const tileWidthPx = Math.ceil(size.widthPx / columns);
  const tileHeightPx = columns === 1 ? Math.floor(roomPx / size.widthPx) : 1;
  const tiles: Rectangle[] = [];
  for (let y = 0; y < size.heightPx; y += tileHeightPx) {
    const heightPx = Math.min(tileHeightPx, size.heightPx - y);
    for (let x = 0; x < size.widthPx; x += tileWidthPx) {
      tiles.push({ x, y, widthPx: Math.min(tileWidthPx, size.widthPx - x), heightPx });
    }
  }
  return tiles;
}

import { createSocket, type Socket } from 'node:dgram';
import type { Size } from '../../src/core/geometry.js';

/** One datagram as a server reads it. */
export type Tile = {
  readonly x: number;
  readonly y: number;
  readonly layer: number;
  readonly widthPx: number;
  readonly heightPx: number;
};

/**
 * A Flaschen-Taschen display for tests, written from the description of the protocol: what is not PPM is a raw frame, as it is
 * to the real server, and a problem here.
 */
export class FlaschenTaschenDisplay {
  readonly tiles: Tile[] = [];
  readonly lengths: number[] = [];
  readonly problems: string[] = [];
  /** What is lit, layer by layer. */
  readonly layers: readonly Buffer[];
  readonly #size: Size;
  readonly #socket: Socket;

  private constructor(socket: Socket, size: Size) {
    this.#socket = socket;
    this.#size = size;
    this.layers = Array.from({ length: 16 }, () => Buffer.alloc(size.widthPx * size.heightPx * 3, 0xee));
    socket.on('message', (datagram) => this.take(datagram));
  }

  static async open(size: Size): Promise<FlaschenTaschenDisplay> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new FlaschenTaschenDisplay(socket, size);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }

  /** Reads one datagram: white space and comments between the numbers, exactly one white space after the last. */
  take(datagram: Buffer): void {
    this.lengths.push(datagram.length);
    const place = { x: 0, y: 0, layer: 0 };
    let at = 2;
    const isSpace = (): boolean => /\s/.test(String.fromCharCode(datagram[at] ?? 0));
    const number = (): number => {
      for (;;) {
        if (isSpace()) at += 1;
        else if (datagram[at] === 0x23) {
          const end = datagram.indexOf(0x0a, at);
          const comment = datagram.toString('latin1', at, end);
          const found = /^#FT: (\d+) (\d+) (\d+)$/.exec(comment);
          if (found === null) this.problems.push(`comment ${comment}`);
          else [place.x, place.y, place.layer] = found.slice(1).map(Number) as [number, number, number];
          at = end + 1;
        } else break;
      }
      let digits = '';
      for (; /\d/.test(String.fromCharCode(datagram[at] ?? 0)); at += 1)
        digits += String.fromCharCode(datagram[at] ?? 0);
      return digits === '' ? NaN : Number(digits);
    };
    const isSigned = datagram.toString('latin1', 0, 2) === 'P6' && isSpace();
    const [widthPx, heightPx, range] = isSigned ? [number(), number(), number()] : [NaN, NaN, NaN];
    const hasSpace = isSpace();
    at += 1;
    const dataBytes = datagram.length - at;
    if (Number.isNaN(widthPx + heightPx + range) || !hasSpace || dataBytes < widthPx * heightPx * 3) {
      this.problems.push('raw frame');
      datagram.copy(this.#layer(0));
      return;
    }
    if (range !== 255) this.problems.push(`range ${range}`);
    if (dataBytes !== widthPx * heightPx * 3) this.problems.push('bytes after the picture');
    this.#show({ ...place, widthPx, heightPx }, datagram.subarray(at));
  }

  #show(tile: Tile, data: Buffer): void {
    this.tiles.push(tile);
    if (tile.layer > 15) this.problems.push(`layer ${tile.layer}`);
    if (tile.x + tile.widthPx > this.#size.widthPx || tile.y + tile.heightPx > this.#size.heightPx) {
      this.problems.push('off the display');
      return;
    }
    for (let row = 0; row < tile.heightPx; row += 1) {
      const at = ((tile.y + row) * this.#size.widthPx + tile.x) * 3;
      data.copy(this.#layer(tile.layer), at, row * tile.widthPx * 3, (row + 1) * tile.widthPx * 3);
    }
  }

  #layer(index: number): Buffer {
    const layer = this.layers[index];
    if (layer === undefined) throw new RangeError(`no layer ${index}`);
    return layer;
  }
}

import { createSocket, type Socket } from 'node:dgram';
import { readHeader } from './ddp-header.js';

/** One picture that was latched, and who sent it when. */
export type ShownFrame = { readonly atMs: number; readonly senderPort: number; readonly pixels: Buffer };

/** How many bytes of a picture are bright, as only words and clock are on a slate. */
export function litCount(frame: ShownFrame | undefined): number {
  return (frame?.pixels ?? Buffer.alloc(0)).filter((value) => value > 100).length;
}

/** A DDP display that remembers from whom its pictures came: two senders at once would both be seen. */
export class WatchedDisplay {
  readonly frames: ShownFrame[] = [];
  /** Source ports of all packets in order, each run of the same once. */
  readonly senders: number[] = [];
  readonly #socket: Socket;
  readonly #picture: Buffer;

  private constructor(socket: Socket, bytes: number) {
    this.#socket = socket;
    this.#picture = Buffer.alloc(bytes);
    socket.on('message', (datagram, { port }) => {
      const header = readHeader(datagram);
      if (header.isQuery) return;
      if (this.senders.at(-1) !== port) this.senders.push(port);
      header.data.copy(this.#picture, header.offset);
      if (header.isPush) {
        this.frames.push({ atMs: performance.now(), senderPort: port, pixels: Buffer.from(this.#picture) });
      }
    });
  }

  static async open(bytes: number): Promise<WatchedDisplay> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new WatchedDisplay(socket, bytes);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** The longest time without a picture from the given frame on, milliseconds. */
  longestGapMs(from: number): number {
    let longest = 0;
    for (let index = from + 1; index < this.frames.length; index += 1) {
      longest = Math.max(longest, (this.frames[index]?.atMs ?? 0) - (this.frames[index - 1]?.atMs ?? 0));
    }
    return longest;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }
}

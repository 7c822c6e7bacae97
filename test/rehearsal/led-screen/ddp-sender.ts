import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Data bytes in one DDP packet, as the specification suggests: 480 pixels. */
const DATA_BYTES = 1_440;

/** One DDP data packet, written down from the specification: 10 bytes of header, then the data. */
export function ddpPacket(options: {
  data: Uint8Array;
  offset?: number;
  push?: boolean;
  sequence?: number;
  flags?: number;
  type?: number;
  id?: number;
}): Buffer {
  const header = Buffer.alloc(10);
  header[0] = options.flags ?? (options.push === true ? 0x41 : 0x40);
  header[1] = options.sequence ?? 0;
  header[2] = options.type ?? 0x0b;
  header[3] = options.id ?? 1;
  header.writeUInt32BE(options.offset ?? 0, 4);
  header.writeUInt16BE(options.data.byteLength, 8);
  return Buffer.concat([header, options.data]);
}

/** Sends whole pictures to a DDP display, a few packets at a time so that no buffer overflows. */
export class DdpSender {
  readonly socket: Socket;
  readonly #port: number;
  #sequence = 0;

  private constructor(socket: Socket, port: number) {
    this.socket = socket;
    this.#port = port;
  }

  static async open(port: number): Promise<DdpSender> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new DdpSender(socket, port);
  }

  async sendPicture(rgb: Uint8Array): Promise<void> {
    for (let offset = 0; offset < rgb.byteLength; offset += DATA_BYTES) {
      const data = rgb.subarray(offset, offset + DATA_BYTES);
      this.#sequence = (this.#sequence % 15) + 1;
      const push = offset + DATA_BYTES >= rgb.byteLength;
      await this.sendPacket(ddpPacket({ data, offset, push, sequence: this.#sequence }));
      if ((offset / DATA_BYTES) % 64 === 63) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  sendPacket(packet: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.send(packet, this.#port, '127.0.0.1', (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.socket.close(resolve);
    });
  }
}

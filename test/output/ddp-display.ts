import { createSocket, type Socket } from 'node:dgram';

/** One datagram as the specification reads it (3waylabs DDP, 2022-09-05). */
export type DdpPacket = {
  readonly bytes: Buffer;
  readonly version: number;
  readonly flags: { timecode: boolean; storage: boolean; reply: boolean; query: boolean; push: boolean };
  readonly sequence: number;
  readonly type: number;
  readonly id: number;
  readonly offset: number;
  readonly data: Buffer;
};

/** A DDP display for tests, written from the specification alone; it refuses what a strict one would. */
export class DdpDisplay {
  readonly packets: DdpPacket[] = [];
  /** The frame buffer as it was at every push. */
  readonly pushed: Buffer[] = [];
  readonly problems: string[] = [];
  readonly #buffer: Buffer;
  readonly #socket: Socket;
  readonly #answersQueries: boolean;
  #lastSequence = 0;
  #waiting: (() => void)[] = [];

  private constructor(socket: Socket, bytes: number, answersQueries: boolean) {
    this.#socket = socket;
    this.#buffer = Buffer.alloc(bytes, 0xee);
    this.#answersQueries = answersQueries;
    socket.on('message', (message, from) => {
      const packet = this.#parse(message);
      if (packet.flags.query) {
        if (this.#answersQueries) this.#socket.send(reply(), from.port, from.address);
      } else {
        this.packets.push(packet);
        this.#take(packet);
      }
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  static async open(bytes: number, { answersQueries = false, port = 0 } = {}): Promise<DdpDisplay> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 });
    await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
    return new DdpDisplay(socket, bytes, answersQueries);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Resolves when the condition holds; it is looked at after every datagram. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }

  #parse(bytes: Buffer): DdpPacket {
    const flags = bytes.readUInt8(0);
    const packet: DdpPacket = {
      bytes,
      version: flags >> 6,
      flags: {
        timecode: (flags & 0x10) !== 0,
        storage: (flags & 0x08) !== 0,
        reply: (flags & 0x04) !== 0,
        query: (flags & 0x02) !== 0,
        push: (flags & 0x01) !== 0,
      },
      sequence: bytes.readUInt8(1),
      type: bytes.readUInt8(2),
      id: bytes.readUInt8(3),
      offset: bytes.readUInt32BE(4),
      data: bytes.subarray(10),
    };
    if (packet.version !== 1) this.problems.push(`version ${packet.version}`);
    if ((flags & 0x20) !== 0) this.problems.push('reserved bit');
    if (!packet.flags.query && bytes.readUInt16BE(8) !== packet.data.length) this.problems.push('length');
    return packet;
  }

  #take(packet: DdpPacket): void {
    if (packet.flags.timecode || packet.flags.storage || packet.flags.reply) this.problems.push('flags');
    if (packet.offset + packet.data.length > this.#buffer.length) this.problems.push('beyond the frame buffer');
    if (packet.sequence > 15) this.problems.push('sequence of more than four bits');
    const expected = this.#lastSequence === 15 ? 1 : this.#lastSequence + 1;
    if (packet.sequence !== 0 && packet.sequence !== expected)
      this.problems.push(`sequence ${packet.sequence}, expected ${expected}`);
    this.#lastSequence = packet.sequence;
    packet.data.copy(this.#buffer, packet.offset);
    if (packet.flags.push) this.pushed.push(Buffer.from(this.#buffer));
  }
}

function reply(): Buffer {
  const data = Buffer.from('{"status":{"man":"Test","mod":"Display","ver":"1","push":true}}');
  const header = Buffer.from([0x45, 0, 0, 251, 0, 0, 0, 0, 0, 0]);
  header.writeUInt16BE(data.length, 8);
  return Buffer.concat([header, data]);
}

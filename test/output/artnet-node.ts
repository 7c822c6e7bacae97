import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

/** What a node answers to ArtPoll, one reply for each. */
export type NodeReply = { readonly bindIndex: number; readonly refreshRateHz?: number; readonly bytes?: number };

/**
 * An Art-Net node for tests, after what rpidmx512 does: the first ArtSync only makes it wait, from then on data are held until the next one;
 * an ArtSync from another address than the data's is not heard; another Physical is another source.
 */
export class ArtnetNode {
  readonly datagrams: Buffer[] = [];
  /** Port-Addresses and data as they were put out, one entry for every time. */
  readonly shown: Map<number, Buffer>[] = [];
  readonly problems: string[] = [];
  replies: readonly NodeReply[];
  readonly #socket: Socket;
  readonly #pending = new Map<number, Buffer>();
  readonly #sequences = new Map<number, number>();
  #isSynchronous = false;
  #source: string | null = null;

  private constructor(socket: Socket, replies: readonly NodeReply[]) {
    this.#socket = socket;
    this.replies = replies;
    socket.on('message', (datagram, from) => this.#take(datagram, from));
  }

  static async open(address: string, replies: readonly NodeReply[] = [], port = 0): Promise<ArtnetNode> {
    const socket = createSocket({ type: 'udp4', reuseAddr: port !== 0, recvBufferSize: 4 << 20 });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, address, () => resolve());
    });
    return new ArtnetNode(socket, replies);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => void this.#socket.close(() => resolve()));
  }

  #take(datagram: Buffer, from: RemoteInfo): void {
    this.datagrams.push(datagram);
    if (datagram.toString('latin1', 0, 8) !== 'Art-Net\0' || datagram.readUInt16BE(10) !== 14) {
      this.problems.push('head');
      return;
    }
    const opCode = datagram.readUInt16LE(8);
    if (opCode === 0x5000) this.#takeData(datagram, from);
    else if (opCode === 0x5200) this.#takeSync(datagram, from);
    else if (opCode === 0x2000) this.#answer(from);
    else this.problems.push(`operation ${opCode}`);
  }

  #takeData(datagram: Buffer, from: RemoteInfo): void {
    const length = datagram.readUInt16BE(16);
    const portAddress = (datagram.readUInt8(15) << 8) | datagram.readUInt8(14);
    const sequence = datagram.readUInt8(12);
    const last = this.#sequences.get(portAddress) ?? sequence - 1;
    if (sequence !== (last === 255 ? 1 : last + 1)) this.problems.push(`sequence ${last}, ${sequence}`);
    if (length % 2 !== 0 || length < 2 || length > 512 || length !== datagram.length - 18) this.problems.push('length');
    if (datagram.readUInt8(13) !== 0) this.problems.push('a second source');
    this.#sequences.set(portAddress, sequence);
    this.#source = from.address;
    this.#pending.set(portAddress, datagram.subarray(18));
    if (!this.#isSynchronous) this.#show();
  }

  #takeSync(datagram: Buffer, from: RemoteInfo): void {
    if (datagram.length !== 14 || datagram.readUInt16BE(12) !== 0) this.problems.push('ArtSync');
    if (from.address !== this.#source) return;
    if (this.#isSynchronous) this.#show();
    this.#isSynchronous = true;
  }

  #show(): void {
    this.shown.push(new Map(this.#pending));
    this.#pending.clear();
  }

  #answer(from: RemoteInfo): void {
    for (const { bindIndex, refreshRateHz = 0, bytes = 239 } of this.replies) {
      const reply = Buffer.alloc(239);
      reply.write('Art-Net\0', 'latin1');
      reply.writeUInt16LE(0x2100, 8);
      reply.writeUInt8(1, 18);
      reply.writeUInt8(2, 19);
      reply.write('Roof\nnode', 26, 'latin1');
      reply.write('A node of the tests', 44, 'latin1');
      reply.writeUInt16BE(1, 172);
      reply.writeUInt8(0x80, 174);
      reply.writeUInt8(3 + bindIndex, 190);
      reply.writeUInt8(bindIndex, 211);
      reply.writeUInt16BE(refreshRateHz, 226);
      this.#socket.send(reply.subarray(0, bytes), from.port, from.address);
    }
  }
}

import { createSocket, type Socket } from 'node:dgram';
import { eventually } from '../eventually.js';

/** Where to listen: `groups` are multicast groups, joined on loopback. */
export type ReceiverOptions = {
  readonly address?: string;
  readonly port?: number;
  readonly groups?: readonly string[];
  readonly reuseAddr?: boolean;
};

/** Linux lets a socket be a member of so many groups (igmp_max_memberships); a socket receives what any other has joined. */
const GROUPS_PER_SOCKET = 20;

/** Keeps every datagram that arrives. */
export class DatagramReceiver {
  readonly datagrams: Buffer[] = [];
  readonly #sockets: readonly Socket[];

  private constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
    sockets[0]?.on('message', (datagram) => this.datagrams.push(datagram));
  }

  static async open(options: ReceiverOptions = {}): Promise<DatagramReceiver> {
    const { address = '0.0.0.0', port = 0, groups = [], reuseAddr = false } = options;
    const sockets = [await bound(address, port, reuseAddr)];
    for (let from = 0; from < groups.length; from += GROUPS_PER_SOCKET) {
      const member = await bound('127.0.0.1', 0, false);
      for (const group of groups.slice(from, from + GROUPS_PER_SOCKET)) member.addMembership(group, '127.0.0.1');
      sockets.push(member);
    }
    return new DatagramReceiver(sockets);
  }

  get port(): number {
    return this.#sockets[0]!.address().port;
  }

  /** The datagrams, when there are so many. */
  async first(count: number): Promise<readonly Buffer[]> {
    await eventually(
      () => {
        if (this.datagrams.length < count) throw new Error(`${this.datagrams.length} of ${count} datagrams`);
      },
      { interval: 2 },
    );
    return this.datagrams.slice(0, count);
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#sockets.map((socket) => new Promise<void>((resolve) => void socket.close(() => resolve()))),
    );
  }
}

async function bound(address: string, port: number, reuseAddr: boolean): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr, recvBufferSize: 8 << 20 });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, () => resolve());
  });
  return socket;
}

import type { Closable } from '../../../core/closing.js';
import { DatagramTable } from '../../datagram-table.js';
import { FreeSocket } from '../../free-socket.js';
import { LocalInterface } from '../../local-interface.js';
import { SendTally } from '../../send-tally.js';
import { type BatchedSocket, growSendBuffer, openUdpSocket } from '../../udp-batch.js';

/** What a driver needs of the way to its receivers. A link to one host is a `UdpLink`, which does not look at the universe. */
export interface SacnLink extends Closable {
  start(): Promise<void>;
  readonly isOpen: boolean;
  isBusy(): boolean;
  send(packet: Uint8Array, universe: number): void;
  sendRange(table: DatagramTable, from: number, to: number): void;
  takeFailed(): number;
  takeProblem(): string | null;
}

/** How multicast leaves this machine. */
export type MulticastOptions = {
  readonly port: number;
  /** Own IPv4 address in the network; without it, the system chooses. */
  readonly interface?: string | undefined;
  readonly ttl: number;
  readonly sendBufferBytes: number;
};

/** The group of a universe: 239.255 and the universe's two bytes (E1.31-2018, 9.3.1). */
export function groupOf(universe: number): string {
  return `239.255.${universe >> 8}.${universe & 0xff}`;
}

/** Packets for a `MulticastLink`: the first of a universe, the others of those that follow it. */
export function multicastTable(packets: readonly Buffer[], firstUniverse: number, port: number): DatagramTable {
  return new DatagramTable(
    packets,
    packets.map((_, index) => ({ address: groupOf(firstUniverse + index), port })),
  );
}

/** One socket for the groups of all universes; opened anew when sending fails, because a network that comes back may be another to the system. */
export class MulticastLink implements SacnLink {
  readonly #port: number;
  readonly #socket: FreeSocket;
  readonly #interface: LocalInterface | null;
  readonly #tally: SendTally;

  constructor(options: MulticastOptions) {
    this.#port = options.port;
    this.#socket = new FreeSocket(() => open(options));
    this.#interface = options.interface === undefined ? null : new LocalInterface(options.interface);
    this.#tally = new SendTally(() => this.#socket.renewLater());
  }

  start(): Promise<void> {
    return this.#socket.start();
  }

  get isOpen(): boolean {
    return this.#socket.isOpen;
  }

  isBusy(): boolean {
    return this.#socket.isBusy();
  }

  send(packet: Uint8Array, universe: number): void {
    this.#socket.send(packet, { address: groupOf(universe), port: this.#port }, this.#tally);
  }

  sendRange(table: DatagramTable, from: number, to: number): void {
    this.#socket.sendRange(table, from, to, this.#tally);
  }

  takeFailed(): number {
    return this.#tally.takeFailed();
  }

  takeProblem(): string | null {
    const problem = this.#tally.takeProblem() ?? this.#socket.problem;
    if (problem === null) this.#socket.forgetAttempts();
    return (this.#socket.isOpen ? this.#interface?.problem : null) ?? problem;
  }

  close(): Promise<void> {
    return this.#socket.close();
  }
}

async function open(options: MulticastOptions): Promise<BatchedSocket> {
  const opened = await openUdpSocket(4);
  const { socket } = opened;
  try {
    if (options.interface !== undefined) socket.setMulticastInterface(options.interface);
    socket.setMulticastTTL(options.ttl);
    growSendBuffer(socket, options.sendBufferBytes);
    return opened;
  } catch (failure) {
    socket.close();
    throw failure;
  }
}

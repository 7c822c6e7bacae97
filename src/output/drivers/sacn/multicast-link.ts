import type { Socket } from 'node:dgram';
import type { Closable } from '../../../core/closing.js';
import { bindUdp, FreeSocket } from '../../free-socket.js';
import { SendTally } from '../../send-tally.js';

/** What a driver needs of the way to its receivers. A link to one host is a `UdpLink`, which does not look at the universe. */
export interface SacnLink extends Closable {
  start(): Promise<void>;
  readonly isOpen: boolean;
  isBusy(): boolean;
  send(packet: Uint8Array, universe: number): void;
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

/** One socket for the groups of all universes; opened anew when sending fails, because a network that comes back may be another to the system. */
export class MulticastLink implements SacnLink {
  readonly #port: number;
  readonly #groups = new Map<number, string>();
  readonly #socket: FreeSocket;
  readonly #tally: SendTally;

  constructor(options: MulticastOptions) {
    this.#port = options.port;
    this.#socket = new FreeSocket(() => open(options));
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
    try {
      if (!this.#socket.send(packet, this.#port, this.#groupOf(universe), this.#tally.next())) this.#tally.miss();
    } catch (failure) {
      this.#tally.fail(failure);
    }
  }

  takeFailed(): number {
    return this.#tally.takeFailed();
  }

  takeProblem(): string | null {
    const problem = this.#tally.takeProblem() ?? this.#socket.problem;
    if (problem === null) this.#socket.forgetAttempts();
    return problem;
  }

  close(): Promise<void> {
    return this.#socket.close();
  }

  #groupOf(universe: number): string {
    let group = this.#groups.get(universe);
    if (group === undefined) {
      group = groupOf(universe);
      this.#groups.set(universe, group);
    }
    return group;
  }
}

async function open(options: MulticastOptions): Promise<Socket> {
  const socket = await bindUdp({ address: '0.0.0.0', port: 0 });
  try {
    if (options.interface !== undefined) socket.setMulticastInterface(options.interface);
    socket.setMulticastTTL(options.ttl);
    socket.setSendBufferSize(options.sendBufferBytes);
    return socket;
  } catch (failure) {
    socket.close();
    throw failure;
  }
}

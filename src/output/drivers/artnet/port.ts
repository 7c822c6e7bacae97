/**
 * The one socket through which all Art-Net of this process goes. Nodes answer to port 6454 and know a controller by its
 * address, so outputs share a socket: whoever acquires it first opens it, whoever releases it last closes it.
 */
import type { RemoteInfo, Socket } from 'node:dgram';
import type { DatagramTable } from '../../datagram-table.js';
import { FreeSocket } from '../../free-socket.js';
import { SendTally } from '../../send-tally.js';
import { type BatchedSocket, growSendBuffer, openUdpSocket } from '../../udp-batch.js';
import { broadcastOf } from './broadcast.js';
import { Node, POLL_EVERY_MS } from './node.js';
import { pollPacket } from './packet.js';
import { parsePollReply, type PollReply } from './poll-reply.js';

const ART_NET_PORT = 6454;
/** As much as the system grants, so that a frame of many universes has room. */
const SEND_BUFFER_BYTES = 4 << 20;
const ANY_INTERFACE = '0.0.0.0';

type Watched = { readonly node: Node; readonly port: number; watchers: number };
type ReplyListener = (reply: PollReply, address: string) => void;

/** A node that is asked regularly for as long as somebody watches it. */
export type Watch = { readonly node: Node; release(): void };

const ports = new Map<string, ArtNetPort>();

/** The socket bound to an own address, or to all of them. To be released as often as it is acquired. */
export function acquirePort(address: string = ANY_INTERFACE): ArtNetPort {
  const port = ports.get(address) ?? new ArtNetPort(address, () => ports.delete(address));
  ports.set(address, port);
  port.acquire();
  return port;
}

/** See above. */
export class ArtNetPort {
  readonly #address: string;
  readonly #onUnused: () => void;
  readonly #socket: FreeSocket;
  readonly #watched = new Map<string, Watched>();
  readonly #listeners = new Set<ReplyListener>();
  readonly #poll = pollPacket();
  /** An address that questions cannot be sent to is told to those who send pictures there. */
  readonly #pollTally = new SendTally();
  #isTaken = false;
  #timer: NodeJS.Timeout | null = null;
  #users = 0;

  constructor(address: string, onUnused: () => void) {
    this.#address = address;
    this.#onUnused = onUnused;
    this.#socket = new FreeSocket(() => this.#open());
  }

  acquire(): void {
    this.#users += 1;
  }

  /** Closes the socket when nobody else uses it. */
  async release(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    this.#onUnused();
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    await this.#socket.close();
  }

  async start(): Promise<void> {
    await this.#socket.start();
  }

  get isOpen(): boolean {
    return this.#socket.isOpen;
  }

  /** Why there is no socket, or `port-taken` while another program holds port 6454 and another port has to do. */
  get problem(): string | null {
    return this.#socket.problem ?? (this.#isTaken ? 'port-taken' : null);
  }

  isBusy(): boolean {
    return this.#socket.isBusy();
  }

  /** Hands datagrams `from` (inclusive) to `to` (exclusive) of a table to the system; what becomes of them is told to the tally. */
  sendRange(table: DatagramTable, from: number, to: number, tally: SendTally): void {
    this.#socket.sendRange(table, from, to, tally);
  }

  /** Asks whoever has that address what he is; whether the question got off shows in the answers. */
  poll(address: string, port = ART_NET_PORT): void {
    this.#socket.send(this.#poll, { address, port }, this.#pollTally);
  }

  /** Asks a node at once and then regularly. */
  watch(address: string, port: number): Watch {
    const watched = this.#watched.get(address) ?? { node: new Node(), port, watchers: 0 };
    this.#watched.set(address, watched);
    watched.watchers += 1;
    this.poll(address, port);
    this.#timer ??= setInterval(() => this.#pollAll(), POLL_EVERY_MS);
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      watched.watchers -= 1;
      if (watched.watchers === 0) this.#watched.delete(address);
    };
    return { node: watched.node, release };
  }

  /** Hears every reply, whoever it is from. @returns how to stop */
  listen(listener: ReplyListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #pollAll(): void {
    for (const [address, { port }] of this.#watched) this.poll(address, port);
  }

  #hear(datagram: Buffer, { address }: RemoteInfo): void {
    const reply = parsePollReply(datagram);
    if (reply === null) return;
    this.#watched.get(address)?.node.hear(reply);
    for (const listener of this.#listeners) listener(reply, address);
  }

  async #open(): Promise<BatchedSocket> {
    const opened = await this.#bind();
    const { socket } = opened;
    socket.on('message', (datagram, from) => this.#hear(datagram, from));
    if (this.#address !== ANY_INTERFACE) await this.#hearBroadcasts(socket);
    // For ArtSync and discovery.
    socket.setBroadcast(true);
    growSendBuffer(socket, SEND_BUFFER_BYTES);
    return opened;
  }

  /** Old nodes answer to everybody, which a socket bound to one address does not hear. */
  async #hearBroadcasts(socket: Socket): Promise<void> {
    try {
      const address = broadcastOf(this.#address);
      const { socket: ear } = await openUdpSocket(4, { address, port: ART_NET_PORT, reuseAddress: true });
      ear.on('message', (datagram, from) => this.#hear(datagram, from));
      ear.on('error', () => undefined);
      socket.once('close', () => ear.close());
    } catch {
      // Nodes that answer us alone are heard all the same.
    }
  }

  /** @throws Error of the system; also that the port is still taken, when another one is in use already */
  async #bind(): Promise<BatchedSocket> {
    const address = this.#address;
    try {
      const opened = await openUdpSocket(4, { address, port: ART_NET_PORT, reuseAddress: true });
      this.#isTaken = false;
      this.#socket.forgetAttempts();
      return opened;
    } catch (failure) {
      const isTaken = failure instanceof Error && 'code' in failure && failure.code === 'EADDRINUSE';
      if (!isTaken || this.#socket.isOpen) throw failure;
      const opened = await openUdpSocket(4, { address, port: 0, reuseAddress: false });
      this.#isTaken = true;
      setImmediate(() => this.#socket.renewLater());
      return opened;
    }
  }
}

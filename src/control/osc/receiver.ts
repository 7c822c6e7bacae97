/**
 * Open Sound Control for lighting desks: `addresses.ts` says what can be said, this listens. A message that is refused is
 * answered to its sender with `/wall/1/refused` and the code; everything else about the wall is told by other protocols.
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { fromBuffer, toBuffer, type OscPacketOutput } from 'osc-min';
import type { Closable } from '../../core/closing.js';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import { TokenBucket } from '../access/token-bucket.js';
import type { CommandDesk } from '../commands/desk.js';
import type { Tally } from '../tally.js';
import { commandOfMessage, type OscValue } from './addresses.js';
import type { OscOptions } from './options.js';

const MAXIMUM_BYTES = 4_096;
const MESSAGES_PER_SECOND = 50;
const BURST = 100;
/** Bundles may hold bundles; nobody needs more. */
const MAXIMUM_DEPTH = 4;

export type OscReceiverOptions = {
  readonly osc: OscOptions;
  readonly desk: CommandDesk;
  readonly tally: Tally;
  readonly log: Logger;
};

type Desk = { readonly name: string; readonly budget: TokenBucket };

/** Hears the named desks, and nobody else. */
export class OscReceiver implements Closable {
  readonly #options: OscReceiverOptions;
  readonly #desks: ReadonlyMap<string, Desk>;
  readonly #socket: Socket;
  #closing: Promise<void> | null = null;

  private constructor(options: OscReceiverOptions, socket: Socket) {
    this.#options = options;
    this.#socket = socket;
    this.#desks = new Map(
      options.osc.desks.map(({ name, host }) => [host, { name, budget: new TokenBucket(MESSAGES_PER_SECOND, BURST) }]),
    );
    socket.on('message', (bytes, remote) => this.#onDatagram(bytes, remote));
    socket.on('error', (failure) =>
      options.log.error({ failure: messageOf(failure) }, 'the door for desks has failed'),
    );
  }

  /** @throws Error with the code of the system when the port cannot be had */
  static async open(options: OscReceiverOptions): Promise<OscReceiver> {
    const { host, port } = options.osc;
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
    try {
      const listening = once(socket, 'listening');
      socket.bind(port, host);
      await listening;
    } catch (failure) {
      socket.close();
      throw failure;
    }
    return new OscReceiver(options, socket);
  }

  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => this.#socket.close(() => resolve()));
    return this.#closing;
  }

  #onDatagram(bytes: Buffer, remote: RemoteInfo): void {
    const { tally } = this.#options;
    const desk = this.#desks.get(remote.address);
    if (desk === undefined) {
      tally.count('osc', 'stranger');
      return;
    }
    if (bytes.length > MAXIMUM_BYTES) {
      tally.count('osc', 'oversized');
      return;
    }
    let packet: OscPacketOutput;
    try {
      packet = fromBuffer(bytes);
    } catch {
      tally.count('osc', 'unreadable');
      this.#refuse(remote, 'unreadable');
      return;
    }
    this.#onPacket(packet, desk, remote, 0);
  }

  #onPacket(packet: OscPacketOutput, desk: Desk, remote: RemoteInfo, depth: number): void {
    if (packet.oscType === 'bundle') {
      // Time tags are not kept: what a desk says is done when it arrives.
      if (depth < MAXIMUM_DEPTH)
        for (const element of packet.elements) this.#onPacket(element, desk, remote, depth + 1);
      return;
    }
    if (desk.budget.spend(1) > 0) {
      this.#options.tally.count('osc', 'too-many');
      return;
    }
    const values = packet.args.map((arg): OscValue => (Array.isArray(arg) ? null : valueOf(arg)));
    this.#give(packet.address, values, desk, remote).catch((thrown: unknown) => {
      const code = thrown instanceof GlasshallError ? thrown.code : 'failed';
      this.#options.tally.count('osc', code);
      this.#refuse(remote, code);
    });
  }

  async #give(address: string, values: readonly OscValue[], desk: Desk, remote: RemoteInfo): Promise<void> {
    const asked = commandOfMessage(address, values);
    if (asked === null) return;
    const caller = { person: { name: desk.name, role: 'operator' }, via: 'osc', from: remote.address } as const;
    await this.#options.desk.give(asked.command, asked.data, caller);
  }

  #refuse(remote: RemoteInfo, code: string): void {
    const answer = toBuffer({ address: '/wall/1/refused', args: [{ type: 'string', value: code }] });
    this.#socket.send(answer, remote.port, remote.address, (failure) => {
      if (failure !== null) this.#options.tally.count('osc', 'unanswered');
    });
  }
}

function valueOf(argument: { readonly value?: unknown }): OscValue {
  const { value } = argument;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/**
 * Simulated controllers of an LED screen, at byte level: one for each protocol of the service, on a simulated screen
 * (`simulated-screen.ts`) that obeys, and with faults to order (`fault.ts`).
 */
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Closable } from '../../core/closing.js';
import type { ControllerFault } from './fault.js';
import type { SimulatedScreen } from './simulated-screen.js';

/** What every simulated controller has. */
export interface SimulatedController extends Closable {
  /** TCP, on 127.0.0.1. */
  readonly port: number;
  readonly screen: SimulatedScreen;
  /** Orders a fault, or its end with `none`. What is left hanging is cut off. */
  fault(fault: ControllerFault): void;
}

/** A TCP server on 127.0.0.1 that knows its connections, so that it can cut them. */
export class LoopbackServer implements Closable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #closing: Promise<void> | null = null;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
  }

  /** @param port 0 for a free one. @throws Error with code `EADDRINUSE` */
  static async start(server: Server, port: number): Promise<LoopbackServer> {
    const started = new LoopbackServer(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return started;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends every connection but one. */
  cut(except?: Socket): void {
    for (const socket of this.#sockets) if (socket !== except) socket.destroy();
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }
}

const TRICKLE_MS = 1_000;

/** Writes bytes one a second, for as long as somebody listens. */
export function trickle(socket: Socket, bytes: Uint8Array): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent >= bytes.length || socket.destroyed) clearInterval(timer);
    else socket.write(bytes.subarray(sent, (sent += 1)));
  }, TRICKLE_MS);
  socket.once('close', () => clearInterval(timer));
}

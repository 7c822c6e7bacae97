import { connect, type Socket } from 'node:net';
import type { Closable } from '../core/closing.js';
import { withDeadline } from '../core/deadline.js';
import { ControllerFailure } from './controller-failure.js';

/** A controller hangs in the same network: it takes a connection at once, or is not there. */
const CONNECT_WITHIN_MS = 1_000;

/** What comes over a connection. */
export type ConnectionListener = {
  /** @throws ControllerFailure when it can be no answer: the connection is given up */
  onData(bytes: Buffer): void;
  /** The connection is gone; called once. */
  onGone(failure: Error): void;
};

/** One TCP connection to a controller, opened when it is needed and opened anew after it has gone. Keeps nothing of what comes. */
export class Connection implements Closable {
  readonly #host: string;
  readonly #port: number;
  readonly #listener: ConnectionListener;
  #socket: Socket | null = null;

  constructor(host: string, port: number, listener: ConnectionListener) {
    this.#host = host;
    this.#port = port;
    this.#listener = listener;
  }

  /** @throws ControllerFailure, Error of the system, when there is no connection in time */
  async open(signal: AbortSignal): Promise<void> {
    if (this.#socket !== null) return;
    const socket = await withDeadline(CONNECT_WITHIN_MS, signal, (deadline) => this.#connect(deadline));
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('error', (failure) => this.giveUp(failure));
    socket.on('close', () => this.giveUp(new ControllerFailure('broken')));
  }

  /** Hands bytes to the system; without a connection nothing happens. */
  write(bytes: Uint8Array): void {
    this.#socket?.write(bytes);
  }

  /** Ends the connection: nothing that comes on it can be trusted any more. */
  giveUp(failure: Error): void {
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    socket.destroy();
    this.#listener.onGone(failure);
  }

  close(): Promise<void> {
    this.giveUp(new ControllerFailure('broken'));
    return Promise.resolve();
  }

  #take(bytes: Buffer): void {
    try {
      this.#listener.onData(bytes);
    } catch (failure) {
      if (!(failure instanceof ControllerFailure)) throw failure;
      this.giveUp(failure);
    }
  }

  #connect(deadline: AbortSignal): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
      const onAbort = (): void => void socket.destroy(new ControllerFailure('no-answer'));
      const onError = (failure: Error): void => {
        deadline.removeEventListener('abort', onAbort);
        reject(failure);
      };
      socket.once('error', onError);
      socket.once('connect', () => {
        deadline.removeEventListener('abort', onAbort);
        socket.off('error', onError);
        resolve(socket);
      });
      deadline.addEventListener('abort', onAbort, { once: true });
      if (deadline.aborted) onAbort();
    });
  }
}

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Closable } from '../../src/core/closing.js';
import { InterleavedFilter } from './interleaved-filter.js';

const HOST = '127.0.0.1';
const SLOW_EVERY_MS = 100;

/**
 * What the line between a wall and an RTSP server does. `pass`: all is well. `black-hole`: connections are open and nothing
 * gets through, now or later. `refuse`: the port is closed. `no-video`: answers and reports pass, pictures do not.
 * `corrupt`: about one byte in a thousand is another. `slow`: so many bytes a second.
 */
export type LineFault =
  | { readonly kind: 'pass' | 'black-hole' | 'refuse' | 'no-video' | 'corrupt' }
  | { readonly kind: 'slow'; readonly bytesPerSecond: number };

/** A line that can be hurt, in front of a server that we did not write and that has no faults of its own. */
export class FaultProxy implements Closable {
  readonly #targetPort: number;
  readonly #lines = new Set<Line>();
  #server: Server | null = null;
  #port = 0;
  #fault: LineFault = { kind: 'pass' };

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
  }

  /** @param targetPort of the server on loopback */
  static async start(targetPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort);
    await proxy.#listen();
    return proxy;
  }

  /** Where clients connect; stays the same. */
  get port(): number {
    return this.#port;
  }

  /** Hurts or heals the line, for connections that are open and those to come. */
  async fault(fault: LineFault): Promise<void> {
    this.#fault = fault;
    for (const line of this.#lines) line.fault(fault);
    if (fault.kind === 'refuse') await this.close();
    else await this.#listen();
  }

  /** Ends every connection once. */
  hangUp(): void {
    for (const line of this.#lines) line.end();
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.hangUp();
    if (server === null) return;
    server.close();
    await once(server, 'close');
  }

  async #listen(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer((client) => {
      const line = new Line(client, connect(this.#targetPort, HOST));
      line.fault(this.#fault);
      this.#lines.add(line);
      client.once('close', () => this.#lines.delete(line));
    });
    server.listen(this.#port, HOST);
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }
}

/** One connection through the proxy. */
class Line {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #filter = new InterleavedFilter();
  #fault: LineFault = { kind: 'pass' };
  #isLost = false;
  #slowly: NodeJS.Timeout | null = null;

  constructor(client: Socket, server: Socket) {
    this.#client = client;
    this.#server = server;
    client.on('data', (bytes: Buffer) => {
      if (!this.#isLost) server.write(bytes);
    });
    server.on('data', (bytes: Buffer) => this.#pass(bytes));
    for (const socket of [client, server]) {
      // Resets are the normal end here; `close` follows.
      socket.on('error', () => undefined);
      // The client's end is the end; the server's is not heard through a black hole.
      socket.once('close', () => {
        if (socket === client || !this.#isLost) this.end();
      });
    }
  }

  fault(fault: LineFault): void {
    this.#fault = fault;
    if (fault.kind === 'black-hole') this.#isLost = true;
    if (fault.kind !== 'slow') this.#hurry();
  }

  end(): void {
    if (this.#slowly !== null) clearTimeout(this.#slowly);
    this.#client.destroy();
    this.#server.destroy();
  }

  #pass(bytes: Buffer): void {
    if (this.#isLost) return;
    // The filter sees everything: it has to know where a packet begins when the fault does.
    const answers = this.#filter.withoutPictures(bytes);
    if (this.#fault.kind === 'no-video') this.#client.write(answers);
    else if (this.#fault.kind === 'corrupt') this.#client.write(corrupted(bytes));
    else this.#client.write(bytes);
    if (this.#fault.kind === 'slow') this.#rest(bytes.length / this.#fault.bytesPerSecond);
  }

  #rest(seconds: number): void {
    this.#server.pause();
    this.#slowly = setTimeout(() => this.#hurry(), Math.max(SLOW_EVERY_MS, seconds * 1_000));
  }

  #hurry(): void {
    if (this.#slowly === null) return;
    clearTimeout(this.#slowly);
    this.#slowly = null;
    this.#server.resume();
  }
}

function corrupted(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = Math.floor(Math.random() * 2_000); at < copy.length; at += 1 + Math.floor(Math.random() * 2_000)) {
    copy[at] = (copy[at] ?? 0) ^ (1 + Math.floor(Math.random() * 255));
  }
  return copy;
}

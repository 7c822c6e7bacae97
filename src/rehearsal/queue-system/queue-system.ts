import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Closable } from '../../core/closing.js';
import type { Logger } from '../../core/logger.js';
import { QueueModel } from './queue-model.js';
import { queueMonitor, type QueueMonitor } from './queue-monitor.js';

/**
 * The simulated queue system: what stands in the hall and answers how many people wait. HTTP JSON in the shape of
 * FIWARE's `QueueMonitor` (`queue-monitor.ts`) over a hall that works by itself (`queue-model.ts`), and faults to order.
 */

/** Where it answers. */
const QUEUE_PATH = '/queue.json';
const DEFAULT_SEED = 20_240_607;
const TRICKLE_MS = 1_000;
const FLOOD_BYTES = 65_536;

/**
 * How it behaves. `freeze` answers the counts of the moment it began; `hang` takes requests and never answers; `slow` lets
 * its answer trickle, a byte a second; `wrong-type` has texts, lists and nothing where numbers belong; `huge` has no end.
 */
export type QueueFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'fail'; readonly status: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'wrong-type' }
  | { readonly kind: 'huge' }
  | { readonly kind: 'freeze' }
  | { readonly kind: 'garbage' };

export type QueueSystemOptions = {
  /** On 127.0.0.1; 0 for a free one. */
  readonly port: number;
  readonly log: Logger;
  /** The same seed and times give the same counts. */
  readonly seed?: number;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
};

/** Faults whose answers do not end by themselves. */
const ENDLESS: ReadonlySet<QueueFault['kind']> = new Set(['hang', 'slow', 'huge']);

/** The running queue system. */
export class QueueSystem implements Closable {
  readonly #log: Logger;
  readonly #clock: () => number;
  readonly #model: QueueModel;
  readonly #server: Server;
  #fault: QueueFault = { kind: 'none' };
  #frozen: QueueMonitor | null = null;
  #closing: Promise<void> | null = null;

  private constructor(options: QueueSystemOptions) {
    this.#log = options.log;
    this.#clock = options.clock ?? Date.now;
    this.#model = new QueueModel(options.seed ?? DEFAULT_SEED, this.#clock());
    this.#server = createServer((request, response) => {
      this.#answer(request, response);
    });
  }

  /** @throws Error with code `EADDRINUSE` when the port is taken */
  static async start(options: QueueSystemOptions): Promise<QueueSystem> {
    const system = new QueueSystem(options);
    system.#server.listen(options.port, '127.0.0.1');
    await once(system.#server, 'listening');
    return system;
  }

  /** The address to ask. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${QUEUE_PATH}`;
  }

  /** What a request would be told now, faults aside. */
  counts(): QueueMonitor {
    this.#model.advanceTo(this.#clock());
    return queueMonitor(this.#model.counts());
  }

  /** Orders a fault, or its end with `none`. Requests that were left hanging are cut off. */
  fault(fault: QueueFault): void {
    this.#log.info({ fault }, 'the queue system behaves differently from now on');
    this.#frozen = fault.kind === 'freeze' ? this.counts() : null;
    if (ENDLESS.has(this.#fault.kind)) this.#server.closeAllConnections();
    this.#fault = fault;
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.split('?')[0];
    const fault = this.#fault;
    if (path !== QUEUE_PATH) response.writeHead(404).end();
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else if (fault.kind === 'fail') response.writeHead(fault.status).end();
    else if (fault.kind === 'garbage') sendJson(response, '{"type":"QueueMonitor","ticketsToServe":\u0000 12,,');
    else if (fault.kind === 'wrong-type') sendJson(response, JSON.stringify(mistyped(this.counts())));
    else if (fault.kind === 'slow') trickle(response, JSON.stringify(this.counts()));
    else if (fault.kind === 'huge') flood(response);
    else if (fault.kind !== 'hang') sendJson(response, JSON.stringify(this.#frozen ?? this.counts()));
  }
}

function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(body);
}

function mistyped(counts: QueueMonitor): Record<string, unknown> {
  return { ...counts, ticketsToServe: ['many'], ticketServedLabel: null, ticketServed: {}, servedToday: 'seven' };
}

/** The whole answer, one byte a second. */
function trickle(response: ServerResponse, body: string): void {
  const bytes = Buffer.from(body);
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, (sent += 1)));
    if (sent >= bytes.length) response.end();
  }, TRICKLE_MS);
  response.once('close', () => clearInterval(timer));
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
}

/** An answer that begins well and goes on for as long as somebody reads it. */
function flood(response: ServerResponse): void {
  const part = Buffer.alloc(FLOOD_BYTES, '{"ticketsToServe":12,"more":"');
  const pour = (): void => {
    while (!response.destroyed && response.write(part)) continue;
  };
  response.on('drain', pour);
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  pour();
}

/**
 * Everything over HTTP: the pages, health, metrics, the wall's state and its commands, pictures, pushed counts, sessions; and
 * the WebSockets of the same port by their path. Errors are always `{code, message, parameters}`.
 */
import fastifyRateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions } from 'node:tls';
import type { Closable } from '../../core/closing.js';
import type { Logger } from '../../core/logger.js';
import type { RecentLog } from '../../core/recent-log.js';
import type { AuditReader } from '../../audit/reading/audit-reader.js';
import type { Access } from '../access/access.js';
import type { CommandDesk } from '../commands/desk.js';
import type { WallEngine } from '../engine.js';
import type { Snapshots } from '../snapshots.js';
import { createListener, renewCertificate, type ListenerLimits } from '../listener.js';
import { refuseUpgrade } from '../socket/socket-host.js';
import type { Tally } from '../tally.js';
import { installDescription, prepareDescriptions } from './api-description.js';
import { installAudit } from './audit-routes.js';
import { installCommands } from './command-routes.js';
import { installCounts } from './count-routes.js';
import { installErrorHandler } from './error-handler.js';
import { sendError } from './errors.js';
import { installSecurityHeaders } from './headers.js';
import { installHealth } from './health.js';
import type { Metrics } from './metrics.js';
import { installOutputs } from './output-routes.js';
import { installLog } from './log-routes.js';
import { installLux } from './lux-route.js';
import { installPages } from './pages.js';
import { installSession } from './session-routes.js';
import { installSnapshots } from './snapshot-routes.js';
import { installState } from './state-routes.js';
import { Turns } from './turns.js';

const MAXIMUM_BODY_BYTES = 65_536;
/** Methods that change nothing (RFC 9110, section 9.2.1). */
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Takes over an upgrade request. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export type HttpServerOptions = {
  readonly engine: WallEngine;
  readonly desk: CommandDesk;
  readonly access: Access;
  readonly snapshots: Snapshots;
  readonly metrics: Metrics;
  readonly tally: Tally;
  /** Null where nothing is kept. */
  readonly audit: AuditReader | null;
  /** Null where none is kept. */
  readonly recentLog: RecentLog | null;
  readonly log: Logger;
  /** Folder of the built pages: `index.html`, `screen.html`, `assets/`. */
  readonly webRoot: string;
  /** Port of obs-websocket, for the page to show. */
  readonly obsPort: number;
  /** Certificate and key, for TLS; null without. */
  readonly tls: SecureContextOptions | null;
  readonly limits: ListenerLimits;
  /** WebSockets by path. */
  readonly upgrades: ReadonlyMap<string, UpgradeHandler>;
};

/** The HTTP server; `listen` it to begin. */
export class HttpServer implements Closable {
  readonly #server: FastifyInstance;
  /** Every route with its method, such as `GET /api/v1/wall`; WebSockets as `UPGRADE /obs`. */
  readonly routes: readonly string[];
  readonly #upgraded = new Set<Duplex>();
  #closing: Promise<void> | null = null;

  private constructor(server: FastifyInstance, routes: readonly string[], options: HttpServerOptions) {
    this.#server = server;
    this.routes = [...routes, ...[...options.upgrades.keys()].map((path) => `UPGRADE ${path}`)];
    server.server.on('upgrade', (request, socket, head) => {
      this.#upgraded.add(socket);
      socket.on('close', () => this.#upgraded.delete(socket));
      route(request, socket, head, options);
    });
  }

  static async create(options: HttpServerOptions): Promise<HttpServer> {
    const { engine, desk, access, snapshots, metrics, tally, log, obsPort, tls, limits } = options;
    const server = fastify({
      bodyLimit: MAXIMUM_BODY_BYTES,
      forceCloseConnections: true,
      serverFactory: (handler) => createListener(handler, { label: 'http', tls, limits, tally }),
      routerOptions: { maxParamLength: 256 },
    });
    const routes: string[] = [];
    server.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push(`${each} ${url}`);
    });
    installErrorHandler(server, log, tally);
    installSecurityHeaders(server, tls !== null);
    const turns = new Turns();
    server.addHook('onRequest', () => turns.next());
    server.addHook('onRequest', async (request, reply) => {
      if (!access.isHostAllowed(request.headers)) {
        tally.count('http', 'foreign-host');
        return sendError(reply, 403, 'foreign-host', 'use the address of this machine as a number, or localhost');
      }
      // A foreign page can send what changes something, although it may not read the answer.
      if (!READING.has(request.method) && !access.isOriginAllowed(request.headers)) {
        tally.count('http', 'foreign-origin');
        return sendError(reply, 403, 'foreign-origin', 'pages of other hosts may not change anything here');
      }
      return undefined;
    });
    await server.register(fastifyRateLimit, { global: false });
    await prepareDescriptions(server);
    await installPages(server, options.webRoot);
    installHealth(server, engine);
    installSnapshots(server, snapshots, access, tally);
    installOutputs(server, engine, access, tally);
    installCounts(server, engine, access, tally);
    installLux(server, engine, access, tally);
    installState(server, engine, access, tally);
    installCommands(server, desk, access, tally);
    installAudit(server, options.audit, access, tally);
    installLog(server, options.recentLog, access, tally);
    installDescription(server);
    installSession(server, access, tally, () => ({ obsPort, wall: engine.wall }));
    server.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
    return new HttpServer(server, routes, options);
  }

  /** @returns the port, which the system chooses for 0. @throws Error with the code of the system when it cannot be had */
  async listen(host: string, port: number): Promise<number> {
    await this.#server.listen({ host, port });
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** Another certificate, where there is one. */
  renewCertificate(tls: SecureContextOptions): void {
    renewCertificate(this.#server.server, tls);
  }

  /** Also ends WebSockets that their owners have not ended before: the server would wait for them. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const socket of this.#upgraded) socket.destroy();
    await this.#server.close();
  }
}

function route(request: IncomingMessage, socket: Duplex, head: Buffer, options: HttpServerOptions): void {
  const [path = ''] = (request.url ?? '').split('?');
  const upgrade = options.upgrades.get(path);
  if (upgrade !== undefined) {
    upgrade(request, socket, head);
  } else {
    options.tally.count('http', 'not-found');
    refuseUpgrade(socket, { status: 404, code: 'not-found' });
  }
}

/**
 * The way in for people and programs: obs-websocket on its own port and at `/obs`, HTTP, live pictures, and where they are
 * wanted OSC and MQTT. It speaks to the wall through `WallEngine` alone; nothing here can hold up a tick. `openControlPlane` opens all of it.
 */
import type { SecureContextOptions } from 'node:tls';
import { CloseStack, type Closable } from '../core/closing.js';
import type { Logger } from '../core/logger.js';
import type { RecentLog } from '../core/recent-log.js';
import type { StoredOperators } from '../operators/operator-file.js';
import type { AuditStatus } from '../audit/audit-log.js';
import type { AuditReader } from '../audit/reading/audit-reader.js';
import { Access } from './access/access.js';
import { VisitorBook, type VisitRecord } from './access/visitor-book.js';
import { CommandDesk, type CommandRecord } from './commands/desk.js';
import { Doors } from './doors.js';
import type { WallEngine } from './engine.js';
import { Metrics, type LatenessReport } from './http/metrics.js';
import { HttpServer, type UpgradeHandler } from './http/server.js';
import { DEFAULT_LISTENER_LIMITS, type ListenerLimits } from './listener.js';
import { ObsListener } from './obs/listener.js';
import { ObsServer } from './obs/server.js';
import type { ControlOptions } from './options.js';
import { PicturesServer } from './pictures/server.js';
import { Snapshots } from './snapshots.js';
import { DEFAULT_SOCKET_LIMITS, type SocketLimits } from './socket/guarded-socket.js';
import { refuseUpgrade } from './socket/socket-host.js';
import { Tally } from './tally.js';

/** How often sessions are ended whose time is over, and visits told that came in numbers. */
const TIDY_EVERY_MS = 15_000;

export type ControlPlaneOptions = {
  readonly engine: WallEngine;
  readonly control: ControlOptions;
  /** Operators that were added by command; null where there never was one. */
  readonly storedOperators?: StoredOperators | null;
  /** What `control.tls` names, read; null without TLS. */
  readonly tls?: SecureContextOptions | null;
  /** Address to listen on, and ports; 0 lets the system choose. */
  readonly host: string;
  readonly port: number;
  readonly obsPort: number;
  /** Folder of the built pages: `index.html`, `screen.html`, `assets/`. */
  readonly webRoot: string;
  /** Takes over the WebSocket of the simulated screen, `/screen/frames`; null where there is no simulated screen. */
  readonly screenUpgrade: UpgradeHandler | null;
  readonly log: Logger;
  /** Told of every command, refused ones included. Must not throw. */
  readonly onCommand?: (record: CommandRecord) => void;
  /** Told of whoever comes in, leaves, or is refused. Must not throw. */
  readonly onVisit?: (visit: VisitRecord) => void;
  /** The latest lines of the service's own log; null or absent where none are kept. */
  readonly recentLog?: RecentLog | null;
  /** The audit log, to be read, and how it is; null or absent where nothing is kept. */
  readonly audit?: { readonly reader: AuditReader; readonly status: () => AuditStatus } | null;
  /** What a WebSocket may cost, where it differs from the default. */
  readonly limits?: Partial<SocketLimits>;
  /** What a port may be made to hold, where it differs from the default. */
  readonly listenerLimits?: Partial<ListenerLimits>;
};

/** The open control plane. */
export interface ControlPlane extends Closable {
  readonly port: number;
  readonly obsPort: number;
  /** Every HTTP route with its method, such as `GET /api/v1/wall`; WebSockets as `UPGRADE /obs`. */
  readonly routes: readonly string[];
  /** Takes in what the wall measured since its last report. */
  observeReport(report: LatenessReport): void;
  /**
   * Takes new operators, origins and certificate; whoever is no longer on the list is disconnected (4011). Whether there is TLS at
   * all is settled when the ports are opened.
   */
  reconfigure(control: ControlOptions, tls?: SecureContextOptions | null): void;
  /** Takes the operators that were added by command; whoever is no longer on the list is disconnected (4011). */
  setStoredOperators(stored: StoredOperators): void;
}

/**
 * Opens every door.
 * @throws Error with the code of the system (`EADDRINUSE`, …) when a port cannot be had; nothing is left open then
 */
export async function openControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { engine, host, log, screenUpgrade } = options;
  const stack = new CloseStack();
  const { tls = null, storedOperators = null } = options;
  const visitors = stack.add(new VisitorBook(options.onVisit ?? (() => undefined)));
  const access = new Access(options.control, storedOperators, visitors, log);
  const tidying = setInterval(() => access.tidy(), TIDY_EVERY_MS);
  stack.defer(() => clearInterval(tidying));
  const tally = new Tally();
  const limits = { ...DEFAULT_SOCKET_LIMITS, ...options.limits };
  const listenerLimits = { ...DEFAULT_LISTENER_LIMITS, ...options.listenerLimits };
  try {
    const snapshots = stack.add(new Snapshots(engine));
    const desk = new CommandDesk({ engine, onCommand: options.onCommand ?? (() => undefined) });
    const obs = stack.add(new ObsServer({ engine, desk, access, snapshots, tally, limits, log }));
    const pictures = stack.add(new PicturesServer({ engine, access, tally, limits, log }));
    const doors = stack.add(new Doors({ engine, desk, tally, log }));
    const connections = (): Record<string, number> => ({
      obs: obs.connectionCount,
      pictures: pictures.connectionCount,
      ...(doors.isBrokerConnected === null ? {} : { mqtt: doors.isBrokerConnected ? 1 : 0 }),
    });
    const metrics = stack.add(new Metrics(engine, tally, connections, options.audit?.status ?? null));
    const obsListener = stack.add(
      await ObsListener.open(obs, { host, port: options.obsPort }, { tls, limits: listenerLimits, tally }),
    );
    const upgrades = new Map<string, UpgradeHandler>([
      ['/obs', (request, socket, head) => obs.handleUpgrade(request, socket, head)],
      ['/pictures', (request, socket, head) => pictures.handleUpgrade(request, socket, head)],
    ]);
    if (screenUpgrade !== null) upgrades.set('/screen/frames', guarded(screenUpgrade, access, tally));
    const { webRoot } = options;
    const audit = options.audit?.reader ?? null;
    const obsPort = obsListener.port;
    const http = stack.add(
      await HttpServer.create({
        engine,
        desk,
        access,
        snapshots,
        metrics,
        tally,
        audit,
        recentLog: options.recentLog ?? null,
        log,
        webRoot,
        obsPort,
        tls,
        limits: listenerLimits,
        upgrades,
      }),
    );
    const port = await http.listen(host, options.port);
    await doors.use(options.control);
    return {
      port,
      obsPort,
      routes: http.routes,
      observeReport: (report) => metrics.observeReport(report),
      reconfigure: (control, renewed = null) => {
        access.replace(control);
        void doors.use(control);
        if (renewed === null) return;
        for (const listener of [http, obsListener]) listener.renewCertificate(renewed);
      },
      setStoredOperators: (stored) => access.replaceStored(stored),
      // WebSockets first: an HTTP server is closed when the last of its connections is, upgraded ones included.
      close: async () => {
        await Promise.all([obs.close(), pictures.close()]);
        await stack.close();
      },
    };
  } catch (thrown) {
    await stack.close();
    throw thrown;
  }
}

/** The screen shows what hangs in the street, so anybody may look; but not any web page on their behalf. */
function guarded(upgrade: UpgradeHandler, access: Access, tally: Tally): UpgradeHandler {
  return (request, socket, head) => {
    if (access.isHandshakeAllowed(request.headers)) {
      upgrade(request, socket, head);
    } else {
      tally.count('screen', 'foreign-origin');
      refuseUpgrade(socket, { status: 403, code: 'foreign-origin' });
    }
  };
}

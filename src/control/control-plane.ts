/**
 * The way in for people and programs: obs-websocket on its own port and at `/obs`, HTTP, live pictures, and where they are
 * wanted OSC and MQTT. It speaks to the wall through `WallEngine` alone; nothing here can hold up a tick. `openControlPlane` opens all of it.
 */
import { CloseStack, type Closable } from '../core/closing.js';
import type { Logger } from '../core/logger.js';
import { Access } from './access/access.js';
import { CommandDesk, type CommandRecord } from './commands/desk.js';
import { Doors } from './doors.js';
import type { WallEngine } from './engine.js';
import { Metrics, type LatenessReport } from './http/metrics.js';
import { HttpServer, type UpgradeHandler } from './http/server.js';
import { ObsListener } from './obs/listener.js';
import { ObsServer } from './obs/server.js';
import type { ControlOptions } from './options.js';
import { PicturesServer } from './pictures/server.js';
import { Snapshots } from './snapshots.js';
import { DEFAULT_SOCKET_LIMITS, type SocketLimits } from './socket/guarded-socket.js';
import { refuseUpgrade } from './socket/socket-host.js';
import { Tally } from './tally.js';

export type ControlPlaneOptions = {
  readonly engine: WallEngine;
  readonly control: ControlOptions;
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
  /** What a WebSocket may cost, where it differs from the default. */
  readonly limits?: Partial<SocketLimits>;
};

/** The open control plane. */
export interface ControlPlane extends Closable {
  readonly port: number;
  readonly obsPort: number;
  /** Takes in what the wall measured since its last report. */
  observeReport(report: LatenessReport): void;
  /** Takes new operators and origins; whoever is no longer on the list is disconnected. */
  reconfigure(control: ControlOptions): void;
}

/**
 * Opens every door.
 * @throws Error with the code of the system (`EADDRINUSE`, …) when a port cannot be had; nothing is left open then
 */
export async function openControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { engine, host, log, screenUpgrade } = options;
  const stack = new CloseStack();
  const access = new Access(options.control);
  const tally = new Tally();
  const limits = { ...DEFAULT_SOCKET_LIMITS, ...options.limits };
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
    const metrics = stack.add(new Metrics(engine, tally, connections));
    const obsListener = stack.add(await ObsListener.open(obs, host, options.obsPort));
    const upgrades = new Map<string, UpgradeHandler>([
      ['/obs', (request, socket, head) => obs.handleUpgrade(request, socket, head)],
      ['/pictures', (request, socket, head) => pictures.handleUpgrade(request, socket, head)],
    ]);
    if (screenUpgrade !== null) upgrades.set('/screen/frames', guarded(screenUpgrade, access, tally));
    const { webRoot } = options;
    const obsPort = obsListener.port;
    const http = stack.add(
      await HttpServer.create({ engine, desk, access, snapshots, metrics, tally, log, webRoot, obsPort, upgrades }),
    );
    const port = await http.listen(host, options.port);
    await doors.use(options.control);
    return {
      port,
      obsPort,
      observeReport: (report) => metrics.observeReport(report),
      reconfigure: (control) => {
        access.replace(control);
        obs.dropStrangers();
        void doors.use(control);
      },
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
      refuseUpgrade(socket, 403, 'foreign-origin');
    }
  };
}

import { CameraPool } from './camera/camera-pool.js';
import { loadConfiguration, type LoadedConfiguration } from './config/load.js';
import { exposureProblem } from './config/exposure.js';
import { processSecrets } from './config/secrets.js';
import { CloseStack, type Closable } from './core/closing.js';
import { GlasshallError } from './core/errors.js';
import type { Logger } from './core/logger.js';
import type { Redactor } from './core/secrets.js';
import { openControlPlane, type ControlPlane } from './control/control-plane.js';
import { CountBoard } from './counts/count-board.js';
import { Director } from './engine/director.js';
import type { Handover, RunningRehearsal } from './guardian/messages.js';
import { Engine } from './engine/engine.js';
import { Pictures } from './engine/pictures.js';
import { PreviewCanvas } from './engine/preview-canvas.js';
import { Signage } from './engine/signage.js';
import { paintWallSlates, slateScene } from './engine/wall-slates.js';
import { checkFonts } from './paint/fonts.js';
import { proxyUpgrade } from './rehearsal/led-screen/screen-proxy.js';
import { tickerOptions } from './ticker/options.js';
import { Ticker } from './ticker/ticker.js';
import { rgbOf } from './wall/pixels.js';
import { Wall } from './wall/wall.js';

/** Everything that the process decides for the service. */
export type AppOptions = {
  /** The configuration: of a real hall, or of the rehearsal. */
  readonly configurationFile: string;
  /** The simulators that stand in for devices; null with real ones. */
  readonly rehearsal: RunningRehearsal | null;
  readonly host: string;
  readonly port: number;
  readonly obsPort: number;
  /** The built pages. */
  readonly webRoot: string;
  /** Where what operators decided is kept over restarts; null: nowhere. */
  readonly stateDirectory: string | null;
  /** Whether somebody else has the output devices until `App.openOutputs`. */
  readonly outputsHeld: boolean;
  /** Open file for signs of life, see `core/heartbeat.ts`. */
  readonly heartbeatFd: number | null;
  /** Whether an engine ran before this one: the last good configuration will do where the file is broken. */
  readonly isRestart: boolean;
  /** Told what a guardian needs to stand in, at the start and whenever it changes. */
  readonly onHandover: (handover: Handover) => void;
  /** The configuration changed in something that only another process can take over. */
  readonly onRestartNeeded: () => void;
  readonly redactor: Redactor;
  readonly log: Logger;
};

/** The running service. */
export type App = Closable & {
  readonly url: string;
  readonly obsUrl: string;
  readonly isRehearsal: boolean;
  /** Its errors are fatal (nothing is shown any more); its reports come once a second. */
  readonly wall: Wall;
  /** Begins to send, where outputs were held. */
  openOutputs(): void;
  /** Resolves when every tile on air is live, at the latest after so long. */
  presentable(limitMs: number): Promise<void>;
  /** Whether the guardian is there. */
  observeGuardian(isUp: boolean): void;
};

/**
 * The composition root: the only place that sees every folder. Builds the parts in the order in which data flows
 * (cameras and counts, painting, wall, switcher, control) and closes them in the opposite order.
 * @throws ConfigurationError, or GlasshallError when something that every wall needs is missing (a font, a free port)
 */
export async function startApp(options: AppOptions): Promise<App> {
  const closing = new CloseStack();
  try {
    await checkFonts();
    const loaded = await load(options);
    const { engine, wall } = await startEngine(loaded, options, closing);
    const control = closing.add(await openControl(loaded, engine, options));
    closing.defer(await prepareEnd(loaded, wall, options));
    wall.on('report', (report) => control.observeReport(report));
    const address = options.host.includes(':') ? `[${options.host}]` : options.host;
    return {
      url: `http://${address}:${control.port}`,
      obsUrl: `ws://${address}:${control.obsPort}`,
      isRehearsal: options.rehearsal !== null,
      wall,
      openOutputs: () => wall.openOutputs(),
      presentable: (limitMs) => engine.presentable(limitMs),
      observeGuardian: (isUp) => control.observeGuardian(isUp),
      close: () => closing.close(),
    };
  } catch (failure) {
    await closing.close();
    throw failure;
  }
}

/** What stands in for the wall when it has ended, one way or the other. @returns the first step of an orderly end */
async function prepareEnd(
  { configuration }: LoadedConfiguration,
  wall: Wall,
  { onHandover }: AppOptions,
): Promise<() => void> {
  const { name, width: widthPx, height: heightPx, fps: framesPerSecond, atEnd } = configuration.wall;
  const size = { widthPx, heightPx };
  const { restarting, closed } = await paintWallSlates(size, name);
  const isClosedShown = atEnd === 'closed';
  if (isClosedShown) wall.showAtEnd(closed);
  onHandover({
    size,
    framesPerSecond,
    outputs: configuration.outputs,
    restarting: rgbOf(restarting),
    closed: isClosedShown ? rgbOf(closed) : null,
  });
  return () => {
    // While the parts close one after the other, nobody sees their pictures stop.
    wall.setLastScene(isClosedShown ? slateScene(closed) : { sceneNumber: 0, items: [] });
  };
}

async function load(options: AppOptions): Promise<LoadedConfiguration> {
  const environment = { ...process.env, ...options.rehearsal?.environment };
  const loaded = await loadConfiguration(options.configurationFile, processSecrets(environment));
  for (const secret of loaded.secrets) options.redactor.add(secret);
  const problem = exposureProblem(options.host, loaded.configuration.control);
  if (problem !== null) throw new GlasshallError(problem.code, `${problem.message} — ${problem.mend}`);
  return loaded;
}

async function startEngine(
  { configuration, layouts }: LoadedConfiguration,
  { log, redactor, rehearsal, outputsHeld, heartbeatFd }: AppOptions,
  closing: CloseStack,
): Promise<{ engine: Engine; wall: Wall }> {
  const size = { widthPx: configuration.wall.width, heightPx: configuration.wall.height };
  const { name, fps: framesPerSecond, timeZone, labels, clock, directTakeWait } = configuration.wall;
  const lines = configuration.ticker ?? tickerOptions.parse({ text: '' });

  const wall = closing.add(
    await Wall.start({
      size,
      framesPerSecond,
      outputs: configuration.outputs,
      outputsHeld,
      heartbeatFd,
      log: log.child({ part: 'wall' }),
    }),
  );
  const cameras = closing.add(
    CameraPool.start({ cameras: configuration.cameras, log: log.child({ part: 'camera' }), redactor }),
  );
  const counts = closing.add(CountBoard.start({ counts: configuration.counts, log: log.child({ part: 'counts' }) }));
  const ticker = closing.add(new Ticker({ options: lines, framesPerSecond, log: log.child({ part: 'ticker' }) }));
  const cameraNames = new Map(configuration.cameras.map((camera) => [camera.id, camera.name]));
  const signage = await Signage.start({ wall: size, cameraNames, timeZone, labels });
  const director = new Director({
    wall,
    staging: { cameras, signage, clock, tickerBackground: lines.background },
    directTakeWaitMs: directTakeWait,
    log: log.child({ part: 'director' }),
  });
  const preview = new PreviewCanvas(size, framesPerSecond, log.child({ part: 'preview' }));
  ticker.on('update', (update) => preview.applyTicker(update));
  const pictures = new Pictures({ program: wall.program, director, preview, cameras });
  const engine = closing.add(
    new Engine({
      information: { ...size, name, framesPerSecond, rehearsal: rehearsal !== null },
      layouts,
      tickerText: lines.text,
      outputs: configuration.outputs,
      wall,
      cameras,
      cameraNames,
      counts,
      ticker,
      director,
      pictures,
      log: log.child({ part: 'switcher' }),
    }),
  );
  await engine.start();
  return { engine, wall };
}

async function openControl(
  { configuration }: LoadedConfiguration,
  engine: Engine,
  { host, port, obsPort, webRoot, rehearsal, log }: AppOptions,
): Promise<ControlPlane> {
  try {
    return await openControlPlane({
      engine,
      control: configuration.control,
      host,
      port,
      obsPort,
      webRoot,
      screenUpgrade:
        rehearsal === null
          ? null
          : (request, socket, head) => proxyUpgrade(request, socket, head, rehearsal.screenHttpPort),
      log: log.child({ part: 'control' }),
    });
  } catch (failure) {
    throw portProblem(failure, host) ?? failure;
  }
}

/** A taken port in words that say how to go on. */
function portProblem(failure: unknown, host: string): GlasshallError | null {
  if (!(failure instanceof Error) || !('code' in failure)) return null;
  const port = 'port' in failure ? String(failure.port) : '?';
  if (failure.code === 'EADDRINUSE') {
    const mend = 'end the program that has it, or choose another with --port and --obs-port';
    return new GlasshallError('port-in-use', `port ${port} on ${host} is taken — ${mend}`, { port, host });
  }
  if (failure.code === 'EADDRNOTAVAIL' || failure.code === 'ENOTFOUND') {
    return new GlasshallError('bad-host', `this machine has no address ${host} — give one of its own with --host`, {
      host,
    });
  }
  return null;
}

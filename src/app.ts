import type { LoadedConfiguration } from './config/load.js';
import { exposureProblem } from './config/exposure.js';
import { CloseStack, type Closable } from './core/closing.js';
import { GlasshallError } from './core/errors.js';
import { openControlPlane, type ControlPlane } from './control/control-plane.js';
import type { Engine } from './engine/engine.js';
import { checkFonts } from './paint/fonts.js';
import { proxyUpgrade } from './rehearsal/led-screen/screen-proxy.js';
import type { AppOptions } from './app-options.js';
import { keepLastGood, loadOrLastGood, type Loaded } from './last-good.js';
import { startParts } from './parts.js';
import { Reloader } from './reload.js';
import { StandIn } from './stand-in.js';
import type { Wall } from './wall/wall.js';

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
    const loaded = accept(await loadOrLastGood(options), options);
    const parts = await startParts(loaded, options, closing);
    const { engine, wall } = parts;
    const control = closing.add(await openControl(loaded, engine, options));
    wall.on('report', (report) => control.observeReport(report));
    const standIn = new StandIn({
      wall,
      isBlackout: engine.state().blackout,
      brightness: engine.brightness(),
      onHandover: options.onHandover,
      onBrightness: options.onBrightness,
    });
    engine.on('state', ({ blackout }) => standIn.setBlackout(blackout));
    engine.on('brightness', (report) => standIn.setBrightness(report));
    await standIn.use(loaded.configuration);
    const reloader = closing.add(
      await Reloader.start({
        file: options.configurationFile,
        loaded,
        parts,
        control,
        rehearsal: options.rehearsal !== null,
        load: async () => accept(await loadOrLastGood({ ...options, isRestart: false }), options),
        onLoaded: async (used) => {
          await standIn.use(used.configuration);
          await keepLastGood(options);
        },
        onRestartNeeded: options.onRestartNeeded,
        log: options.log.child({ part: 'configuration' }),
      }),
    );
    if (loaded.failure === null) await keepLastGood(options);
    else await reloader.reload();
    // While the parts close one after the other, nobody sees their pictures stop.
    closing.defer(() => wall.setLastScene(standIn.lastScene));
    const address = options.host.includes(':') ? `[${options.host}]` : options.host;
    return {
      url: `http://${address}:${control.port}`,
      obsUrl: `ws://${address}:${control.obsPort}`,
      isRehearsal: options.rehearsal !== null,
      wall,
      openOutputs: () => wall.openOutputs(),
      presentable: (limitMs) => engine.presentable(limitMs),
      observeGuardian: (guardian) => engine.observeService({ guardian }),
      close: () => closing.close(),
    };
  } catch (failure) {
    await closing.close();
    throw failure;
  }
}

/** Checks what concerns the process, and not the file. */
function accept(loaded: Loaded, options: AppOptions): Loaded {
  for (const secret of loaded.secrets) options.redactor.add(secret);
  const problem = exposureProblem(options.host, loaded.configuration.control);
  if (problem !== null) throw new GlasshallError(problem.code, `${problem.message} — ${problem.mend}`);
  return loaded;
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

import { NO_CERTIFICATE, readCertificate } from './config/certificate.js';
import { exposureProblem } from './config/exposure.js';
import { CloseStack, type Closable } from './core/closing.js';
import { GlasshallError, messageOf } from './core/errors.js';
import { openControlPlane, type ControlPlane } from './control/control-plane.js';
import { checkFonts } from './paint/fonts.js';
import { proxyUpgrade } from './rehearsal/led-screen/screen-proxy.js';
import type { AppOptions } from './app-options.js';
import { keepLastGood, loadOrLastGood, type Loaded } from './last-good.js';
import { OperatorRegister } from './operator-register.js';
import { startParts, type Parts } from './parts.js';
import { Reloader, type Accepted } from './reload.js';
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
    const register = closing.add(
      await OperatorRegister.open({
        directory: options.stateDirectory,
        log: options.log.child({ part: 'operators' }),
      }),
    );
    const load = async (given: AppOptions): Promise<Accepted & Loaded> =>
      accept(await loadOrLastGood(given), given, register);
    const loaded = await load(options);
    const parts = await startParts(loaded, options, closing);
    const { engine, wall } = parts;
    const control = closing.add(await openControl(loaded, parts, register, options));
    register.follow((stored) => control.setStoredOperators(stored));
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
        load: () => load({ ...options, isRestart: false }),
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
    const secure = loaded.certificate === null ? '' : 's';
    return {
      url: `http${secure}://${address}:${control.port}`,
      obsUrl: `ws${secure}://${address}:${control.obsPort}`,
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

/** Checks what concerns the process and other files, and not the configuration alone. */
async function accept(loaded: Loaded, options: AppOptions, register: OperatorRegister): Promise<Accepted & Loaded> {
  for (const secret of loaded.secrets) options.redactor.add(secret);
  const { control } = loaded.configuration;
  const problem = exposureProblem(options.host, control, register.stored !== null);
  if (problem !== null) {
    const failure = new GlasshallError(problem.code, `${problem.message} — ${problem.mend}`);
    if (!options.isRestart) throw failure;
    // The wall was on air: it goes on, and control is closed rather than open.
    options.log.error({ failure: failure.message }, 'nobody can sign in: there are no operators');
    register.lock();
    return accept({ ...loaded, failure }, options, register);
  }
  if (control.tls === undefined) return { ...loaded, certificate: null };
  try {
    return { ...loaded, certificate: await readCertificate(control.tls) };
  } catch (failure) {
    if (!options.isRestart) throw failure;
    // The wall was on air: it goes on, behind ports that speak with nobody until the files are mended.
    options.log.error({ failure: messageOf(failure) }, 'nobody can connect: the certificate cannot be used');
    return { ...loaded, certificate: NO_CERTIFICATE, failure };
  }
}

async function openControl(
  { configuration, certificate }: Accepted,
  { engine, asRun }: Parts,
  register: OperatorRegister,
  { host, port, obsPort, webRoot, rehearsal, log, recentLog }: AppOptions,
): Promise<ControlPlane> {
  try {
    return await openControlPlane({
      engine,
      control: configuration.control,
      storedOperators: register.stored,
      tls: certificate?.context ?? null,
      host,
      port,
      obsPort,
      webRoot,
      screenUpgrade:
        rehearsal === null
          ? null
          : (request, socket, head) => proxyUpgrade(request, socket, head, rehearsal.screenHttpPort),
      recentLog,
      audit: asRun === null ? null : { reader: asRun.reader, status: () => asRun.log.status },
      onCommand: (command) => asRun?.recorder.observeCommand(command),
      onVisit: (visit) => asRun?.recorder.observeVisit(visit),
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

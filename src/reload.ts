import { setTimeout as delay } from 'node:timers/promises';
import type { Certificate } from './config/certificate.js';
import { FileWatch } from './config/watch.js';
import type { LoadedConfiguration } from './config/load.js';
import { ConfigurationError, type Problem } from './config/problems.js';
import type { Configuration } from './config/schema.js';
import type { ControlPlane } from './control/control-plane.js';
import type { Closable } from './core/closing.js';
import { pixelSharesOf } from './engine/output-lights.js';
import { GlasshallError, messageOf } from './core/errors.js';
import type { Logger } from './core/logger.js';
import { automationOf, informationOf, layoutsOf, paintedOf, tickerOf, type Parts } from './parts.js';

/** A disk that hangs does not keep an old wall on air. */
const SETTLED_WITHIN_MS = 2_000;

/** A configuration that this process can run with, and the certificate that it names; null without TLS. */
export type Accepted = LoadedConfiguration & { readonly certificate: Certificate | null };

export type ReloaderOptions = {
  readonly file: string;
  /** What is in use. */
  readonly loaded: Accepted;
  readonly parts: Parts;
  readonly control: ControlPlane;
  readonly rehearsal: boolean;
  /** Reads and checks the file and what it names. @throws ConfigurationError, GlasshallError */
  readonly load: () => Promise<Accepted>;
  /** Called with what is in use from now on. */
  readonly onLoaded: (loaded: LoadedConfiguration) => Promise<void>;
  /** The change needs a new process; the one that runs goes on until then. */
  readonly onRestartNeeded: () => void;
  readonly log: Logger;
};

/**
 * Brings a changed configuration into the running service: what a reload does stands here, part by part. Each part goes on
 * undisturbed in what did not change. A file with mistakes changes nothing and is told of.
 */
export class Reloader implements Closable {
  readonly #options: ReloaderOptions;
  #used: Accepted;
  #watch: FileWatch | null = null;
  #certificateWatches: readonly FileWatch[] = [];
  #reloading: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(options: ReloaderOptions) {
    this.#options = options;
    this.#used = options.loaded;
  }

  /** Watches the file, and those of the certificate: they are renewed every few months, and nobody tells us. */
  static async start(options: ReloaderOptions): Promise<Reloader> {
    const reloader = new Reloader(options);
    const { file, log } = options;
    reloader.#watch = await FileWatch.start({ file, log, onChange: () => void reloader.reload() });
    await reloader.#watchCertificate(options.loaded);
    options.parts.engine.reloadBy(() => reloader.#reloadOnce());
    return reloader;
  }

  /** Reads the file again; never rejects. One after the other: the last change is the one that stays. */
  reload(): Promise<void> {
    this.#reloading = this.#reloading.then(() => this.#reload());
    return this.#reloading;
  }

  /** What somebody asks for is not read again because it changed. */
  async #reloadOnce(): Promise<void> {
    await this.#watch?.acknowledge();
    await this.reload();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#watch?.close();
    await this.#reloading;
    await Promise.all(this.#certificateWatches.map((watch) => watch.close()));
  }

  async #reload(): Promise<void> {
    if (this.#isClosed) return;
    const { parts, load, log } = this.#options;
    let loaded: Accepted;
    try {
      loaded = await load();
    } catch (failure) {
      this.#refuse(problemsOf(failure));
      return;
    }
    if (needsRestart(this.#used.configuration, loaded.configuration)) {
      log.warn({}, 'the size or the rate of the wall changed, or whether there is TLS: another process is needed');
      this.#tell('needs-restart', []);
      // The process is not asked again before it ends: what was decided a moment ago is what the next one shows.
      await Promise.race([parts.settled(), delay(SETTLED_WITHIN_MS, undefined, { ref: false })]);
      this.#options.onRestartNeeded();
      return;
    }
    try {
      const problem = await this.#apply(loaded);
      if (problem !== null) {
        this.#refuse([{ code: 'bad-output', path: 'outputs', line: 1, column: 1, message: problem, mend: 'mend it' }]);
        return;
      }
      await this.#watchCertificate(loaded, this.#used);
      this.#used = loaded;
      parts.engine.observeService({
        configuration: {
          ...parts.engine.service().configuration,
          state: 'current',
          loadedAtMs: Date.now(),
          problems: [],
        },
      });
      log.info({}, 'the changed configuration is in use');
      await this.#options.onLoaded(loaded);
    } catch (failure) {
      log.error({ failure: messageOf(failure) }, 'the changed configuration could not be used as a whole');
    }
  }

  /** @returns what is wrong with the outputs, which only their drivers know; then nothing is changed */
  async #apply(accepted: Accepted): Promise<string | null> {
    const { configuration, certificate } = accepted;
    const { parts, control, rehearsal, log } = this.#options;
    const { wall, cameras, outputs, counts, controllers } = configuration;
    const lines = tickerOf(configuration);
    const locale = { timeZone: wall.timeZone, language: wall.language };
    const { dimmedByController, silentWhenDark } = configuration.brightness;
    const shares = pixelSharesOf(
      parts.brightness.status().percent,
      { outputs, dimmedByController, silentWhenDark },
      parts.controllers.statuses(),
    );
    const problem = await parts.wall.setOutputs(outputs, shares);
    if (problem !== null) return problem;
    parts.cameraNames.clear();
    for (const { id, name } of cameras) parts.cameraNames.set(id, name);
    // Not waited for: a camera that hangs may take its time to go.
    const camerasChanged = parts.cameras.update(cameras);
    const countsChanged = parts.counts.update(counts);
    const paintedChanged = parts.painted.update(paintedOf(configuration), locale);
    const controllersChanged = parts.controllers.update(controllers);
    parts.signage.update({ wallName: wall.name, locale, labels: wall.labels });
    parts.testPatterns.use({ size: { widthPx: wall.width, heightPx: wall.height }, outputs, locale });
    parts.brightness.update(configuration.brightness, wall.timeZone);
    parts.staging.clock = wall.clock;
    parts.staging.tickerBackground = lines.background;
    parts.director.directTakeWaitMs = wall.directTakeWait;
    parts.ticker.setOptions(lines);
    const dropped = await parts.engine.reconfigure({
      information: informationOf(configuration, rehearsal),
      layouts: layoutsOf(accepted),
      tickerText: lines.text,
      automation: automationOf(configuration),
      outputs,
      dimmedByController,
      silentWhenDark,
    });
    if (dropped.length > 0) log.warn({ dropped }, 'part of what was decided is not there any more');
    parts.asRun?.log.setOptions(configuration.audit);
    control.reconfigure(configuration.control, certificate?.context ?? null);
    await Promise.all([camerasChanged, countsChanged, paintedChanged, controllersChanged]);
    return null;
  }

  async #watchCertificate({ configuration }: LoadedConfiguration, before?: LoadedConfiguration): Promise<void> {
    const { tls } = configuration.control;
    if (before !== undefined && JSON.stringify(tls) === JSON.stringify(before.configuration.control.tls)) return;
    await Promise.all(this.#certificateWatches.map((watch) => watch.close()));
    const { log } = this.#options;
    const files = tls === undefined ? [] : [tls.certificate, tls.key];
    this.#certificateWatches = await Promise.all(
      files.map((file) => FileWatch.start({ file, log, onChange: () => void this.reload() })),
    );
  }

  #refuse(problems: readonly Problem[]): void {
    const { log, file } = this.#options;
    log.error({ file, problems }, 'the changed configuration cannot be used; what was read before goes on');
    this.#tell('invalid', problems);
  }

  #tell(state: 'invalid' | 'needs-restart', problems: readonly Problem[]): void {
    const { engine } = this.#options.parts;
    engine.observeService({ configuration: { ...engine.service().configuration, state, problems } });
  }
}

/** Whether something changed that the thread of the wall, or a port, is born with. */
function needsRestart(used: Configuration, wanted: Configuration): boolean {
  const shapeOf = ({ wall, control }: Configuration): string =>
    JSON.stringify([wall.width, wall.height, wall.fps, control.tls === undefined]);
  return shapeOf(used) !== shapeOf(wanted);
}

function problemsOf(failure: unknown): readonly Problem[] {
  if (failure instanceof ConfigurationError) return failure.problems;
  const code = failure instanceof GlasshallError ? failure.code : 'unreadable';
  return [{ code, path: '', line: 1, column: 1, message: messageOf(failure), mend: 'mend the file' }];
}

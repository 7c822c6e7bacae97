import { basename, dirname } from 'node:path';
import type { AppOptions } from './app-options.js';
import { startAsRun, type AsRun } from './as-run.js';
import { realClock } from './automation/clock.js';
import { Conductor, type AutomationPlan } from './automation/conductor.js';
import { startBrightness } from './brightness.js';
import type { BrightnessGovernor } from './brightness/brightness.js';
import { CameraPool } from './camera/camera-pool.js';
import { ConfigurationEditor } from './config/editing/configuration-editor.js';
import type { LoadedConfiguration } from './config/load.js';
import type { Configuration } from './config/schema.js';
import type { ServiceStatus } from './control/engine.js';
import { ControllerWatch } from './controller/controller-watch.js';
import type { CloseStack } from './core/closing.js';
import { CountBoard } from './counts/count-board.js';
import { Director } from './engine/director.js';
import { Autopilot } from './engine/autopilot.js';
import { UrgentMessageEnd } from './engine/urgent-message-end.js';
import { Engine } from './engine/engine.js';
import { catalogueOf } from './engine/engine-parts.js';
import { pixelSharesOf } from './engine/output-lights.js';
import { Pictures } from './engine/pictures.js';
import { PreviewCanvas } from './engine/preview-canvas.js';
import { Signage } from './engine/signage.js';
import { TestPatterns } from './engine/test-patterns.js';
import { secretsOf } from './last-good.js';
import { HallLayouts } from './layout-desk/layout-desk.js';
import { fullScreenCamera, fullScreenLayouts } from './layout/full-screen.js';
import type { Layout } from './layout/layout.js';
import { HallProgramme } from './programme-desk/programme-desk.js';
import { PaintedSources } from './source/painted-sources.js';
import type { PaintedDefinition } from './source/registry.js';
import { StateStore } from './state/state-store.js';
import { initialState } from './switcher/reduce.js';
import { restore, savedState, toSaved, type SavedState } from './switcher/saved-state.js';
import type { SwitcherState } from './switcher/state.js';
import { tickerOptions, type TickerOptions } from './ticker/options.js';
import { Ticker } from './ticker/ticker.js';
import { Wall } from './wall/wall.js';

/** Everything that runs between devices and control, and what of it can be told to go on in another way. */
export type Parts = {
  readonly wall: Wall;
  readonly brightness: BrightnessGovernor;
  readonly cameras: CameraPool;
  /** Camera id → name as people read it. */
  readonly cameraNames: Map<string, string>;
  readonly counts: CountBoard;
  readonly controllers: ControllerWatch;
  readonly ticker: Ticker;
  readonly painted: PaintedSources;
  readonly signage: Signage;
  readonly director: Director;
  readonly testPatterns: TestPatterns;
  /** How layouts are staged from now on. */
  readonly staging: { clock: boolean; tickerBackground: string };
  readonly engine: Engine;
  /** Null where nothing is kept. */
  readonly asRun: AsRun | null;
  /** Resolves when everything decided and recorded so far is on the disk, or known not to be. */
  settled(): Promise<void>;
};

/** The running line; a hall without one has an empty one. */
export function tickerOf(configuration: Configuration): TickerOptions {
  return configuration.ticker ?? tickerOptions.parse({ text: '' });
}

/** The sources that are painted, and not filmed. */
export function paintedOf({ boards, images }: Configuration): readonly PaintedDefinition[] {
  return [
    ...boards.map((options) => ({ kind: 'board', options }) as const),
    ...images.map((options) => ({ kind: 'image', options }) as const),
  ];
}

/** What control is told about the wall. */
export function informationOf({ wall }: Configuration, rehearsal: boolean): Engine['wall'] {
  const { width: widthPx, height: heightPx, name, fps: framesPerSecond, timeZone } = wall;
  return { widthPx, heightPx, name, framesPerSecond, timeZone, rehearsal };
}

/** Tours and schedule, in the wall's time. */
export function automationOf({ tours, schedule, wall }: Configuration): AutomationPlan {
  return { tours, schedule: schedule ?? null, timeZone: wall.timeZone };
}

/** What can be on air: the written layouts, and behind them each camera over the whole wall. */
export function layoutsOf({ configuration: { cameras, wall }, layouts }: LoadedConfiguration): readonly Layout[] {
  const size = { widthPx: wall.width, heightPx: wall.height };
  const names = layouts.map(({ name }) => name);
  return [...layouts, ...fullScreenLayouts(cameras, size, names)];
}

/** Builds the parts in the order in which data flows, and puts on air what was on air before. */
export async function startParts(
  loaded: LoadedConfiguration,
  options: AppOptions,
  closing: CloseStack,
): Promise<Parts> {
  const { configuration } = loaded;
  const layouts = layoutsOf(loaded);
  const { log, redactor, rehearsal, outputsHeld, heartbeatFd } = options;
  const { outputs, cameras: cameraOptions } = configuration;
  const size = { widthPx: configuration.wall.width, heightPx: configuration.wall.height };
  const { fps: framesPerSecond, timeZone, language, labels, clock, directTakeWait } = configuration.wall;
  const locale = { timeZone, language };
  const lines = tickerOf(configuration);

  const store = storeOf(options, (state) => engine.observeService({ state }));
  const saved = (await store?.load()) ?? null;
  const { dimmedByController, silentWhenDark } = configuration.brightness;
  const { brightness, levels } = await startBrightness(configuration, saved?.brightness ?? null, options, closing);
  const wall = closing.add(
    await Wall.start({
      size,
      framesPerSecond,
      outputs,
      // No controller has said yet that it dims.
      brightness: pixelSharesOf(brightness.status().percent, { outputs, dimmedByController, silentWhenDark }, []),
      outputsHeld,
      heartbeatFd,
      log: log.child({ part: 'wall' }),
    }),
  );
  const cameras = closing.add(
    CameraPool.start({ cameras: cameraOptions, log: log.child({ part: 'camera' }), redactor }),
  );
  const counts = closing.add(CountBoard.start({ counts: configuration.counts, log: log.child({ part: 'counts' }) }));
  const painted = closing.add(
    new PaintedSources({
      definitions: paintedOf(configuration),
      locale,
      directory: dirname(options.configurationFile),
      readings: () => counts.readings(),
      log: log.child({ part: 'source' }),
    }),
  );
  const automation = automationOf(configuration);
  const state = stateOf(saved, { layouts, cameras, painted, automation }, lines.text, options);
  const controllers = closing.add(
    ControllerWatch.start(
      { controllers: configuration.controllers, log: log.child({ part: 'controller' }) },
      state.blackout,
    ),
  );
  const ticker = closing.add(new Ticker({ options: lines, framesPerSecond, log: log.child({ part: 'ticker' }) }));
  const cameraNames = new Map(cameraOptions.map((camera) => [camera.id, camera.name]));
  const signage = await Signage.start({ wall: size, wallName: configuration.wall.name, cameraNames, locale, labels });
  const staging = { cameras, signage, painted, clock, tickerBackground: lines.background };
  const director = new Director({
    wall,
    staging,
    directTakeWaitMs: directTakeWait,
    log: log.child({ part: 'director' }),
  });
  const testPatterns = new TestPatterns({
    wall,
    size,
    outputs,
    locale,
    cellsOnAir: () => director.program?.cells ?? [],
    isCamera: (source) => cameras.status().some(({ camera }) => camera === source),
    isOpenNow: () => conductor.isOpen ?? true,
    log: log.child({ part: 'test-patterns' }),
  });
  const preview = new PreviewCanvas(size, framesPerSecond, log.child({ part: 'preview' }));
  ticker.on('update', (update) => preview.applyTicker(update));
  const conductor = new Conductor({
    plan: automation,
    automation: state.automation,
    clock: realClock,
    onAir: () => engine.state().program,
    isDead: (layout) => engine.isDead(layout),
  });
  const editor = closing.add(
    new ConfigurationEditor({
      file: options.configurationFile,
      secrets: secretsOf(options),
      reload: () => engine.reload(),
      log: log.child({ part: 'configuration' }),
    }),
  );
  const programmeDesk = new HallProgramme({
    editor,
    inUse: () => conductor.plan,
    state: () => engine.state(),
  });
  const layoutDesk = closing.add(
    await HallLayouts.open({
      editor,
      directory: options.stateDirectory,
      layoutsInUse: () => engine.layouts().filter(({ id }) => fullScreenCamera(id) === null),
      state: () => engine.state(),
      onDraftsChanged: () => engine.emit('layoutDrafts'),
      log: log.child({ part: 'layouts' }),
    }),
  );
  const engine: Engine = closing.add(
    new Engine({
      information: informationOf(configuration, rehearsal !== null),
      layouts,
      tickerText: lines.text,
      automation,
      state,
      service: serviceOf(options),
      outputs,
      wall,
      cameras,
      cameraNames,
      counts,
      controllers,
      ticker,
      painted,
      signage,
      brightness,
      dimmedByController,
      silentWhenDark,
      director,
      conductor,
      pictures: new Pictures({ program: wall.program, director, preview, cameras, painted }),
      testPatterns,
      layoutDesk,
      programmeDesk,
      log: log.child({ part: 'switcher' }),
    }),
  );
  if (store !== null) {
    closing.add(store);
    engine.on('state', (state) => store.save(toSaved(state, engine.configuredTickerText)));
  }
  await engine.start();
  const asRun = startAsRun(configuration, engine, options, closing);
  closing.add(new UrgentMessageEnd(engine, log.child({ part: 'urgent-message' })));
  closing.add(new Autopilot({ engine, conductor, log: log.child({ part: 'autopilot' }) }));
  return {
    wall,
    brightness,
    cameras,
    cameraNames,
    counts,
    controllers,
    ticker,
    painted,
    signage,
    director,
    testPatterns,
    staging,
    engine,
    asRun,
    settled: async () => {
      await Promise.all([store?.settled(), levels?.settled(), asRun?.log.settled()]);
    },
  };
}

function storeOf(
  { stateDirectory: directory, log }: AppOptions,
  onStatus: (status: ServiceStatus['state']) => void,
): StateStore<SavedState> | null {
  if (directory === null) return null;
  return new StateStore({ directory, schema: savedState, log: log.child({ part: 'state' }), onStatus });
}

/** What was on air when the service ended, as far as it is still there; otherwise what a new wall begins with. */
function stateOf(
  saved: SavedState | null,
  parts: Parameters<typeof catalogueOf>[0],
  tickerText: string,
  { log }: AppOptions,
): SwitcherState {
  if (saved === null) return firstState(parts, tickerText);
  const { state, dropped } = restore(saved, catalogueOf(parts), tickerText);
  if (dropped.length > 0) log.warn({ dropped }, 'part of what was decided is not there any more');
  log.info({ program: state.program, preview: state.preview, revision: state.revision }, 'goes on where it was');
  return state;
}

/** A wall that has a schedule begins with it. */
function firstState({ layouts, automation }: Parameters<typeof catalogueOf>[0], tickerText: string): SwitcherState {
  const first = initialState(layouts, tickerText);
  return automation.schedule?.followedAtFirst === true ? { ...first, automation: { mode: 'schedule' } } : first;
}

function serviceOf({ configurationFile }: AppOptions): ServiceStatus {
  return {
    configuration: { file: basename(configurationFile), state: 'current', loadedAtMs: Date.now(), problems: [] },
    state: { isSaved: true, problem: null },
    guardian: true,
  };
}

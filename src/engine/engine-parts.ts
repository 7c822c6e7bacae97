import type { AutomationPlan, Conductor } from '../automation/conductor.js';
import type { BrightnessGovernor } from '../brightness/brightness.js';
import type { CameraPool } from '../camera/camera-pool.js';
import type { ServiceStatus, WallInformation } from '../control/engine.js';
import type { LayoutDesk } from '../control/layout-desk.js';
import type { ProgrammeDesk } from '../control/programme-desk.js';
import type { Logger } from '../core/logger.js';
import type { ControllerWatch } from '../controller/controller-watch.js';
import type { CountBoard } from '../counts/count-board.js';
import type { Layout } from '../layout/layout.js';
import { ownSources, type OtherSource } from '../layout/sources.js';
import type { OutputOptions } from '../output/options.js';
import type { PaintedSources } from '../source/painted-sources.js';
import type { Catalogue } from '../switcher/reduce.js';
import type { SwitcherState } from '../switcher/state.js';
import type { Ticker } from '../ticker/ticker.js';
import type { Wall } from '../wall/wall.js';
import type { Director } from './director.js';
import type { Pictures } from './pictures.js';
import type { Signage } from './signage.js';
import type { TestPatterns } from './test-patterns.js';

/** The running parts, made and closed by the composition root. */
export type EngineParts = {
  readonly information: WallInformation;
  readonly layouts: readonly Layout[];
  /** The ticker text of the configuration. */
  readonly tickerText: string;
  /** Tours and schedule. */
  readonly automation: AutomationPlan;
  /** What it starts with. */
  readonly state: SwitcherState;
  readonly service: ServiceStatus;
  readonly outputs: readonly OutputOptions[];
  readonly wall: Wall;
  readonly cameras: CameraPool;
  /** Camera id → name as people read it. */
  readonly cameraNames: ReadonlyMap<string, string>;
  readonly counts: CountBoard;
  readonly controllers: ControllerWatch;
  readonly ticker: Ticker;
  /** Boards and images. */
  readonly painted: PaintedSources;
  readonly signage: Signage;
  readonly brightness: BrightnessGovernor;
  /** Outputs whose light their controllers set. */
  readonly dimmedByController: readonly string[];
  /** Outputs that are sent nothing while the wall is dark on purpose. */
  readonly silentWhenDark: readonly string[];
  readonly director: Director;
  /** Says what comes on air by itself. */
  readonly conductor: Conductor;
  readonly pictures: Pictures;
  readonly testPatterns: TestPatterns;
  readonly layoutDesk: LayoutDesk;
  readonly programmeDesk: ProgrammeDesk;
  readonly log: Logger;
};

/** What commands may name. */
export function catalogueOf({
  layouts,
  cameras,
  painted,
  automation,
}: Pick<EngineParts, 'layouts' | 'cameras' | 'painted' | 'automation'>): Catalogue {
  const ids = cameras.status().map(({ camera }) => camera);
  const tours = new Set(automation.tours.map(({ id }) => id));
  const sources = new Set([...ids, ...otherSourcesOf(painted).map(({ id }) => id)]);
  return { layouts, sources, tours, hasSchedule: automation.schedule !== null };
}

/** Every source that is no camera: boards and images in configured order, then those that every hall has. */
export function otherSourcesOf(painted: PaintedSources): readonly OtherSource[] {
  return [...painted.list(), ...ownSources];
}

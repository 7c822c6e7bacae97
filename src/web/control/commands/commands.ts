/**
 * What an operator can do, as requests of the protocol: a file for each area, a line here. A command changes nothing on the
 * page: its effect comes back as the wall's new state. One that fails becomes a notice. Each resolves to whether it was
 * carried out; none rejects.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { Link } from '../link/link.js';
import type { Hall } from '../state/hall.js';
import type { Notices } from '../state/notices.js';
import { brightnessCommands } from './brightness.js';
import type { BrightnessCommands } from './brightness.js';
import { cameraCommands } from './cameras.js';
import type { CameraCommands } from './cameras.js';
import { cellCommands } from './cells.js';
import type { CellCommands } from './cells.js';
import { layoutMakingCommands } from './layout-making.js';
import type { LayoutMakingCommands } from './layout-making.js';
import { patternCommands } from './patterns.js';
import type { PatternCommands } from './patterns.js';
import { programmeMakingCommands } from './programme-making.js';
import type { ProgrammeMakingCommands } from './programme-making.js';
import { programmeCommands } from './programme.js';
import type { ProgrammeCommands } from './programme.js';
import { createRunner } from './runner.js';
import { switchingCommands } from './switching.js';
import type { SwitchingCommands } from './switching.js';
import { tickerCommands } from './ticker.js';
import type { TickerCommands } from './ticker.js';

export type Commands = {
  /** Names of the actions under way, so that they can be shown and not be given twice. */
  readonly pending: ReadonlySignal<ReadonlySet<string>>;
  readonly brightness: BrightnessCommands;
  readonly cameras: CameraCommands;
  readonly cells: CellCommands;
  readonly layoutMaking: LayoutMakingCommands;
  readonly patterns: PatternCommands;
  readonly programme: ProgrammeCommands;
  readonly programmeMaking: ProgrammeMakingCommands;
  readonly switching: SwitchingCommands;
  readonly ticker: TickerCommands;
};

export function createCommands(hall: Hall, link: Link, notices: Notices): Commands {
  const runner = createRunner(hall, link, notices);
  return {
    pending: runner.pending,
    brightness: brightnessCommands(runner),
    cameras: cameraCommands(runner),
    cells: cellCommands(runner),
    layoutMaking: layoutMakingCommands(runner),
    patterns: patternCommands(runner),
    programme: programmeCommands(runner),
    programmeMaking: programmeMakingCommands(runner),
    switching: switchingCommands(runner),
    ticker: tickerCommands(runner),
  };
}

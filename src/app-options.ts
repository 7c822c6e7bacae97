import type { Logger } from './core/logger.js';
import type { RecentLog } from './core/recent-log.js';
import type { Redactor } from './core/secrets.js';
import type { Handover, RunningRehearsal } from './guardian/messages.js';
import type { PixelShares } from './output/pixel-shares.js';

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
  /** Told what of the handover changes often: how much light each output is sent with. */
  readonly onBrightness: (shares: PixelShares) => void;
  /** The configuration changed in something that only another process can take over. */
  readonly onRestartNeeded: () => void;
  readonly redactor: Redactor;
  readonly log: Logger;
  /** The latest lines of `log`, for administrators. */
  readonly recentLog: RecentLog;
};

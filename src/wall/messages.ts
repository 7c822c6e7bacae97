import type { PixelShares } from '../output/pixel-shares.js';
import type { Bitmap } from '../core/bitmap.js';
import type { ErrorParameters } from '../core/errors.js';
import type { FrameSlotHandle } from '../core/frame-slot.js';
import type { Size } from '../core/geometry.js';
import type { OutputReport } from '../output/channel.js';
import type { OutputOptions } from '../output/options.js';
import type { PreparedPattern } from '../pattern/prepare.js';
import type { TickerUpdate } from '../ticker/update.js';
import type { BitmapItem, Scene } from './scene.js';

/** What the worker is born with. */
export type WallWorkerData = {
  readonly size: Size;
  readonly framesPerSecond: number;
  readonly outputs: readonly OutputOptions[];
  /** From the first frame on. */
  readonly brightness: PixelShares;
  readonly program: FrameSlotHandle;
  /** Nothing is opened or sent until `open-outputs`: somebody else has the devices. */
  readonly outputsHeld: boolean;
  /** Open file to beat into at every tick; null when nobody listens. */
  readonly heartbeatFd: number | null;
};

/** A test pattern and when it ends, monotonic milliseconds; `number` comes back when it has. */
export type PatternOrder = {
  readonly number: number;
  readonly pattern: PreparedPattern;
  readonly endsAtMs: number;
};

/** To the worker. */
export type WallCommand =
  /** `fadeMs`: how long the scene on air fades over into this one; 0 is a cut. */
  | { readonly kind: 'scene'; readonly scene: Scene; readonly fadeMs: number }
  | { readonly kind: 'ticker'; readonly update: TickerUpdate }
  | { readonly kind: 'blackout'; readonly on: boolean }
  /** A test pattern over everything but the blackout, until that moment on the monotonic clock; null takes it away. */
  | { readonly kind: 'pattern'; readonly order: PatternOrder | null }
  /** Holds the picture under this sign; null: goes on. */
  | { readonly kind: 'freeze'; readonly sign: BitmapItem | null }
  /** How much light each output is sent with from now on. */
  | { readonly kind: 'brightness'; readonly shares: PixelShares }
  /** Outputs that are sent no frames from now on, after a last few; the others are. */
  | { readonly kind: 'silent'; readonly outputs: readonly string[] }
  /** A picture over everything, while the scene goes on beneath it; null takes it away. */
  | { readonly kind: 'cover'; readonly cover: BitmapItem | null }
  /** Begins to send. */
  | { readonly kind: 'open-outputs' }
  /** Other outputs from now on; those whose options stay the same go on as they are. */
  | {
      readonly kind: 'outputs';
      readonly request: number;
      readonly outputs: readonly OutputOptions[];
      /** Of those that are new, from their first frame on; the others stay as they are. */
      readonly brightness: PixelShares;
    }
  /** `last`: shown as the goodbye of every output; null: black. */
  | { readonly kind: 'close'; readonly last: Bitmap | null };

/** What happened on the wall since the last report, about a second ago; the outputs' figures count from their start. */
export type WallReport = {
  /** Ticks composed since the start. */
  readonly ticks: number;
  /** Ticks missed since the start. */
  readonly missedTicks: number;
  /** How late each tick since the last report began, milliseconds. */
  readonly latenessMs: readonly number[];
  /** Mean time that a tick took to compose, publish and pack, milliseconds. */
  readonly meanTickMs: number;
  /** Ticks a second since the last report. */
  readonly ticksPerSecond: number;
  readonly perOutput: readonly OutputReport[];
};

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** From the worker. */
export type WallNotice =
  | { readonly kind: 'started' }
  /** The answer to `outputs`: what is wrong, null when they are in use. */
  | { readonly kind: 'outputs-set'; readonly request: number; readonly problem: string | null }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly parameters: ErrorParameters }
  | { readonly kind: 'sceneShown'; readonly sceneNumber: number; readonly tick: number }
  /** Its time was over, or it could not be shown: the wall shows its scene again. */
  | { readonly kind: 'pattern-ended'; readonly number: number }
  | { readonly kind: 'report'; readonly report: WallReport }
  | { readonly kind: 'output'; readonly output: OutputReport }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly details: object; readonly message: string };

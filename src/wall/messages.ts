import type { ErrorParameters } from '../core/errors.js';
import type { FrameSlotHandle } from '../core/frame-slot.js';
import type { Size } from '../core/geometry.js';
import type { OutputReport } from '../output/channel.js';
import type { OutputOptions } from '../output/options.js';
import type { TickerUpdate } from '../ticker/update.js';
import type { Scene } from './scene.js';

/** What the worker is born with. */
export type WallWorkerData = {
  readonly size: Size;
  readonly framesPerSecond: number;
  readonly outputs: readonly OutputOptions[];
  readonly program: FrameSlotHandle;
};

/** To the worker. */
export type WallCommand =
  | { readonly kind: 'scene'; readonly scene: Scene }
  | { readonly kind: 'ticker'; readonly update: TickerUpdate }
  | { readonly kind: 'blackout'; readonly on: boolean }
  | { readonly kind: 'close' };

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
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly parameters: ErrorParameters }
  | { readonly kind: 'sceneShown'; readonly sceneNumber: number; readonly tick: number }
  | { readonly kind: 'report'; readonly report: WallReport }
  | { readonly kind: 'output'; readonly output: OutputReport }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly details: object; readonly message: string };

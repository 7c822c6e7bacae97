import type { FrameSlotHandle } from '../../core/frame-slot.js';
import type { Reachability } from '../output-driver.js';

/** What an output's thread is born with. */
export type OutputThreadData<Options> = {
  readonly options: Options;
  /** The pictures to send; their size is the output's. */
  readonly frames: FrameSlotHandle;
  readonly framesPerSecond: number;
  readonly gauge: SharedArrayBuffer;
};

/** To the thread. `isSilent`: somebody else goes on sending, so nothing more is to be shown. */
export type OutputThreadCommand = { readonly kind: 'close'; readonly isSilent: boolean };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** From the thread. */
export type OutputThreadNotice =
  | { readonly kind: 'reachability'; readonly reachability: Reachability }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly details: object; readonly message: string };

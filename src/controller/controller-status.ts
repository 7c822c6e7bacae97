import type { AlarmCode } from './comparison.js';
import type { ControllerReading, WantedOfController } from './controller-driver.js';

/** A difference between what is wanted and what is reported that has lasted. */
export type ControllerAlarm = {
  readonly code: AlarmCode;
  /** What is wanted; for a limit, the limit. */
  readonly wanted: boolean | number;
  readonly reported: boolean | number;
  /** Epoch milliseconds at which it was first seen. */
  readonly sinceMs: number;
};

/** A controller as people see it. */
export type ControllerStatus = {
  readonly controller: string;
  readonly type: string;
  /** Where it is, such as `novastar://192.168.10.70:5200`. */
  readonly address: string;
  /** Ids of the outputs that end in it. */
  readonly outputs: readonly string[];
  /**
   * `waiting`: not asked yet; `answering`: what it says is in `reading`; `unconfirmed`: it takes commands, and cannot say
   * whether it obeys; `unreadable`: somebody is there, and not understood; `unreachable`: nobody is there.
   */
  readonly state: 'waiting' | 'answering' | 'unconfirmed' | 'unreadable' | 'unreachable';
  /** A stable code such as `refused`, `slow`, `truncated`, `oversize`, `garbage`, `locked`; null while nothing is wrong. */
  readonly reason: string | null;
  /** Epoch milliseconds at which this state began. */
  readonly sinceMs: number;
  readonly wanted: WantedOfController;
  /** What it said last; null before the first time. With another state than `answering` it is as old as that state. */
  readonly reading: ControllerReading | null;
  readonly alarms: readonly ControllerAlarm[];
  /** How often what is wanted was sent again since it was last as wanted. */
  readonly repairs: number;
};

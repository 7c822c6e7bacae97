/**
 * The controllers of the screen, apart from the pixels that are sent to them: told what is wanted (brightness, black, frozen),
 * asked what they do, and compared. `drivers/` speaks the protocols, one folder each behind `controller-driver.ts`, listed in
 * `registry.ts`; `comparison.ts`, `alarm-book.ts` and `repair-plan.ts` decide and touch nothing; `controller-entry.ts` takes the turns.
 */
import { EventEmitter } from 'node:events';
import type { Closable } from '../core/closing.js';
import { GlasshallError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { systemClock, type ControllerClock } from './controller-clock.js';
import type { WantedOfController } from './controller-driver.js';
import { ControllerEntry } from './controller-entry.js';
import type { ControllerStatus } from './controller-status.js';
import type { ControllerOptions } from './options.js';
import { createController } from './registry.js';

export type { ControllerPicture, WantedOfController } from './controller-driver.js';
export type { ControllerAlarm, ControllerStatus } from './controller-status.js';

/** What happens: anything in a controller's status changed. */
export type ControllerWatchEvents = { status: [status: ControllerStatus] };

export type ControllerWatchOptions = {
  readonly controllers: readonly ControllerOptions[];
  readonly log: Logger;
  readonly clock?: ControllerClock;
};

type Known = { readonly key: string; readonly options: ControllerOptions; readonly entry: ControllerEntry };

/** Nothing is asked of a controller but a picture. */
const WANTED_AT_FIRST: WantedOfController = { picture: 'normal', brightnessPercent: null };

/** All controllers, as they are now. */
export class ControllerWatch extends EventEmitter<ControllerWatchEvents> implements Closable {
  readonly #log: Logger;
  readonly #clock: ControllerClock;
  /** By id; kept when a controller's options change. */
  readonly #wanted = new Map<string, WantedOfController>();
  #isBlackout = false;
  #known: ReadonlyMap<string, Known> = new Map();
  #closing: Promise<void> | null = null;

  private constructor(log: Logger, clock: ControllerClock) {
    super();
    this.#log = log;
    this.#clock = clock;
  }

  /** Begins to ask every controller; waits for none. @param isBlackout whether the wall is black on purpose */
  static start({ controllers, log, clock = systemClock }: ControllerWatchOptions, isBlackout = false): ControllerWatch {
    const watch = new ControllerWatch(log, clock);
    watch.#isBlackout = isBlackout;
    void watch.update(controllers);
    return watch;
  }

  /** Other controllers from now on; those whose options stay the same go on. Resolves when the others are let go. */
  async update(controllers: readonly ControllerOptions[]): Promise<void> {
    if (this.#closing !== null) return;
    const before = this.#known;
    const known = controllers.map((options): Known => {
      const same = before.get(options.id);
      return same?.key === JSON.stringify(options) ? same : this.#make(options);
    });
    this.#known = new Map(known.map((each) => [each.options.id, each]));
    const staying = new Set(known);
    const leaving = [...before.values()].filter((each) => !staying.has(each));
    const begun = known.filter((each) => before.get(each.options.id) !== each);
    // A controller takes one connection at a time: the old one has to go first.
    await Promise.all(leaving.map(({ entry }) => entry.close()));
    for (const { entry } of begun) entry.start();
  }

  /** What each controller says now, in configured order. */
  statuses(): readonly ControllerStatus[] {
    return [...this.#known.values()].map(({ entry }) => entry.status);
  }

  /**
   * What is wanted of a controller from now on. What is left out stays. While the wall is black on purpose, controllers that
   * follow it stay black whatever the picture.
   * @throws GlasshallError `unknown-controller`, `bad-brightness` (not from 0 to 100)
   */
  setWanted(id: string, changes: Partial<WantedOfController>): void {
    const known = this.#known.get(id);
    if (known === undefined) throw new GlasshallError('unknown-controller', `there is no controller ${id}`, { id });
    const { brightnessPercent = null } = changes;
    if (brightnessPercent !== null && !(brightnessPercent >= 0 && brightnessPercent <= 100)) {
      throw new GlasshallError('bad-brightness', `${brightnessPercent} is no brightness from 0 to 100`, { id });
    }
    this.#wanted.set(id, { ...this.#wantedOf(id), ...changes });
    this.#follow(known);
  }

  /** The wall is black on purpose, or not any more. */
  setBlackout(isBlackout: boolean): void {
    this.#isBlackout = isBlackout;
    for (const known of this.#known.values()) this.#follow(known);
  }

  /** Ends every talk. Controllers go on as they are; nothing is emitted afterwards. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([...this.#known.values()].map(({ entry }) => entry.close())).then(() => undefined);
    return this.#closing;
  }

  #make(options: ControllerOptions): Known {
    const entry = new ControllerEntry(options, {
      wanted: this.#effective(options),
      driver: createController(options),
      clock: this.#clock,
      log: this.#log,
      onChange: (status) => this.emit('status', status),
    });
    return { key: JSON.stringify(options), options, entry };
  }

  #follow({ options, entry }: Known): void {
    entry.setWanted(this.#effective(options));
  }

  #effective({ id, blackout }: ControllerOptions): WantedOfController {
    const wanted = this.#wantedOf(id);
    return this.#isBlackout && blackout ? { ...wanted, picture: 'black' } : wanted;
  }

  #wantedOf(id: string): WantedOfController {
    return this.#wanted.get(id) ?? WANTED_AT_FIRST;
  }
}

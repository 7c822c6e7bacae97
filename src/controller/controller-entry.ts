import { isDeepStrictEqual } from 'node:util';
import { backoffMs, type BackoffOptions } from '../core/backoff.js';
import type { Closable } from '../core/closing.js';
import { withDeadline } from '../core/deadline.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { AlarmBook } from './alarm-book.js';
import { differencesOf, isRepairable } from './comparison.js';
import type { ControllerClock } from './controller-clock.js';
import type { ControllerDriver, ControllerReading, Outcome, WantedOfController } from './controller-driver.js';
import { isUnreadable } from './controller-failure.js';
import type { ControllerStatus } from './controller-status.js';
import { controllerAddress, type ControllerOptions } from './options.js';
import { RepairPlan } from './repair-plan.js';

/** A controller that is asked takes no longer, whatever it does. */
const TURN_MS = 2_500;
/** Shorter than for other devices: what nobody reads back may be wrong. */
const BACKOFF: BackoffOptions = { firstMs: 1_000, maximumMs: 10_000, jitter: 0.2 };

/** What is to be sent: nothing, what differs, or all of it. */
type Pending = 'nothing' | 'if-different' | 'all';

/** What an entry is given besides its options. */
export type EntryContext = {
  readonly wanted: WantedOfController;
  readonly driver: ControllerDriver;
  readonly clock: ControllerClock;
  readonly log: Logger;
  /** Called with each status that differs from the one before. */
  onChange(status: ControllerStatus): void;
};

/** One controller: tells it what is wanted, asks it what it does, and compares the two; in turns, one after the other, for ever. */
export class ControllerEntry implements Closable {
  readonly #options: ControllerOptions;
  readonly #context: EntryContext;
  readonly #log: Logger;
  readonly #alarms: AlarmBook;
  readonly #repair: RepairPlan | null;
  readonly #closing = new AbortController();
  #status: ControllerStatus;
  #pending: Pending = 'if-different';
  #failures = 0;
  #callOff: (() => void) | null = null;
  #turn: Promise<void> | null = null;

  constructor(options: ControllerOptions, context: EntryContext) {
    this.#options = options;
    this.#context = context;
    this.#log = context.log.child({ controller: options.id });
    this.#alarms = new AlarmBook(options.settle);
    this.#repair = options.repair === undefined ? null : new RepairPlan(options.repair);
    this.#status = {
      controller: options.id,
      type: options.type,
      address: controllerAddress(options),
      outputs: options.outputs,
      state: 'waiting',
      reason: null,
      sinceMs: context.clock.epochMs(),
      wanted: context.wanted,
      reading: null,
      alarms: [],
      repairs: 0,
    };
  }

  get status(): ControllerStatus {
    return this.#status;
  }

  start(): void {
    this.#plan(0);
  }

  /** Something else is wanted from now on; sent at once where the controller is there, and as soon as it is. */
  setWanted(wanted: WantedOfController): void {
    if (this.#closing.signal.aborted || isDeepStrictEqual(wanted, this.#status.wanted)) return;
    this.#pending = 'all';
    this.#repair?.forget();
    this.#change({ wanted, repairs: this.#repair?.attempts ?? 0 });
    // One that does not answer is asked no more often for that.
    if (this.#failures === 0 && this.#callOff !== null) this.#plan(0);
  }

  /** Resolves when nothing is under way any more. The controller goes on as it is. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#callOff?.();
    this.#callOff = null;
    await this.#turn;
    await this.#context.driver.close();
  }

  #plan(ms: number): void {
    if (this.#closing.signal.aborted) return;
    this.#callOff?.();
    this.#callOff = this.#context.clock.after(ms, () => {
      this.#callOff = null;
      this.#turn = this.#takeTurn();
    });
  }

  /** Never rejects. */
  async #takeTurn(): Promise<void> {
    const { signal } = this.#closing;
    const outcome = await withDeadline(TURN_MS, signal, (deadline) => this.#talk(deadline));
    if (signal.aborted) return;
    this.#failures = outcome.kind === 'failed' ? this.#failures + 1 : 0;
    if (outcome.kind === 'failed') this.#fail(outcome.reason);
    else this.#take(outcome.value);
    this.#plan(this.#waitMs());
  }

  async #talk(deadline: AbortSignal): Promise<Outcome<ControllerReading>> {
    try {
      return await this.#tellAndAsk(deadline);
    } catch (failure) {
      // A mistake of ours in one driver takes down neither the wall nor the other controllers.
      this.#log.error({ failure: messageOf(failure) }, 'the driver of the controller failed');
      return { kind: 'failed', reason: 'driver-failed' };
    }
  }

  async #tellAndAsk(deadline: AbortSignal): Promise<Outcome<ControllerReading>> {
    const { driver } = this.#context;
    if (this.#pending === 'all') {
      this.#pending = 'nothing';
      const told = await driver.apply(this.#status.wanted, deadline);
      if (told.kind === 'failed') {
        this.#pending = 'all';
        return told;
      }
    }
    return driver.read(deadline);
  }

  #take(reading: ControllerReading): void {
    const { clock } = this.#context;
    const nowMs = clock.nowMs();
    const { wanted } = this.#status;
    // Said of what was wanted before: the next reading is of what is wanted now.
    if (this.#pending === 'all') return;
    const differences = differencesOf(reading, wanted, this.#limits(), this.#alarms.differing());
    const isConfirmed = canConfirm(reading);
    if (this.#pending === 'if-different') {
      const differs = !isConfirmed || differences.some(({ code }) => isRepairable(code));
      this.#pending = differs ? 'all' : 'nothing';
    }
    const { raised, ended } = this.#alarms.update(differences, nowMs);
    for (const { code, wanted: meant, reported } of raised) {
      this.#log.error({ code, wanted: meant, reported }, 'the controller does something else than wanted');
    }
    for (const { code } of ended) this.#log.info({ code }, 'the controller is as wanted again');
    this.#repairIfDue(nowMs);
    const epochOf = (ms: number): number => Math.round(clock.epochMs() - (nowMs - ms));
    this.#change({
      ...this.#inState(isConfirmed ? 'answering' : 'unconfirmed', null),
      reading,
      alarms: this.#alarms
        .standing()
        .map((alarm) => this.#knownAlarm(alarm.code, { ...alarm, sinceMs: epochOf(alarm.sinceMs) })),
      repairs: this.#repair?.attempts ?? 0,
    });
  }

  #repairIfDue(nowMs: number): void {
    const isBroken = this.#alarms.standing().some(({ code }) => isRepairable(code));
    if (this.#repair?.isDue(isBroken, nowMs) !== true) return;
    this.#pending = 'all';
    this.#log.warn({ attempt: this.#repair.attempts }, 'what is wanted is sent to the controller again');
  }

  #fail(reason: string): void {
    this.#change(this.#inState(isUnreadable(reason) ? 'unreadable' : 'unreachable', reason));
  }

  #limits(): { maximumCelsius: number; minimumVolts: number | null } {
    return { maximumCelsius: this.#options.maximumCelsius, minimumVolts: this.#options.minimumVolts ?? null };
  }

  #waitMs(): number {
    if (this.#failures > 0) return Math.max(this.#options.every, backoffMs(this.#failures, BACKOFF));
    return this.#pending === 'all' ? 0 : this.#options.every;
  }

  #inState(
    state: ControllerStatus['state'],
    reason: string | null,
  ): Pick<ControllerStatus, 'state' | 'reason' | 'sinceMs'> {
    const before = this.#status;
    return { state, reason, sinceMs: before.state === state ? before.sinceMs : this.#context.clock.epochMs() };
  }

  /** An alarm keeps the time at which it was first told, for clocks drift. */
  #knownAlarm(code: string, alarm: ControllerStatus['alarms'][number]): ControllerStatus['alarms'][number] {
    const known = this.#status.alarms.find((each) => each.code === code);
    return known === undefined ? alarm : { ...alarm, sinceMs: known.sinceMs };
  }

  #change(changes: Partial<ControllerStatus>): void {
    const before = this.#status;
    const next = { ...before, ...changes };
    if (isDeepStrictEqual(next, before)) return;
    this.#status = next;
    if (next.state !== before.state || next.reason !== before.reason) this.#tell(next);
    this.#context.onChange(next);
  }

  #tell({ state, reason, reading }: ControllerStatus): void {
    if (reason !== null) this.#log.warn({ state, reason }, 'the controller does not answer as it should');
    else this.#log.info({ state, detail: reading?.detail ?? null }, 'the controller answers');
  }
}

/** Whether a reading says anything that can be compared with what is wanted. */
function canConfirm({ black, freeze, brightnessPercent, cabinets }: ControllerReading): boolean {
  return black !== null || freeze !== null || brightnessPercent !== null || cabinets !== null;
}

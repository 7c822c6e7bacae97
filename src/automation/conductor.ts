/**
 * What comes on the wall by itself. `options.ts` is what people write; `civil-time.ts`, `working-days.ts`, `when.ts` and
 * `rule-times.ts` reckon its times, `timetable.ts` which of them counts, `tour-player.ts` where a tour is. The conductor has
 * the clock and says what belongs on air now, and what next. It puts nothing on air itself.
 */
import { EventEmitter } from 'node:events';
import type { Closable } from '../core/closing.js';
import type { Automation } from '../switcher/state.js';
import type { ConductorClock } from './clock.js';
import { LEAST_DWELL_MS, type ScheduleOptions, type TourOptions } from './options.js';
import { Timetable, type TimetableDay, type TimetableEntry } from './timetable.js';
import { advanceTour, beginTour, carryOver, dueMs, nextStop, type IsDead, type TourProgress } from './tour-player.js';

/** What the configuration says of it. */
export type AutomationPlan = {
  readonly tours: readonly TourOptions[];
  readonly schedule: ScheduleOptions | null;
  /** IANA name. */
  readonly timeZone: string;
};

/** What belongs on air. Layout ids. */
export type Intent = {
  /** Null: people decide. */
  readonly layout: string | null;
  /** By what, and its name as people read it: of the tour, or of the rule (null where none applies). */
  readonly by: 'tour' | 'schedule' | null;
  readonly name: string | null;
  /** What goes on air within the next seconds, so that its pictures are there by then. */
  readonly prepare: string | null;
};

/** What people are told of it. */
export type AutomationStatus = {
  /** The tour on the wall, also when the schedule shows it; times are epoch milliseconds. */
  readonly running: {
    readonly tour: string;
    readonly stopIndex: number;
    readonly sinceMs: number;
    /** Null while there is nothing else to show. */
    readonly untilMs: number | null;
  } | null;
  /** What the schedule shows now, whether or not it decides; null without a schedule. */
  readonly scheduled: TimetableEntry | null;
  /** What the schedule shows next. */
  readonly scheduledNext: TimetableEntry | null;
  /** What comes on air next by itself, and when; null when nothing does. */
  readonly next: { readonly layout: string; readonly atMs: number } | null;
};

export type ConductorOptions = {
  readonly plan: AutomationPlan;
  readonly automation: Automation;
  readonly clock: ConductorClock;
  /** Layout id on air. */
  readonly onAir: () => string;
  readonly isDead: IsDead;
};

/** Pictures of a hidden camera are there within a second or two. */
const PREPARE_AHEAD_MS = 5_000;
/** Somebody may set the clock: the schedule is looked at again at least so often. */
const LOOK_AGAIN_MS = 5_000;

type Running = { readonly tour: TourOptions; readonly progress: TourProgress };

export class Conductor
  extends EventEmitter<{
    /** It has looked: whoever puts on air what belongs there makes sure that it is there. Every few seconds at least. */
    looked: [];
    /** What belongs on air, or what is told of it, changed. */
    changed: [];
    /** The time of what people decided is over: the schedule decides again, when told to. */
    overrideEnded: [];
  }>
  implements Closable
{
  readonly #options: ConductorOptions;
  #plan: AutomationPlan;
  #automation: Automation;
  #timetable: Timetable | null;
  #running: Running | null = null;
  #callOff: (() => void) | null = null;
  #told = '';
  #isClosed = false;

  constructor(options: ConductorOptions) {
    super();
    this.#options = options;
    this.#plan = options.plan;
    this.#automation = options.automation;
    this.#timetable = timetableOf(options.plan);
  }

  /** What the configuration says now. */
  get plan(): AutomationPlan {
    return this.#plan;
  }

  /** Goes on by another plan; a tour that is still in it goes on where it was. */
  set plan(plan: AutomationPlan) {
    this.#plan = plan;
    this.#timetable = timetableOf(plan);
    const running = this.#running;
    const tour = plan.tours.find(({ id }) => id === running?.tour.id);
    const progress = running === null || tour === undefined ? null : carryOver(running.tour, running.progress, tour);
    this.#running = tour === undefined || progress === null ? null : { tour, progress };
    this.look();
  }

  /** Who decides from now on. */
  set automation(automation: Automation) {
    this.#automation = automation;
    this.look();
  }

  /** What the schedule brings on a date such as `2026-10-01`, or today; null without a schedule. */
  day(date: string | null): TimetableDay | null {
    const timetable = this.#timetable;
    return date === null ? (timetable?.dayAt(this.#options.clock.epochMs()) ?? null) : (timetable?.day(date) ?? null);
  }

  /** Whether people may come in now, by the schedule's opening hours; null where it has none. */
  get isOpen(): boolean | null {
    return this.#timetable?.isOpenAt(this.#options.clock.epochMs()) ?? null;
  }

  /** What belongs on air now. */
  get intent(): Intent {
    return this.#intentOf(this.status());
  }

  status(): AutomationStatus {
    const { clock } = this.#options;
    const nowMs = clock.epochMs();
    const timetable = this.#timetable;
    const scheduled = timetable?.at(nowMs) ?? null;
    const scheduledNext = timetable?.nextAfter(nowMs) ?? null;
    const toEpochMs = (ms: number): number => Math.round(nowMs + ms - clock.monotonicMs());
    const running = this.#running;
    const nextOfTour = running === null ? null : this.#nextOf(running);
    const untilMs = running === null || nextOfTour === null ? null : toEpochMs(this.#dueMs(running));
    return {
      running:
        running === null
          ? null
          : {
              tour: running.tour.id,
              stopIndex: running.progress.stopIndex,
              sinceMs: toEpochMs(running.progress.enteredAtMs),
              untilMs,
            },
      scheduled,
      scheduledNext,
      next: earlier(
        nextOfTour === null || untilMs === null ? null : { layout: nextOfTour, atMs: untilMs },
        this.#nextOfSchedule(scheduledNext),
      ),
    };
  }

  /** Looks at the clock and at the cameras again, and goes on doing so. To be called first of all, and whenever a camera comes or goes. */
  look(): void {
    if (this.#isClosed) return;
    this.#callOff?.();
    this.#callOff = null;
    this.#move();
    const status = this.status();
    this.#planNextLook(status);
    const told = this.#signature(status);
    const isNews = told !== this.#told;
    this.#told = told;
    const untilMs = this.#overrideEndsMs();
    if (untilMs !== null && this.#options.clock.epochMs() >= untilMs) this.emit('overrideEnded');
    if (isNews) this.emit('changed');
    this.emit('looked');
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#callOff?.();
    this.#callOff = null;
    return Promise.resolve();
  }

  /** Brings the tour to where it is now. */
  #move(): void {
    const { clock, isDead, onAir } = this.#options;
    const nowMs = clock.monotonicMs();
    const tour = this.#tourNow();
    if (tour === null) this.#running = null;
    else if (this.#running?.tour.id !== tour.id) {
      this.#running = { tour, progress: beginTour(tour, onAir(), nowMs, isDead) };
    } else if (!this.#isAboutToEnd()) {
      const progress = advanceTour(tour, this.#running.progress, nowMs, isDead);
      if (progress !== this.#running.progress) this.#running = { tour, progress };
    }
  }

  /** Whether the schedule takes over before anybody could read another stop. */
  #isAboutToEnd(): boolean {
    const nowMs = this.#options.clock.epochMs();
    const next = this.#nextOfSchedule(this.#timetable?.nextAfter(nowMs) ?? null);
    return next !== null && next.atMs < nowMs + LEAST_DWELL_MS;
  }

  #tourNow(): TourOptions | null {
    const automation = this.#automation;
    if (automation.mode === 'manual') return null;
    const nowMs = this.#options.clock.epochMs();
    const id = automation.mode === 'tour' ? automation.tour : this.#timetable?.at(nowMs).show;
    return this.#plan.tours.find((each) => each.id === id) ?? null;
  }

  #layoutOnAir(): string | null {
    const running = this.#running;
    if (running !== null) return running.tour.stops[running.progress.stopIndex]?.layout ?? null;
    if (this.#automation.mode !== 'schedule') return null;
    return this.#timetable?.at(this.#options.clock.epochMs()).show ?? null;
  }

  /** The layout that a tour shows next; null while there is no other. */
  #nextOf({ tour, progress }: Running): string | null {
    const index = nextStop(tour, progress.stopIndex, this.#options.isDead);
    return index === null || index === progress.stopIndex ? null : (tour.stops[index]?.layout ?? null);
  }

  #dueMs({ tour, progress }: Running): number {
    return dueMs(tour, progress, this.#options.isDead);
  }

  #overrideEndsMs(): number | null {
    return this.#automation.mode === 'manual' ? this.#automation.untilMs : null;
  }

  #nextOfSchedule(scheduledNext: TimetableEntry | null): AutomationStatus['next'] {
    const untilMs = this.#overrideEndsMs();
    if (this.#automation.mode === 'schedule') {
      return scheduledNext === null
        ? null
        : { layout: this.#firstLayoutOf(scheduledNext.show), atMs: scheduledNext.fromMs };
    }
    if (untilMs === null || this.#timetable === null) return null;
    return { layout: this.#firstLayoutOf(this.#timetable.at(untilMs).show), atMs: untilMs };
  }

  /** @param show id of a layout or a tour */
  #firstLayoutOf(show: string): string {
    const tour = this.#plan.tours.find(({ id }) => id === show);
    if (tour === undefined) return show;
    return tour.stops[nextStop(tour, -1, this.#options.isDead) ?? 0]?.layout ?? show;
  }

  #intentOf({ next, scheduled }: AutomationStatus): Intent {
    const layout = this.#layoutOnAir();
    const running = this.#running;
    const isSoon = next !== null && next.atMs - this.#options.clock.epochMs() <= PREPARE_AHEAD_MS;
    return {
      layout,
      by: layout === null ? null : running === null ? 'schedule' : 'tour',
      name: layout === null ? null : running === null ? (scheduled?.rule ?? null) : running.tour.name,
      prepare: isSoon && next.layout !== layout ? next.layout : null,
    };
  }

  #planNextLook({ next }: AutomationStatus): void {
    const { clock } = this.#options;
    const nowMs = clock.epochMs();
    const delays = [
      next?.atMs ?? Infinity,
      (next?.atMs ?? Infinity) - PREPARE_AHEAD_MS,
      this.#overrideEndsMs() ?? Infinity,
    ]
      .map((atMs) => Math.ceil(atMs - nowMs))
      .filter((delayMs) => delayMs > 0);
    this.#callOff = clock.after(Math.min(LOOK_AGAIN_MS, ...delays), () => this.look());
  }

  /** Everything that is told of, but for moments that move with every look. */
  #signature(status: AutomationStatus): string {
    const { scheduled, scheduledNext, next } = status;
    const running = this.#running;
    const tour = running === null ? null : [running.tour.id, running.progress, this.#dueMs(running)];
    return JSON.stringify([this.#automation, this.#intentOf(status), tour, scheduled, scheduledNext, next?.layout]);
  }
}

function timetableOf({ schedule, timeZone }: AutomationPlan): Timetable | null {
  return schedule === null ? null : new Timetable(schedule, timeZone);
}

type Next = AutomationStatus['next'];

/** A tour does not go on to a stop that the schedule would take away before anybody has read it. */
function earlier(ofTour: Next, ofSchedule: Next): Next {
  if (ofTour === null || ofSchedule === null) return ofTour ?? ofSchedule;
  return ofTour.atMs + LEAST_DWELL_MS <= ofSchedule.atMs ? ofTour : ofSchedule;
}

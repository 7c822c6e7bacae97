/**
 * The running line. `Ticker` (main thread) owns the text and the latest counts and paints strips, one for each height of
 * ticker cell; `TickerScroller` (wall thread) moves them. Between the two go `TickerUpdate`s and nothing else, so painting
 * can take as long as it likes and the line keeps running.
 */
import { EventEmitter } from 'node:events';
import type { Closable } from '../core/closing.js';
import { monotonicMs } from '../core/clock.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { TickerOptions } from './options.js';
import type { TickerValue } from './strip-token.js';
import { parseTemplate, type Template } from './template.js';
import { shownValues, TickerLine, type ValueOf } from './ticker-line.js';
import type { TickerStrip, TickerUpdate } from './update.js';

/** Repaints are at least this far apart, except when a count ceases to be true. */
const REPAINT_INTERVAL_MS = 250;
const RETRY_AFTER_ERROR_MS = 1_000;
/** Timers may fire a little before their time. */
const TIMER_TOLERANCE_MS = 1;
/** Lines of heights that no layout shows just now are kept true as well: their scrollers run on and may come back. */
const MOST_HEIGHTS = 16;
/** A replaced text is kept true for longer than it can take to run out of a cell. */
const RETIREMENT_MS = 180_000;
const MOST_RETIRED = 3;

/** What is urgent is white on red, whatever colours the line has: nobody takes it for the usual text. */
const URGENT = { colour: '#ffffff', background: '#8f1015' };

/** The part of a count reading that the line needs: null stands for missing or stale. */
export type TickerCounts = { readonly id: string; readonly values: Readonly<Record<string, TickerValue>> };

/** What a ticker is made from. `text` of the options is where it starts. */
export type TickerSettings = {
  readonly options: TickerOptions;
  readonly framesPerSecond: number;
  readonly log: Logger;
};

type TickerEvents = { update: [update: TickerUpdate] };

/** The line of one height, and those that it replaced and that may still be running out. */
type Lane = {
  readonly line: TickerLine;
  readonly retired: readonly { readonly line: TickerLine; readonly untilMs: number }[];
  /** The strips that were emitted last, empty while none were. */
  announced: readonly TickerStrip[];
  /** How its first strip comes. */
  readonly entrance: Entrance;
};

/** Behind what is still to be seen, or at once and instead of it. */
type Entrance = 'follow' | 'replace';

/** Keeps the painted line true: emits an update whenever what it shows, or its text, has changed. */
export class Ticker extends EventEmitter<TickerEvents> implements Closable {
  #options: TickerOptions;
  readonly #framesPerSecond: number;
  readonly #log: Logger;
  #template: Template;
  readonly #values = new Map<string, Readonly<Record<string, TickerValue>>>();
  #urgent: Template | null = null;
  #textNumber = 1;
  /** By height, the one used longest ago first. */
  readonly #lanes = new Map<number, Lane>();
  #running: Promise<void> | null = null;
  #dueAtMs: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #lastPaintAtMs = 0;
  #lastFailure: string | null = null;
  #isClosed = false;

  /** @throws GlasshallError `bad-template` or `text-too-long` for the text it starts with */
  constructor({ options, framesPerSecond, log }: TickerSettings) {
    super();
    this.#options = options;
    this.#framesPerSecond = framesPerSecond;
    this.#log = log;
    this.#template = parseTemplate(options.text);
  }

  /** The text as it was set, with its braces. */
  get text(): string {
    return this.#template.text;
  }

  /** What stands in the counts' places now, as people read it: `queue.waiting` → `1,204` or `—`. */
  shownValues(): Readonly<Record<string, string>> {
    return shownValues(this.#shown, this.#valueOf);
  }

  /**
   * Replaces the text; the same text again changes nothing.
   * @throws GlasshallError `bad-template` or `text-too-long`; the old text stays
   */
  setText(text: string): void {
    if (text === this.#template.text) return;
    this.#template = parseTemplate(text);
    if (this.#urgent === null) this.#begin('follow');
  }

  /** Runs something urgent instead of the text, at once and in colours of its own; null: no longer. @param text plain words */
  setUrgent(text: string | null): void {
    const template = text === null ? null : parseTemplate(text.replace(/[{}]/g, '$&$&'));
    if (template?.text === this.#urgent?.text) return;
    this.#urgent = template;
    this.#begin('replace');
  }

  /** Takes other colours and another speed; the text stays as it is. */
  setOptions(options: TickerOptions): void {
    if (JSON.stringify({ ...options, text: '' }) === JSON.stringify({ ...this.#options, text: '' })) return;
    this.#options = options;
    this.#begin('follow');
  }

  /** What runs now. */
  get #shown(): Template {
    return this.#urgent ?? this.#template;
  }

  /** Lines as they are to be from now on; those of before run out, or are gone. */
  #begin(entrance: Entrance): void {
    this.#textNumber += 1;
    const nowMs = monotonicMs();
    for (const [heightPx, { line, retired }] of this.#lanes) {
      const leaving =
        entrance === 'replace'
          ? []
          : line.strip === null
            ? retired
            : [...retired, { line, untilMs: nowMs + RETIREMENT_MS }];
      this.#lanes.set(heightPx, {
        line: this.#newLine(heightPx),
        retired: leaving.slice(-MOST_RETIRED),
        announced: [],
        entrance,
      });
    }
    this.#request(nowMs);
  }

  /** Takes what a source says now. A value that is gone is taken off the wall at once. */
  setCount(reading: TickerCounts): void {
    const before = this.#values.get(reading.id);
    this.#values.set(reading.id, reading.values);
    const isWithdrawn = Object.entries(before ?? {}).some(
      ([field, value]) => value !== null && (reading.values[field] ?? null) === null,
    );
    const soonestMs = isWithdrawn ? 0 : this.#lastPaintAtMs + REPAINT_INTERVAL_MS;
    this.#request(Math.max(monotonicMs(), soonestMs));
  }

  /**
   * Says which heights of ticker cells there are. Those of before are kept as long as there are not too many.
   * @returns when each has been painted, or painting failed and is tried again
   */
  async useHeights(heights: readonly { readonly heightPx: number }[]): Promise<void> {
    for (const { heightPx } of heights) {
      const lane = this.#lanes.get(heightPx) ?? {
        line: this.#newLine(heightPx),
        retired: [],
        announced: [],
        entrance: 'follow' as const,
      };
      this.#lanes.delete(heightPx);
      this.#lanes.set(heightPx, lane);
    }
    for (const heightPx of this.#lanes.keys()) {
      if (this.#lanes.size <= Math.max(MOST_HEIGHTS, heights.length)) break;
      this.#lanes.delete(heightPx);
    }
    this.#request(monotonicMs());
    while (this.#isDue) await this.#run();
  }

  /** The present strip for a scroller that begins now, null while there is none of this height. */
  currentFor(heightPx: number): TickerUpdate | null {
    const strip = this.#lanes.get(heightPx)?.line.strip ?? null;
    return strip === null ? null : { kind: 'follow', heightPx, strip };
  }

  /** Waits for a painting that is under way; nothing is emitted afterwards. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#clearTimer();
    await this.#running;
  }

  readonly #valueOf: ValueOf = (source, field) => {
    const values = this.#values.get(source);
    return values !== undefined && Object.hasOwn(values, field) ? (values[field] ?? null) : null;
  };

  #newLine(heightPx: number): TickerLine {
    const { colour, numberColour, speed } = this.#options;
    const style = {
      heightPx,
      colour: this.#urgent === null ? colour : URGENT.colour,
      numberColour,
      charactersPerMinute: speed,
      framesPerSecond: this.#framesPerSecond,
    };
    const background = this.#urgent === null ? null : URGENT.background;
    return new TickerLine(this.#shown, this.#textNumber, style, background);
  }

  /** Asks for a painting at a time (monotonic ms); the earliest that was asked for counts. */
  #request(atMs: number): void {
    this.#dueAtMs = Math.min(this.#dueAtMs ?? Number.POSITIVE_INFINITY, atMs);
    this.#arm();
  }

  #arm(): void {
    if (this.#isClosed || this.#running !== null || this.#dueAtMs === null) return;
    this.#clearTimer();
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, this.#dueAtMs - monotonicMs()));
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  get #isDue(): boolean {
    return !this.#isClosed && this.#dueAtMs !== null && this.#dueAtMs <= monotonicMs() + TIMER_TOLERANCE_MS;
  }

  /** Paints while a painting is due. Never rejects. */
  #run(): Promise<void> {
    this.#clearTimer();
    this.#running ??= this.#paintWhileDue().finally(() => {
      this.#running = null;
      this.#arm();
    });
    return this.#running;
  }

  async #paintWhileDue(): Promise<void> {
    while (this.#isDue) {
      this.#dueAtMs = null;
      this.#lastPaintAtMs = monotonicMs();
      try {
        for (const [heightPx, lane] of [...this.#lanes]) await this.#paint(heightPx, lane);
        this.#lastFailure = null;
      } catch (failure) {
        this.#report(messageOf(failure));
        this.#request(monotonicMs() + RETRY_AFTER_ERROR_MS);
      }
    }
  }

  async #paint(heightPx: number, lane: Lane): Promise<void> {
    const { line } = lane;
    const nowMs = monotonicMs();
    const retired = lane.retired.filter(({ untilMs }) => untilMs > nowMs).map((each) => each.line);
    for (const each of [line, ...retired]) await each.repaint(this.#valueOf);
    // The text, or the heights, may have been changed while this one was being painted.
    if (this.#isClosed || this.#lanes.get(heightPx) !== lane) return;
    const strips = [line, ...retired].map((each) => each.strip).filter((strip): strip is TickerStrip => strip !== null);
    const [strip, ...others] = strips;
    if (strip === undefined || strips.every((each) => lane.announced.includes(each))) return;
    const kind = lane.announced.length === 0 ? lane.entrance : 'refresh';
    if (kind !== 'refresh' && line.isCut) {
      this.#log.warn({ heightPx, characters: this.#shown.text.length }, 'ticker text too long for its height: cut');
    }
    lane.announced = strips;
    this.emit('update', { kind, heightPx, strip, ...(others.length > 0 && { retired: others }) });
  }

  #report(failure: string): void {
    if (failure !== this.#lastFailure) this.#log.error({ failure }, 'the ticker could not be painted; trying again');
    this.#lastFailure = failure;
  }
}

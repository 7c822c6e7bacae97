import { EventEmitter } from 'node:events';
import { monotonicMs } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { messageOf } from '../core/errors.js';
import type { Rectangle } from '../core/geometry.js';
import type { Take } from '../control/engine.js';
import type { Cell } from '../layout/layout.js';
import type { Wall } from '../wall/wall.js';
import { Staging, type StagingContext } from './staging.js';

/** What the director is given. */
export type DirectorOptions = {
  readonly wall: Wall;
  readonly staging: StagingContext;
  /** How long a take waits for pictures that are not prepared, milliseconds. */
  readonly directTakeWaitMs: number;
  readonly log: Logger;
};

/** A layout about to go on air: `kind` says whether its pictures were there when the command came. */
export type Readied = { readonly staging: Staging; readonly kind: Take['kind']; readonly sinceMs: number };

/** A fade begins at a tick after the command. */
const FADE_MARGIN_MS = 500;

/** A layout with its cells as they are to be shown. */
export type Target = { readonly layoutId: string; readonly cells: readonly Cell[] };

type PendingTake = {
  readonly sceneNumber: number;
  readonly from: string;
  readonly fadeMs: number;
  readonly readied: Readied;
};

/**
 * Shows what the switcher's state says: keeps the preview's pictures running, waits for what a direct take needs while
 * the old picture stays, and hands whole scenes to the wall. What is on air changes at one tick, all at once.
 */
export class Director extends EventEmitter<{ taken: [take: Take] }> {
  #options: DirectorOptions;
  #program: Staging | null = null;
  #preview: Staging | null = null;
  /** What goes on air by itself within the next seconds. */
  #ahead: Staging | null = null;
  #sceneNumber = 0;
  #readying = 0;
  /** What a fade comes from, kept decoding until it is over. */
  #fading: { readonly staging: Staging; readonly timer: NodeJS.Timeout } | null = null;
  readonly #pending: PendingTake[] = [];
  /** What is getting ready for air, once for each call: nobody lets it go meanwhile. */
  readonly #getting: Staging[] = [];

  constructor(options: DirectorOptions) {
    super();
    this.#options = options;
    options.wall.on('sceneShown', (sceneNumber, tick) => this.#shown(sceneNumber, tick));
  }

  /** How long a take waits from now on. */
  set directTakeWaitMs(waitMs: number) {
    this.#options = { ...this.#options, directTakeWaitMs: waitMs };
  }

  get program(): Staging | null {
    return this.#program;
  }

  get preview(): Staging | null {
    return this.#preview;
  }

  /** The ticker cells of everything that is on air or may be there at the next tick. */
  get tickerRectangles(): readonly Rectangle[] {
    return [this.#program, this.#preview, this.#ahead].flatMap((staging) => staging?.tickerRectangles ?? []);
  }

  /**
   * Gets a layout ready for air: decoders started, slates painted, pictures waited for (bounded). Whoever gets it calls
   * `dismiss` when he is done with it, shown or not.
   * @returns null when another call came meanwhile and this one is out of date
   */
  async ready(layoutId: string, cells: readonly Cell[]): Promise<Readied | null> {
    const sinceMs = monotonicMs();
    const call = ++this.#readying;
    const staging = this.#known(layoutId, cells) ?? new Staging(layoutId, cells, this.#options.staging);
    const kind = staging.isPrepared ? 'prepared' : 'direct';
    // The first picture of all does not wait: slates say what the cameras are doing.
    const waitMs = this.#program === null ? 0 : this.#options.directTakeWaitMs;
    const readied = { staging, kind, sinceMs } as const;
    this.#getting.push(staging);
    try {
      await Promise.all([staging.paint(), staging.prepared(waitMs)]);
    } catch (failure) {
      this.dismiss(readied);
      throw failure;
    }
    if (call === this.#readying) return readied;
    this.dismiss(readied);
    return null;
  }

  /** What was readied is on air, or will not be. */
  dismiss({ staging }: Readied): void {
    const index = this.#getting.indexOf(staging);
    if (index >= 0) this.#getting.splice(index, 1);
    this.#letGo(staging);
  }

  /** Whoever is still getting ready for air is out of date: somebody decided for what is on air already. */
  supersede(): void {
    this.#readying += 1;
  }

  /** Puts it on air, from the next tick on. @param fadeMs how long it takes to be all that is seen, 0 for a cut */
  show(readied: Readied, fadeMs = 0): void {
    const before = this.#program;
    const { staging } = readied;
    this.#program = staging;
    const sceneNumber = this.#send(staging, fadeMs);
    this.#pending.push({ sceneNumber, from: before?.layoutId ?? staging.layoutId, fadeMs, readied });
    if (before === null || before === staging) return;
    if (fadeMs > 0) this.#keepForFade(before, fadeMs);
    else this.#letGo(before);
  }

  /** Starts decoding what is on preview, so that a take is the next frame. Null: nothing is on preview. */
  prepare(target: Target | null): void {
    const before = this.#preview;
    this.#preview = this.#stage(target);
    this.#letGo(before);
  }

  /** The same for what goes on air by itself next, whatever is on preview. Null: nothing is about to. */
  prepareAhead(target: Target | null): void {
    const before = this.#ahead;
    this.#ahead = this.#stage(target);
    this.#letGo(before);
  }

  /** A camera's state changed, and its slate says something else now; or a painted source shows something else. On air, too. */
  sourceChanged(source: string): void {
    const program = this.#program;
    for (const staging of new Set([program, this.#preview, this.#ahead])) {
      if (staging?.cells.some((cell) => cell.source === source) !== true) continue;
      this.#paint(staging, () => {
        if (staging === program && this.#program === program) this.#send(program);
      });
    }
  }

  /** Lets all decoders go. */
  release(): void {
    this.#readying += 1;
    if (this.#fading !== null) clearTimeout(this.#fading.timer);
    this.#fading?.staging.release();
    this.#fading = null;
    for (const staging of [this.#program, this.#preview, this.#ahead]) staging?.release();
    this.#program = null;
    this.#preview = null;
    this.#ahead = null;
  }

  /** The staging of these cells, made if there is none. */
  #stage(target: Target | null): Staging | null {
    if (target === null) return null;
    const known = this.#known(target.layoutId, target.cells);
    if (known !== undefined) return known;
    const staging = new Staging(target.layoutId, target.cells, this.#options.staging);
    this.#paint(staging, () => undefined);
    return staging;
  }

  #known(layoutId: string, cells: readonly Cell[]): Staging | undefined {
    const stagings = [this.#preview, this.#program, this.#ahead];
    return stagings.find((staging) => staging?.isOf(layoutId, cells) === true) ?? undefined;
  }

  #letGo(staging: Staging | null): void {
    if (staging !== null && !this.#isUsed(staging)) staging.release();
  }

  #paint(staging: Staging, then: () => void): void {
    staging.paint().then(then, (failure: unknown) => {
      this.#options.log.error({ layout: staging.layoutId, failure: messageOf(failure) }, 'painting slates failed');
    });
  }

  #isUsed(staging: Staging): boolean {
    const used = [this.#program, this.#preview, this.#ahead, this.#fading?.staging, ...this.#getting];
    return used.includes(staging);
  }

  /** What goes is seen, and moves, until the fade is over. */
  #keepForFade(staging: Staging, fadeMs: number): void {
    const before = this.#fading;
    if (before !== null) clearTimeout(before.timer);
    const timer = setTimeout(() => {
      this.#fading = null;
      this.#letGo(staging);
    }, fadeMs + FADE_MARGIN_MS);
    this.#fading = { staging, timer };
    if (before !== null) this.#letGo(before.staging);
  }

  #send(staging: Staging, fadeMs = 0): number {
    this.#sceneNumber += 1;
    this.#options.wall.setScene(staging.scene(this.#sceneNumber), fadeMs);
    return this.#sceneNumber;
  }

  #shown(sceneNumber: number, tick: number): void {
    // Scenes overtaken before a tick came are reported with the one that overtook them.
    while (this.#pending[0] !== undefined && this.#pending[0].sceneNumber <= sceneNumber) {
      const pending = this.#pending.shift();
      if (pending === undefined) return;
      const { readied, from, fadeMs } = pending;
      const tookMs = monotonicMs() - readied.sinceMs;
      this.emit('taken', { from, to: readied.staging.layoutId, kind: readied.kind, tick, fadeMs, tookMs });
    }
  }
}

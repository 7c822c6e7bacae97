import { EventEmitter } from 'node:events';
import { monotonicMs } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { messageOf } from '../core/errors.js';
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
  #sceneNumber = 0;
  #readying = 0;
  /** What a fade comes from, kept decoding until it is over. */
  #fading: { readonly staging: Staging; readonly timer: NodeJS.Timeout } | null = null;
  readonly #pending: PendingTake[] = [];

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

  /**
   * Gets a layout ready for air: decoders started, slates painted, pictures waited for (bounded).
   * @returns null when another call came meanwhile and this one is out of date
   */
  async ready(layoutId: string, cells: readonly Cell[]): Promise<Readied | null> {
    const sinceMs = monotonicMs();
    const call = ++this.#readying;
    const known = [this.#preview, this.#program].find((staging) => staging?.isOf(layoutId, cells) === true);
    const staging = known ?? new Staging(layoutId, cells, this.#options.staging);
    const kind = staging.isPrepared ? 'prepared' : 'direct';
    // The first picture of all does not wait: slates say what the cameras are doing.
    const waitMs = this.#program === null ? 0 : this.#options.directTakeWaitMs;
    await Promise.all([staging.paint(), staging.prepared(waitMs)]);
    if (call === this.#readying) return { staging, kind, sinceMs };
    if (!this.#isUsed(staging)) staging.release();
    return null;
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
    else if (before !== this.#preview) before.release();
  }

  /** Starts decoding what is on preview, so that a take is the next frame. Null: nothing is on preview. */
  prepare(target: { readonly layoutId: string; readonly cells: readonly Cell[] } | null): void {
    const before = this.#preview;
    if (target !== null && before?.isOf(target.layoutId, target.cells) === true) return;
    if (target === null) {
      this.#preview = null;
    } else if (this.#program?.isOf(target.layoutId, target.cells) === true) {
      this.#preview = this.#program;
    } else {
      this.#preview = new Staging(target.layoutId, target.cells, this.#options.staging);
      this.#paint(this.#preview, () => undefined);
    }
    if (before !== null && !this.#isUsed(before)) before.release();
  }

  /** A camera's state changed: its slate says something else now, on air too. */
  cameraChanged(camera: string): void {
    const { program, preview: prepared } = this;
    if (program?.cameraIds.has(camera) === true) {
      this.#paint(program, () => {
        if (this.#program === program) this.#send(program);
      });
    }
    if (prepared !== null && prepared !== program && prepared.cameraIds.has(camera))
      this.#paint(prepared, () => undefined);
  }

  /** Lets all decoders go. */
  release(): void {
    this.#readying += 1;
    if (this.#fading !== null) clearTimeout(this.#fading.timer);
    this.#fading?.staging.release();
    this.#fading = null;
    this.#program?.release();
    this.#preview?.release();
    this.#program = null;
    this.#preview = null;
  }

  #paint(staging: Staging, then: () => void): void {
    staging.paint().then(then, (failure: unknown) => {
      this.#options.log.error({ layout: staging.layoutId, failure: messageOf(failure) }, 'painting slates failed');
    });
  }

  #isUsed(staging: Staging): boolean {
    return staging === this.#program || staging === this.#preview || staging === this.#fading?.staging;
  }

  /** What goes is seen, and moves, until the fade is over. */
  #keepForFade(staging: Staging, fadeMs: number): void {
    const before = this.#fading;
    if (before !== null) clearTimeout(before.timer);
    const timer = setTimeout(() => {
      this.#fading = null;
      if (!this.#isUsed(staging)) staging.release();
    }, fadeMs + FADE_MARGIN_MS);
    this.#fading = { staging, timer };
    if (before !== null && !this.#isUsed(before.staging)) before.staging.release();
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

import { EventEmitter } from 'node:events';
import type { TestPatternDesk, TestPatternRequest, TestPatternStatus } from '../control/test-pattern-desk.js';
import { monotonicMs } from '../core/clock.js';
import { GlasshallError } from '../core/errors.js';
import { overlaps, type Size } from '../core/geometry.js';
import type { WallLocale } from '../core/wall-locale.js';
import type { Logger } from '../core/logger.js';
import type { Cell } from '../layout/layout.js';
import type { OutputOptions } from '../output/options.js';
import { placeOf } from '../pattern/place.js';
import type { PatternPlace } from '../pattern/pattern.js';
import { preparePattern } from '../pattern/prepare.js';
import { isPatternName, patternNames } from '../pattern/registry.js';
import { SERVICE, type Actor } from '../switcher/actor.js';
import type { Wall } from '../wall/wall.js';
import { pixelMapsOf } from './pixel-maps.js';

const LONGEST_SECONDS = 600;

/** The wall as patterns are put on it. */
export type PatternWall = {
  readonly size: Size;
  readonly outputs: readonly OutputOptions[];
  readonly locale: WallLocale;
};

/** What test patterns are given. */
export type TestPatternsOptions = PatternWall & {
  readonly wall: Pick<Wall, 'setPattern'> & {
    on(event: 'patternEnded', listener: (number: number) => void): unknown;
  };
  /** The cells on air, from the bottom. */
  readonly cellsOnAir: () => readonly Cell[];
  /** Whether a source is a camera. */
  readonly isCamera: (source: string) => boolean;
  /** Whether people may be looking: then a pattern takes a second confirmation. Nobody knows better: open. */
  readonly isOpenNow?: () => boolean;
  readonly log: Logger;
};

type Shown = {
  readonly number: number;
  readonly place: PatternPlace;
  readonly status: Omit<TestPatternStatus, 'coveredCells' | 'coveredCameras'>;
};

/**
 * Puts test patterns on the wall and knows which one is there. That it ends is up to the wall's thread, which does so whatever
 * becomes of this one.
 */
export class TestPatterns extends EventEmitter<{ changed: [actor: Actor | null] }> implements TestPatternDesk {
  readonly names: readonly string[] = patternNames;
  readonly #options: TestPatternsOptions;
  readonly #isOpenNow: () => boolean;
  #wall: PatternWall;
  #number = 0;
  #shown: Shown | null = null;

  constructor(options: TestPatternsOptions) {
    super();
    this.#options = options;
    this.#isOpenNow = options.isOpenNow ?? ((): boolean => true);
    this.#wall = options;
    options.wall.on('patternEnded', (number) => {
      if (this.#shown?.number === number) this.#end('time is over', null);
    });
  }

  current(): TestPatternStatus | null {
    if (this.#shown === null) return null;
    const { status } = this.#shown;
    const covered = this.#options.cellsOnAir().filter(({ rectangle }) => overlaps(rectangle, status.area));
    const sources = covered.map(({ source }) => source).filter((id) => this.#options.isCamera(id));
    return { ...status, coveredCells: covered.map(({ id }) => id), coveredCameras: [...new Set(sources)] };
  }

  async show({ pattern, target, seconds, confirm }: TestPatternRequest, actor: Actor): Promise<void> {
    if (!isPatternName(pattern)) {
      throw new GlasshallError('unknown-pattern', `there is no test pattern ${pattern}`, { pattern });
    }
    if (!(seconds >= 1 && seconds <= LONGEST_SECONDS)) {
      const message = `a test pattern stays 1 to ${LONGEST_SECONDS} seconds, not ${seconds}`;
      throw new GlasshallError('bad-duration', message, { seconds, longest: LONGEST_SECONDS });
    }
    const { outputs, size, locale } = this.#wall;
    const place = placeOf(target, pixelMapsOf(outputs, size), size);
    if (!confirm && this.#isOpenNow()) {
      const message = 'the hall may be open and people may be looking: send the request again with confirm: true';
      throw new GlasshallError('confirmation-needed', message, { reason: 'open', confirm: true });
    }
    const number = ++this.#number;
    const prepared = await preparePattern(pattern, place, locale);
    // Another was asked for, or this one taken away, while its texts were painted.
    if (number !== this.#number) return;
    this.#options.wall.setPattern({ number, pattern: prepared, endsAtMs: monotonicMs() + seconds * 1_000 });
    const { name: by } = actor;
    const sinceMs = Date.now();
    const endsAtMs = sinceMs + seconds * 1_000;
    this.#shown = { number, place, status: { pattern, target, area: place.area, sinceMs, endsAtMs, by } };
    this.#options.log.info({ pattern, target, seconds, by }, 'a test pattern is on the wall');
    this.emit('changed', actor);
  }

  stop(actor: Actor): void {
    this.#number += 1;
    if (this.#shown === null) return;
    this.#options.wall.setPattern(null);
    this.#end('taken away', actor);
  }

  /** Goes on with other outputs. A pattern that is where something else hangs now is taken away. */
  use(wall: PatternWall): void {
    this.#wall = wall;
    if (this.#shown !== null && !this.#stillHangs(this.#shown)) this.stop(SERVICE);
  }

  #stillHangs({ place, status }: Shown): boolean {
    const { outputs, size } = this.#wall;
    try {
      return JSON.stringify(placeOf(status.target, pixelMapsOf(outputs, size), size)) === JSON.stringify(place);
    } catch (failure) {
      if (failure instanceof GlasshallError) return false;
      throw failure;
    }
  }

  #end(why: string, actor: Actor | null): void {
    const pattern = this.#shown?.status.pattern ?? null;
    this.#shown = null;
    this.#options.log.info({ pattern, why, by: actor?.name ?? null }, 'the test pattern is gone');
    this.emit('changed', actor);
  }
}

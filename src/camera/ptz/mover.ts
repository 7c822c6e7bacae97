import { EventEmitter } from 'node:events';
import { monotonicMs } from '../../core/clock.js';
import type { Closable } from '../../core/closing.js';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { Preset, Ptz, Velocity } from './ptz.js';

/** Whoever turns a camera says so again within this time; otherwise it is stopped. */
const HELD_MS = 1_000;
/** After so long the camera stops by itself, should it not hear us any more. */
const CAMERA_TIMEOUT_SECONDS = 2;
/** The camera is told again before its own time is up. */
const TELL_AGAIN_MS = 900;
/** A stop that does not arrive is sent again, for longer than the camera would turn by itself. */
const STOP_TRIES = 5;
const STOP_AGAIN_MS = 300;
/** Questions about presets that may wait for each other. */
const MAXIMUM_WAITING = 8;

/** A camera that can be turned. */
export type PtzStatus = {
  readonly isMoving: boolean;
  /** Why the latest command did not succeed, a stable code; null while nothing is wrong. */
  readonly reason: string | null;
};

type Told = { readonly velocity: Velocity; readonly atMs: number };

/**
 * Turns one camera. Of what is wanted the newest counts, and one command at a time is under way, so that neither a flood of
 * commands nor a slow camera makes a queue. It never leaves a camera turning: without a new word for a second it is
 * stopped, a stop that fails is sent again, and the camera has a time limit of its own.
 */
export class Mover extends EventEmitter<{ change: [] }> implements Closable {
  readonly #ptzNow: () => Ptz | null;
  readonly #log: Logger;
  #wanted: Velocity | null = null;
  /** What the camera may be doing: set before it is told, cleared when it has confirmed a stop. */
  #told: Told | null = null;
  #held: NodeJS.Timeout | null = null;
  #working: Promise<void> | null = null;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  #reason: string | null = null;
  #closed = false;

  /** @param ptzNow how the camera is turned; null while it is not known, and where it cannot be */
  constructor(ptzNow: () => Ptz | null, log: Logger) {
    super();
    this.#ptzNow = ptzNow;
    this.#log = log;
  }

  /** Null where the camera cannot be turned. */
  get status(): PtzStatus | null {
    return this.#ptzNow() === null ? null : { isMoving: this.#told !== null, reason: this.#reason };
  }

  /** Whether it turns like this already. */
  isMoving(velocity: Velocity): boolean {
    return this.#wanted !== null && isSame(this.#wanted, velocity);
  }

  /**
   * Turns the camera; say it again within a second, or it is stopped.
   * @throws GlasshallError `no-ptz`, `ptz-failed` with why as `reason`
   */
  async move(velocity: Velocity): Promise<void> {
    this.#ptz();
    if (isSame(velocity, { pan: 0, tilt: 0, zoom: 0 })) return this.stop();
    this.#wanted = velocity;
    if (this.#held !== null) clearTimeout(this.#held);
    this.#held = setTimeout(() => this.#letGo(), HELD_MS);
    await this.#agree();
  }

  /** @throws GlasshallError `no-ptz`, `ptz-failed` with why as `reason` */
  async stop(): Promise<void> {
    this.#ptz();
    this.#want(null);
    await this.#agree();
  }

  /** @throws GlasshallError `no-ptz`, `busy`, `ptz-failed` with why as `reason` */
  goHome(): Promise<void> {
    return this.#go((ptz) => ptz.goHome());
  }

  /** @throws GlasshallError `no-ptz`, `busy`, `ptz-failed` with why as `reason` */
  recall(preset: string): Promise<void> {
    return this.#go((ptz) => ptz.recall(preset));
  }

  /** @throws GlasshallError `no-ptz`, `busy`, `ptz-failed` with why as `reason` */
  presets(): Promise<readonly Preset[]> {
    return this.#ask((ptz) => ptz.presets());
  }

  /** @throws GlasshallError `no-ptz`, `busy`, `ptz-failed` with why as `reason` */
  save(name: string, preset: string | null): Promise<void> {
    return this.#ask((ptz) => ptz.save(name, preset));
  }

  /** @throws GlasshallError `no-ptz`, `busy`, `ptz-failed` with why as `reason` */
  remove(preset: string): Promise<void> {
    return this.#ask((ptz) => ptz.remove(preset));
  }

  /** Stops the camera, if it turns. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#letGo();
    await this.#working?.catch(() => undefined);
    await this.#queue;
    this.removeAllListeners();
  }

  #ptz(): Ptz {
    const ptz = this.#closed ? null : this.#ptzNow();
    if (ptz === null) throw new GlasshallError('no-ptz', 'this camera cannot be turned');
    return ptz;
  }

  #want(velocity: Velocity | null): void {
    this.#wanted = velocity;
    if (this.#held !== null) clearTimeout(this.#held);
    this.#held = null;
  }

  /** Nobody holds it any more. That it could not be stopped is its state, and there is nobody else to tell. */
  #letGo(): void {
    this.#want(null);
    if (this.#told !== null || this.#working !== null) this.#agree().catch(() => undefined);
  }

  /** Makes the camera do what is wanted; whoever asks meanwhile waits for the same. */
  #agree(): Promise<void> {
    this.#working ??= this.#work();
    return this.#working;
  }

  async #work(): Promise<void> {
    // Later than its own beginning, so that `#working` is set when it ends.
    await Promise.resolve();
    try {
      for (let ptz = this.#ptzNow(); ptz !== null && !this.#isDone(); ptz = this.#ptzNow()) await this.#doWanted(ptz);
    } finally {
      // In the same step as the last look at what is wanted: who wants something after it is not taken for served.
      this.#working = null;
    }
  }

  async #doWanted(ptz: Ptz): Promise<void> {
    const wanted = this.#wanted;
    try {
      // What is not mentioned goes on: a zoom that ends has to be stopped.
      if (wanted === null || (wanted.zoom === 0 && (this.#told?.velocity.zoom ?? 0) !== 0)) await this.#stop(ptz);
      if (wanted !== null) {
        this.#tell({ velocity: wanted, atMs: monotonicMs() });
        await ptz.move(wanted, CAMERA_TIMEOUT_SECONDS);
      }
      this.#observe(null);
    } catch (thrown) {
      this.#observe(thrown);
      this.#want(null);
      // It may have heard us and turn.
      if (wanted !== null) await this.#stop(ptz).catch(() => undefined);
      this.#tell(null);
      throw failed(thrown);
    }
  }

  #isDone(): boolean {
    const told = this.#told;
    if (this.#wanted === null || told === null) return this.#wanted === told;
    return isSame(this.#wanted, told.velocity) && monotonicMs() - told.atMs < TELL_AGAIN_MS;
  }

  async #stop(ptz: Ptz): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ptz.stop();
        this.#tell(null);
        return;
      } catch (thrown) {
        if (attempt === STOP_TRIES) throw thrown;
        // Whoever wants it to turn again meanwhile gets that.
        if (this.#wanted !== null) return;
        await new Promise((resolve) => setTimeout(resolve, STOP_AGAIN_MS));
      }
    }
  }

  #tell(told: Told | null): void {
    const didMove = this.#told !== null;
    this.#told = told;
    if (didMove !== (told !== null)) this.emit('change');
  }

  /** Where it goes by itself; what it was doing before ends. */
  async #go(work: (ptz: Ptz) => Promise<void>): Promise<void> {
    await this.stop();
    await this.#ask(work);
  }

  /** One question after the other. */
  async #ask<Result>(work: (ptz: Ptz) => Promise<Result>): Promise<Result> {
    const ptz = this.#ptz();
    if (this.#waiting >= MAXIMUM_WAITING) throw new GlasshallError('busy', 'too much is asked of the camera at once');
    this.#waiting += 1;
    const answer = this.#queue.then(() => work(ptz));
    this.#queue = answer.then(
      () => this.#observe(null),
      (thrown: unknown) => this.#observe(thrown),
    );
    try {
      return await answer;
    } catch (thrown) {
      throw failed(thrown);
    } finally {
      this.#waiting -= 1;
    }
  }

  /** @param thrown null when it went well */
  #observe(thrown: unknown): void {
    const reason = thrown === null ? null : reasonOf(thrown);
    if (reason === this.#reason) return;
    this.#reason = reason;
    if (reason !== null) this.#log.warn({ reason, said: messageOf(thrown) }, 'the camera could not be turned');
    this.emit('change');
  }
}

function isSame(a: Velocity, b: Velocity): boolean {
  return a.pan === b.pan && a.tilt === b.tilt && a.zoom === b.zoom;
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof GlasshallError ? thrown.code : 'unreadable';
}

function failed(cause: unknown): GlasshallError {
  const reason = reasonOf(cause);
  return new GlasshallError('ptz-failed', `the camera did not do it: ${messageOf(cause)}`, { reason }, { cause });
}

/**
 * The guardian: a small process with the last word about the wall. It starts the engine in a process of its own and watches
 * its signs of life (`watch.ts`); when the engine dies or hangs it ends it, shows a prepared slate on the same outputs
 * (`slate-sender.ts`), starts it again and hands the outputs back. There are never two senders: the one is gone, or silent,
 * before the other begins.
 */
import { backoffMs } from '../core/backoff.js';
import { monotonicMs } from '../core/clock.js';
import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { EngineHandle, type EngineExit } from './engine-handle.js';
import type { Addresses, EngineNotice, EngineStart, Handover, ServiceNotice } from './messages.js';
import { SlateSender } from './slate-sender.js';
import { LOOK_EVERY_MS, Watch } from './watch.js';

/** An engine that has run for so long is well again: the next failure is the first. */
const WELL_AFTER_MS = 60_000;
/** An engine that is started again has so long to show itself. */
const START_WITHIN_MS = 30_000;
/** What an orderly end may take, before the guardian ends it and says goodbye itself. */
const CLOSE_WITHIN_MS = 2_500;

export type GuardianOptions = {
  readonly start: Omit<EngineStart, 'isRestart'>;
  readonly log: Logger;
  /** Everything that is known about the service from outside. */
  readonly onNotice: (notice: ServiceNotice) => void;
};

export class Guardian implements Closable {
  /** Resolves with the status of an engine that could not even start once; never otherwise. */
  readonly refused: Promise<number>;
  readonly #options: GuardianOptions;
  readonly #looking: NodeJS.Timeout;
  #refuse: (status: number) => void = () => undefined;
  #engine: EngineHandle;
  #watch = new Watch();
  #handover: Handover | null = null;
  #slate: SlateSender | null = null;
  #startedAtMs = monotonicMs();
  #isPresented = false;
  #wasReady = false;
  #addresses: Addresses | null = null;
  #failures = 0;
  #restart: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;

  /** Starts the first engine. */
  constructor(options: GuardianOptions) {
    this.#options = options;
    this.refused = new Promise((resolve) => (this.#refuse = resolve));
    this.#engine = this.#startEngine(false);
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** Whether something true is on the wall: the engine's picture, or the slate. */
  get isShowing(): boolean {
    return this.#isPresented || this.#slate !== null;
  }

  get enginePid(): number {
    return this.#engine.pid;
  }

  /** Asks the engine to say goodbye; when it does not, the guardian does. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#looking);
    if (this.#restart !== null) clearTimeout(this.#restart);
    const engine = this.#engine;
    const deadline = setTimeout(() => {
      this.#options.log.error({}, 'the engine did not end in time');
      void engine.kill();
    }, CLOSE_WITHIN_MS);
    engine.tell({ kind: 'close' });
    const { code } = await engine.exited;
    clearTimeout(deadline);
    const isSlateUp = this.#slate !== null;
    await this.#slate?.close();
    if (code !== 0 || isSlateUp) await this.#sayGoodbye();
  }

  /** What the engine would have left on the wall. */
  async #sayGoodbye(): Promise<void> {
    const handover = this.#handover;
    if (handover === null) return;
    const { size, closed } = handover;
    const last = new SlateSender(
      handover,
      closed ?? new Uint8Array(size.widthPx * size.heightPx * 3),
      this.#options.log,
    );
    await last.close(closed === null ? 'black' : { ...size, tick: 1, pixels: closed });
  }

  #startEngine(isRestart: boolean): EngineHandle {
    this.#watch = new Watch();
    this.#startedAtMs = monotonicMs();
    this.#isPresented = false;
    const engine = new EngineHandle({ ...this.#options.start, ...this.#ports(), isRestart }, (notice) =>
      this.#hear(engine, notice),
    );
    void engine.exited.then((exit) => this.#ended(engine, exit));
    return engine;
  }

  /** Those that the first engine was given stay: pages and buttons come back to them. */
  #ports(): { port?: number; obsPort?: number } {
    if (this.#addresses === null) return {};
    const { url, obsUrl } = this.#addresses;
    return { port: Number(new URL(url).port), obsPort: Number(new URL(obsUrl).port) };
  }

  #hear(engine: EngineHandle, notice: EngineNotice): void {
    if (engine !== this.#engine || this.#closing !== null) return;
    switch (notice.kind) {
      case 'handover':
        this.#handover = notice.handover;
        this.#slate?.setBrightness(notice.handover.brightness);
        return;
      case 'brightness':
        if (this.#handover !== null) this.#handover = { ...this.#handover, brightness: notice.shares };
        this.#slate?.setBrightness(notice.shares);
        return;
      case 'presentable':
        void this.#grant(engine);
        return;
      case 'ready':
        this.#wasReady = true;
        this.#addresses = notice.addresses;
        this.#options.onNotice({ ...notice, guardianPid: process.pid, enginePid: engine.pid });
        return;
      case 'restart':
        this.#options.log.info({}, 'the configuration needs another engine');
        void engine.kill();
        return;
      case 'report':
        this.#options.onNotice(notice);
    }
  }

  /** Hands the outputs over: first nobody sends, then the engine does. */
  async #grant(engine: EngineHandle): Promise<void> {
    const slate = this.#slate;
    this.#slate = null;
    await slate?.close('silent');
    if (engine !== this.#engine) return;
    this.#isPresented = true;
    engine.tell({ kind: 'grant' });
    if (slate !== null) {
      const tookMs = Math.round(monotonicMs() - this.#startedAtMs);
      this.#options.log.info({ pid: engine.pid, tookMs }, 'the engine is back');
    }
  }

  #look(): void {
    if (this.#engine.isCondemned) return;
    const nowMs = monotonicMs();
    if (this.#isPresented && nowMs - this.#startedAtMs > WELL_AFTER_MS) this.#failures = 0;
    const isLate = this.#slate !== null && this.#restart === null && nowMs - this.#startedAtMs > START_WITHIN_MS;
    const hanging = this.#watch.look(nowMs, this.#engine.silence()) ?? (isLate ? 'start' : null);
    if (hanging === null) return;
    this.#options.log.error({ hanging, pid: this.#engine.pid }, 'the engine hangs and is ended');
    void this.#engine.kill();
  }

  #ended(engine: EngineHandle, { code, signal }: EngineExit): void {
    if (engine !== this.#engine || this.#closing !== null) return;
    if (!this.#wasReady) {
      this.#refuse(code ?? 1);
      return;
    }
    this.#isPresented = false;
    this.#showSlate();
    const waitMs = this.#restartLater();
    this.#options.log.error({ code, signal, waitMs }, 'the engine has ended; the slate is on the wall');
    this.#options.onNotice({ kind: 'ended', enginePid: engine.pid });
  }

  /** @returns in how many milliseconds: the first time at once, for the wall is waiting */
  #restartLater(): number {
    const waitMs = this.#failures === 0 ? 0 : backoffMs(this.#failures);
    this.#failures += 1;
    this.#restart = setTimeout(() => {
      this.#restart = null;
      try {
        this.#engine = this.#startEngine(true);
      } catch (failure) {
        this.#options.log.error({ failure: messageOf(failure) }, 'no engine can be started');
        this.#restartLater();
      }
    }, waitMs);
    return waitMs;
  }

  #showSlate(): void {
    const { log } = this.#options;
    if (this.#slate !== null || this.#handover === null) return;
    try {
      this.#slate = new SlateSender(this.#handover, this.#handover.restarting, log);
    } catch (failure) {
      // The next engine is worth more than this picture.
      log.error({ failure: messageOf(failure) }, 'the slate cannot be shown');
    }
  }
}

import { monotonicMs } from '../core/clock.js';
import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { ChannelOptions } from '../output/channel.js';
import type { CanvasFrame, Goodbye } from '../output/output-driver.js';
import { rateLimitOf } from '../output/options.js';
import type { PixelShares } from '../output/pixel-shares.js';
import { createOutput } from '../output/registry.js';
import { Sender } from '../output/sender.js';
import type { Handover } from './messages.js';

/** A picture that stands still is sent so often, so that no device falls back to a picture of its own. */
const SLATES_PER_SECOND = 5;

/** Shows one picture on all outputs until it is closed: the guardian's turn at the wall. */
export class SlateSender implements Closable {
  readonly #frame: { -readonly [Key in keyof CanvasFrame]: CanvasFrame[Key] };
  readonly #sender: Sender;
  readonly #channels: readonly ChannelOptions[];
  readonly #framesPerSecond: number;
  readonly #starting: Promise<void>;
  #beganAtMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;

  /** Starts at once. @param pixels RGB of the wall's size */
  constructor(handover: Handover, pixels: Uint8Array, log: Logger) {
    const { size, framesPerSecond } = handover;
    this.#framesPerSecond = framesPerSecond;
    this.#frame = { ...size, tick: 0, pixels };
    // The wall's rate: encoders, session descriptions and timestamps stay what receivers know.
    const context = { wall: size, framesPerSecond, log };
    this.#channels = handover.outputs.map((options): ChannelOptions => ({
      id: options.id,
      driver: createOutput(options, context),
      rateLimitMbit: rateLimitOf(options),
      log,
      onReachability: () => undefined,
    }));
    this.setBrightness(handover.brightness);
    // As fast as the engine's frames: a spread meant for five frames a second would show the first one late.
    this.#sender = new Sender(this.#channels, { framesPerSecond });
    this.#starting = this.#sender.start().then(
      () => {
        this.#beganAtMs = monotonicMs();
        this.#tick();
      },
      (failure: unknown) => log.error({ failure: messageOf(failure) }, 'outputs could not be opened'),
    );
  }

  /** Lights the outputs so from the next picture on. */
  setBrightness(shares: PixelShares): void {
    for (const { id, driver } of this.#channels) driver.setBrightness?.(shares[id] ?? 1);
  }

  /** @param goodbye `silent` when somebody else goes on sending */
  close(goodbye: Goodbye = 'silent'): Promise<void> {
    this.#closing ??= this.#close(goodbye);
    return this.#closing;
  }

  async #close(goodbye: Goodbye): Promise<void> {
    await this.#starting;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#sender.close(goodbye);
  }

  #tick(): void {
    if (this.#closing !== null) return;
    const nowMs = monotonicMs();
    // Ticks go on as the wall's would: drivers take times from them.
    this.#frame.tick = 1 + Math.round(((nowMs - this.#beganAtMs) * this.#framesPerSecond) / 1_000);
    this.#sender.offer(this.#frame, nowMs);
    this.#handOut(nowMs + 1_000 / SLATES_PER_SECOND);
  }

  #handOut(nextTickMs: number): void {
    if (this.#closing !== null) return;
    const nowMs = monotonicMs();
    const nextMs = this.#sender.handOut(nowMs);
    const isDone = nextMs === Number.POSITIVE_INFINITY;
    const delayMs = Math.max(0, (isDone ? nextTickMs : nextMs) - nowMs);
    this.#timer = setTimeout(() => (isDone ? this.#tick() : this.#handOut(nextTickMs)), delayMs);
  }
}

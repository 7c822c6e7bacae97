import { Worker } from 'node:worker_threads';
import { type Closable, CloseStack } from '../../src/core/closing.js';
import { monotonicMs } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import type { ChannelOptions, OutputReport } from '../../src/output/channel.js';
import { outputOptions } from '../../src/output/options.js';
import type { Reachability } from '../../src/output/output-driver.js';
import { createOutput } from '../../src/output/registry.js';
import { Sender } from '../../src/output/sender.js';
import { Pacer, TickSchedule } from '../../src/wall/pacing.js';
import { picture } from './pictures.js';

const FRAMES_PER_SECOND = 25;
const PERIOD_MS = 1_000 / FRAMES_PER_SECOND;
/** Four universes; rows that do not fit into short Ethernet frames. */
export const WALL = { widthPx: 170, heightPx: 4 };
const PICTURES = Array.from({ length: 8 }, (_, tick) => picture(WALL, tick));

/** A change of what is known about an output. */
export type Change = Reachability & { readonly id: string; readonly atMs: number };

/** A thread with the wall's rate and nothing to do: the ticks that it misses, too, are the machine's. */
const IDLE_THREAD = `
  const { parentPort } = require('node:worker_threads');
  const beganMs = performance.now();
  let [next, missed] = [1, 0];
  setInterval(() => {
    const late = Math.floor((performance.now() - beganMs) / ${PERIOD_MS}) - next;
    if (late < 0) return;
    missed += late;
    next += late + 1;
  }, 2);
  parentPort.on('message', () => parentPort.postMessage(missed));
`;

/** Outputs at work as the wall works them: the same sender, the same pacer. */
export class CabledWall implements Closable {
  readonly changes: Change[] = [];
  readonly openedAtMs = monotonicMs();
  readonly #sender: Sender;
  readonly #schedule = new TickSchedule(FRAMES_PER_SECOND, monotonicMs());
  readonly #idle = new Worker(IDLE_THREAD, { eval: true });
  readonly #stack = new CloseStack();
  #ticks = 0;

  private constructor(entries: readonly object[]) {
    const channels = entries.map((entry): ChannelOptions => {
      const options = outputOptions.parse(entry);
      const driver = createOutput(options, { wall: WALL, framesPerSecond: FRAMES_PER_SECOND, log: silentLogger });
      const onReachability = ({ id, reachability }: OutputReport): void =>
        void this.changes.push({ id, ...reachability, atMs: monotonicMs() });
      return { id: options.id, driver, log: silentLogger, onReachability };
    });
    this.#sender = new Sender(channels, { framesPerSecond: FRAMES_PER_SECOND });
  }

  static async open(entries: readonly object[]): Promise<CabledWall> {
    const made = new CabledWall(entries);
    made.#stack.defer(() => made.#idle.terminate().then(() => undefined));
    made.#stack.defer(() => made.#sender.close());
    await made.#sender.start();
    const pacer = new Pacer(made.#schedule, {
      tick: (nowMs) => {
        const frame = PICTURES[made.#ticks % PICTURES.length]!;
        made.#ticks += 1;
        made.#sender.offer({ ...frame, tick: made.#ticks }, nowMs);
      },
      between: (nowMs) => made.#sender.handOut(nowMs),
    });
    pacer.start();
    made.#stack.defer(() => pacer.stop());
    return made;
  }

  /** What is known of an output. */
  readonly of = (id: string): OutputReport => {
    const found = this.#sender.reports().find((report) => report.id === id);
    if (found === undefined) throw new Error(`no output ${id}`);
    return found;
  };

  /** All outputs, in the order in which they were given. */
  get ids(): readonly string[] {
    return this.#sender.reports().map(({ id }) => id);
  }

  get ticks(): number {
    return this.#ticks;
  }

  /** Ticks that were missed, by the wall and by a thread that has nothing to do. */
  async missed(): Promise<{ readonly wall: number; readonly idle: number }> {
    const idle = await new Promise<number>((resolve) => {
      this.#idle.once('message', resolve);
      this.#idle.postMessage('missed?');
    });
    return { wall: this.#schedule.missedTicks, idle };
  }

  close(): Promise<void> {
    return this.#stack.close();
  }
}

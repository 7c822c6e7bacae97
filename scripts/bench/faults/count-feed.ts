import type { Closable } from '../../../src/core/closing.js';
import { silentLogger } from '../../../src/core/logger.js';
import { type QueueFault, QueueSystem } from '../../../src/rehearsal/queue-system/queue-system.js';

/** A queue system that may be gone, and comes back at the same address. */
export class CountFeed implements Closable {
  readonly url: string;
  #system: QueueSystem;

  private constructor(system: QueueSystem) {
    this.#system = system;
    this.url = system.url;
  }

  static async start(): Promise<CountFeed> {
    return new CountFeed(await QueueSystem.start({ port: 0, log: silentLogger }));
  }

  fault(fault: QueueFault): void {
    this.#system.fault(fault);
  }

  /** Nobody listens there any more. */
  end(): Promise<void> {
    return this.#system.close();
  }

  async begin(): Promise<void> {
    this.#system = await QueueSystem.start({ port: Number(new URL(this.url).port), log: silentLogger });
  }

  close(): Promise<void> {
    return this.#system.close();
  }
}

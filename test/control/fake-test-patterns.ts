import type { TestPatternDesk, TestPatternRequest, TestPatternStatus } from '../../src/control/test-pattern-desk.js';
import type { Actor } from '../../src/switcher/actor.js';
import { GlasshallError } from '../../src/core/errors.js';

/** Test pictures in memory: two names, and a hall that is open. */
export class FakeTestPatterns implements TestPatternDesk {
  readonly names = ['red', 'grid'];
  readonly #onChanged: (actor: Actor) => void;
  #current: TestPatternStatus | null = null;

  constructor(onChanged: (actor: Actor) => void) {
    this.#onChanged = onChanged;
  }

  current(): TestPatternStatus | null {
    return this.#current;
  }

  show({ pattern, target, seconds, confirm }: TestPatternRequest, actor: Actor): Promise<void> {
    if (!this.names.includes(pattern))
      throw new GlasshallError('unknown-pattern', `no pattern ${pattern}`, { pattern });
    if (!confirm)
      throw new GlasshallError('confirmation-needed', 'the hall is open', { reason: 'open', confirm: true });
    const sinceMs = Date.now();
    this.#current = {
      pattern,
      target,
      area: { x: 0, y: 0, widthPx: 96, heightPx: 48 },
      sinceMs,
      endsAtMs: sinceMs + seconds * 1_000,
      by: actor.name,
      coveredCells: ['lobby', 'ticker'],
      coveredCameras: ['lobby'],
    };
    this.#onChanged(actor);
    return Promise.resolve();
  }

  stop(actor: Actor): void {
    this.#current = null;
    this.#onChanged(actor);
  }
}

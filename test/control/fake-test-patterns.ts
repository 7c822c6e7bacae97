import type { TestPatternDesk, TestPatternRequest, TestPatternStatus } from '../../src/control/engine.js';
import { GlasshallError } from '../../src/core/errors.js';

/** Test pictures in memory: two names, and a hall that is open. */
export class FakeTestPatterns implements TestPatternDesk {
  readonly names = ['red', 'grid'];
  readonly #onChanged: () => void;
  #current: TestPatternStatus | null = null;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  current(): TestPatternStatus | null {
    return this.#current;
  }

  show({ pattern, target, seconds, confirm }: TestPatternRequest, by: string): Promise<void> {
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
      by,
      coveredCells: ['lobby', 'ticker'],
      coveredCameras: ['lobby'],
    };
    this.#onChanged();
    return Promise.resolve();
  }

  stop(): void {
    this.#current = null;
    this.#onChanged();
  }
}

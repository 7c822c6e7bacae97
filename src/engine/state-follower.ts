import { messageOf } from '../core/errors.js';
import type { SwitcherState } from '../switcher/state.js';
import type { Target } from './director.js';
import type { EngineParts } from './engine-parts.js';

/** Brings wall, preview and ticker to what the switcher's state says; what is on air changes by takes, and not here. */
export class StateFollower {
  readonly #parts: Pick<EngineParts, 'wall' | 'ticker' | 'signage' | 'director' | 'log'>;
  #state: SwitcherState | null = null;

  constructor(parts: Pick<EngineParts, 'wall' | 'ticker' | 'signage' | 'director' | 'log'>) {
    this.#parts = parts;
  }

  /** What must be so before anything is seen. */
  begin(state: SwitcherState): void {
    this.#parts.ticker.setText(state.tickerText);
    this.#parts.ticker.setUrgent(state.urgentMessage?.text ?? null);
    // Only a picture can stand still.
    this.#state = { ...state, freeze: false };
  }

  /** @param preview what the state has on preview */
  follow(next: SwitcherState, preview: Target): void {
    const { ticker, director } = this.#parts;
    const previous = this.#state;
    this.#state = next;
    director.prepare(next.studioMode ? preview : null);
    this.#useTickerHeights();
    if (next.freeze !== previous?.freeze) this.#setFreeze(next.freeze);
    if (next.tickerText !== previous?.tickerText) ticker.setText(next.tickerText);
    ticker.setUrgent(next.urgentMessage?.text ?? null);
  }

  /** Prepares what goes on air by itself next, beside what is on preview. Null: nothing is about to. */
  prepareAhead(target: Target | null): void {
    this.#parts.director.prepareAhead(target);
    this.#useTickerHeights();
  }

  #useTickerHeights(): void {
    const { director, ticker, log } = this.#parts;
    ticker.useHeights(director.tickerRectangles).catch((failure: unknown) => {
      log.error({ failure: messageOf(failure) }, 'painting the ticker failed');
    });
  }

  /** The standing picture says since when it stands; while that is painted, a moment, the picture still moves. */
  #setFreeze(on: boolean): void {
    const { wall, signage, log } = this.#parts;
    if (!on) {
      wall.setFreeze(null);
      return;
    }
    signage.freezeSign(Date.now()).then(
      (sign) => {
        if (this.#state?.freeze === true) wall.setFreeze(sign);
      },
      (failure: unknown) =>
        log.error({ failure: messageOf(failure) }, 'the sign of a standing picture was not painted'),
    );
  }
}

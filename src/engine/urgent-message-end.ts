import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Actor } from '../switcher/actor.js';
import type { SwitcherState } from '../switcher/state.js';
import type { Engine } from './engine.js';

/** Somebody may set the clock: it is looked at again at least so often. */
const LOOK_AGAIN_MS = 5_000;
const ACTOR: Actor = { name: 'schedule', role: 'system', via: 'schedule', from: null };

/** Ends an urgent message when its time is over, as one more who gives commands; also one from before a restart. */
export class UrgentMessageEnd implements Closable {
  readonly #engine: Engine;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | null = null;
  readonly #onState = (state: SwitcherState): void => this.#look(state);

  constructor(engine: Engine, log: Logger) {
    this.#engine = engine;
    this.#log = log;
    engine.on('state', this.#onState);
    this.#look(engine.state());
  }

  close(): Promise<void> {
    this.#engine.off('state', this.#onState);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    return Promise.resolve();
  }

  #look({ urgentMessage }: SwitcherState): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (urgentMessage === null) return;
    const leftMs = urgentMessage.untilMs - Date.now();
    if (leftMs > 0) {
      this.#timer = setTimeout(() => this.#look(this.#engine.state()), Math.min(LOOK_AGAIN_MS, Math.ceil(leftMs)));
      return;
    }
    this.#engine.execute({ kind: 'end-urgent-message' }, { actor: ACTOR }).catch((failure: unknown) => {
      this.#log.error({ failure: messageOf(failure) }, 'the urgent message could not be ended');
    });
  }
}

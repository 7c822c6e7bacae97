import type { Conductor } from '../automation/conductor.js';
import type { Closable } from '../core/closing.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Actor } from '../switcher/actor.js';
import type { SwitcherCommand, SwitcherState } from '../switcher/state.js';
import type { Engine } from './engine.js';

export type AutopilotOptions = {
  readonly engine: Engine;
  readonly conductor: Conductor;
  readonly log: Logger;
};

/** Puts on air what the conductor says, as one more who gives commands: people's come first. */
export class Autopilot implements Closable {
  readonly #options: AutopilotOptions;
  readonly #onState = ({ automation }: SwitcherState): void => {
    this.#options.conductor.automation = automation;
  };
  readonly #onTile = (): void => this.#options.conductor.look();
  readonly #underWay = new Set<string>();
  #failure: string | null = null;

  constructor(options: AutopilotOptions) {
    this.#options = options;
    const { engine, conductor } = options;
    engine.on('state', this.#onState);
    engine.on('tile', this.#onTile);
    conductor.on('looked', () => this.#follow());
    conductor.on('overrideEnded', () => {
      this.#give({ kind: 'follow-schedule' }, { name: 'schedule', role: 'system', via: 'schedule', from: null });
    });
    conductor.look();
  }

  async close(): Promise<void> {
    this.#options.engine.off('state', this.#onState);
    this.#options.engine.off('tile', this.#onTile);
    await this.#options.conductor.close();
  }

  #follow(): void {
    const { engine, conductor } = this.#options;
    const { layout, by, name, prepare } = conductor.intent;
    engine.prepareAhead(prepare);
    if (layout === null || by === null || layout === engine.state().program) return;
    const actor: Actor = { name: name ?? 'schedule', role: 'system', via: by, from: null };
    this.#give({ kind: 'show-automatically', layout }, actor);
  }

  /** Whoever asks again for what is under way would only hold it up. What fails is tried again at the next look. */
  #give(command: SwitcherCommand, actor: Actor): void {
    const key = JSON.stringify(command);
    if (this.#underWay.has(key)) return;
    this.#underWay.add(key);
    this.#options.engine
      .execute(command, { actor })
      .then(
        () => (this.#failure = null),
        (failure: unknown) => this.#tell(messageOf(failure), command),
      )
      .finally(() => this.#underWay.delete(key));
  }

  #tell(failure: string, { kind }: SwitcherCommand): void {
    if (failure === this.#failure) return;
    this.#failure = failure;
    this.#options.log.error({ command: kind, failure }, 'what belongs on air could not be put there');
  }
}

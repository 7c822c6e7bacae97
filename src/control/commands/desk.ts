/**
 * The one layer beneath every protocol: a command is checked, allowed, carried out and told of here, whoever gives it and
 * by whichever way. `registry.ts` lists the commands; adding one is an entry there.
 */
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Actor } from '../../switcher/actor.js';
import { demandRole } from '../access/people.js';
import type { WallEngine } from '../engine.js';
import type { Caller } from './command.js';
import { definitionOf, isCommandName, type CommandData, type CommandName } from './registry.js';

/** How a command went. */
export type CommandOutcome =
  /** `revision`: of the wall's state after it. */
  | { readonly kind: 'done'; readonly revision: number }
  /** `code`: stable. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** A command that was given, and how it went. */
export type CommandRecord = {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly actor: Actor;
  /** As it was given; there may be no command of this name. */
  readonly command: string;
  readonly data: unknown;
  readonly outcome: CommandOutcome;
};

export type CommandDeskOptions = {
  readonly engine: WallEngine;
  /** Told of every command, refused ones included, but not of one that only goes on. Must not throw. */
  readonly onCommand: (record: CommandRecord) => void;
};

/** Where all commands are handed in. */
export class CommandDesk {
  readonly #options: CommandDeskOptions;

  constructor(options: CommandDeskOptions) {
    this.#options = options;
  }

  /** `give` for a caller who knows the command when the program is written. */
  run<Name extends CommandName>(
    name: Name,
    data: CommandData<Name>,
    caller: Caller,
    ifRevision?: number,
  ): Promise<number> {
    return this.give(name, data, caller, ifRevision);
  }

  /**
   * Checks a command, carries it out and tells of it, unless it only says again what was told of.
   * @param ifRevision the revision of the state that the caller saw
   * @returns the revision of the wall's state after it
   * @throws GlasshallError `unknown-command`, `bad-command` (with `field`), `not-allowed` (with `role`, `needed`),
   * `conflict`, and what the command itself throws
   */
  async give(name: string, data: unknown, { person, via, from }: Caller, ifRevision?: number): Promise<number> {
    const { engine, onCommand } = this.#options;
    const actor: Actor = { name: person.name, role: person.role, via, from };
    const tell = (outcome: CommandOutcome): void =>
      onCommand({ atMs: Date.now(), actor, command: name, data, outcome });
    let isNews = true;
    try {
      isNews = await this.#carryOut(name, data, actor, ifRevision);
    } catch (thrown) {
      tell({
        kind: 'refused',
        code: thrown instanceof GlasshallError ? thrown.code : 'failed',
        message: messageOf(thrown),
      });
      throw thrown;
    }
    const { revision } = engine.state();
    if (isNews) tell({ kind: 'done', revision });
    return revision;
  }

  /** @returns whether it did more than say again what was told of */
  async #carryOut(name: string, data: unknown, actor: Actor, ifRevision: number | undefined): Promise<boolean> {
    if (!isCommandName(name)) {
      throw new GlasshallError('unknown-command', `there is no command ${JSON.stringify(name)}`, { command: name });
    }
    const definition = definitionOf(name);
    const checked = definition.schema.safeParse(data ?? {});
    if (!checked.success) {
      const [issue] = checked.error.issues;
      const field = issue?.path.join('.') ?? '';
      throw new GlasshallError('bad-command', `${name}: ${field === '' ? '' : `${field}: `}${issue?.message ?? ''}`, {
        command: name,
        field,
      });
    }
    demandRole(actor.role, definition.minimumRole(checked.data));
    const order = ifRevision === undefined ? { actor } : { actor, ifRevision };
    const context = { engine: this.#options.engine, order };
    const isRepetition = definition.isRepetition?.(checked.data, context) === true;
    await definition.run(checked.data, context);
    return !isRepetition;
  }
}

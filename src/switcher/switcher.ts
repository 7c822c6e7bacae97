/**
 * What operators decided and how they came to it: `state.ts` says what a decision is, `reduce.ts` what a command makes of
 * it, and `Switcher` keeps the present state with who decided what before. Nothing in this folder knows cameras, clocks or
 * sockets; the engine shows what the state says.
 */
import { GlasshallError } from '../core/errors.js';
import type { Actor } from './actor.js';
import { changedFields, reduce, withChanges, type Catalogue, type Field } from './reduce.js';
import type { SwitcherCommand, SwitcherState } from './state.js';

/** Changes kept for `undo` and for telling whoever comes too late. */
const KEPT_CHANGES = 100;

/** A command that changed something, and who gave it. */
export type Change = {
  /** Of the state after it. */
  readonly revision: number;
  readonly command: SwitcherCommand['kind'] | 'reload';
  readonly actor: Actor;
  readonly fields: readonly Field[];
};

/** A command together with who gives it. */
export type Order = {
  readonly actor: Actor;
  /** Refused when the state has another revision by now: whoever gave it saw something else. */
  readonly ifRevision?: number;
};

/** How to take a change back. */
type Undoable = { readonly change: Change; readonly before: Partial<SwitcherState> };

/** The present state, and the way to it. */
export class Switcher {
  catalogue: Catalogue;
  #state: SwitcherState;
  readonly #changes: Change[] = [];
  readonly #undoable: Undoable[] = [];

  constructor(state: SwitcherState, catalogue: Catalogue) {
    this.#state = state;
    this.catalogue = catalogue;
  }

  get state(): SwitcherState {
    return this.#state;
  }

  /** What `undo` would take back, null when there is nothing. */
  get undoable(): Change | null {
    return this.#latest()?.entry.change ?? null;
  }

  /**
   * The state that a command would lead to; the present one when it changes nothing.
   * @throws GlasshallError `conflict`, `nothing-to-undo`, and what `reduce` throws
   */
  plan(command: SwitcherCommand, { ifRevision }: Order): SwitcherState {
    if (ifRevision !== undefined && ifRevision !== this.#state.revision) throw this.conflict(ifRevision);
    if (command.kind !== 'undo') return reduce(this.#state, command, this.catalogue);
    const latest = this.#latest();
    if (latest === null) throw new GlasshallError('nothing-to-undo', 'no decision can be taken back');
    return latest.next;
  }

  /** Goes on with a state that `plan` gave. @returns what changed */
  commit(next: SwitcherState, command: Change['command'], actor: Actor): Change {
    const before = this.#state;
    const fields = changedFields(before, next);
    const change = { revision: next.revision, command, actor, fields };
    if (command === 'undo') this.#undoable.length = this.#latest()?.index ?? 0;
    this.#state = next;
    keep(this.#changes, change);
    if (command === 'undo') return change;
    if (actor.role !== 'system') keep(this.#undoable, { change, before: pick(before, fields) });
    return change;
  }

  /** What to tell somebody whose command was meant for an earlier state: what changed since, and by whom. */
  conflict(ifRevision: number): GlasshallError {
    const { revision } = this.#state;
    const since = this.#changes.filter((change) => change.revision > ifRevision);
    const fields = [...new Set(since.flatMap((change) => change.fields))].join(', ');
    const by = [...new Set(since.map(({ actor }) => actor.name))].join(', ');
    const what = since.length === 0 ? '' : `: ${fields} changed, by ${by}`;
    return new GlasshallError('conflict', `the wall is at revision ${revision}, not ${ifRevision}${what}`, {
      revision,
      ifRevision,
      fields,
      by,
    });
  }

  /** The latest decision that taking it back would still change something. */
  #latest(): { readonly index: number; readonly entry: Undoable; readonly next: SwitcherState } | null {
    for (let index = this.#undoable.length - 1; index >= 0; index -= 1) {
      const entry = this.#undoable[index];
      if (entry === undefined) break;
      const next = withChanges(this.#state, this.#stillThere(entry.before));
      if (next !== this.#state) return { index, entry, next };
    }
    return null;
  }

  /** Leaves out what names a layout or a tour that a reload took away. */
  #stillThere(before: Partial<SwitcherState>): Partial<SwitcherState> {
    const { layouts, tours } = this.catalogue;
    const has = (id: string | undefined): boolean => id === undefined || layouts.some((layout) => layout.id === id);
    const { program, preview, automation, ...others } = before;
    return {
      ...others,
      ...(program !== undefined && has(program) ? { program } : {}),
      ...(preview !== undefined && has(preview) ? { preview } : {}),
      ...(automation === undefined || (automation.mode === 'tour' && !tours.has(automation.tour))
        ? {}
        : { automation }),
    };
  }
}

function keep<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > KEPT_CHANGES) list.shift();
}

function pick(state: SwitcherState, fields: readonly Field[]): Partial<SwitcherState> {
  return Object.fromEntries(fields.map((field) => [field, state[field]]));
}

import { monotonicMs } from '../../core/clock.js';
import { networkOf } from './attempts.js';
import type { Person } from './people.js';

/** A bearer token says with every request who sends it: one that has been quiet for so long comes in anew. */
const QUIET_MS = 900_000;
const MAXIMUM_KNOWN = 1_024;

type Use = { readonly person: Person; readonly from: string; lastMs: number };

/** Whose bearer token is in use from where, so that a script that asks ten times a second is told of once. */
export class TokenUse {
  readonly #tell: (kind: 'login' | 'logout', person: Person, from: string, reason: string | null) => void;
  readonly #uses = new Map<string, Use>();

  constructor(tell: (kind: 'login' | 'logout', person: Person, from: string, reason: string | null) => void) {
    this.#tell = tell;
  }

  /** A request came with this person's token. */
  used(person: Person, from: string, nowMs: number = monotonicMs()): void {
    const key = `${networkOf(from)} ${person.name}`;
    const known = this.#uses.get(key);
    const isNew = known === undefined || known.person !== person || nowMs - known.lastMs > QUIET_MS;
    if (known !== undefined && !isNew) {
      known.lastMs = nowMs;
      return;
    }
    // Whoever began last stands last; the first goes when there are too many.
    this.#uses.delete(key);
    this.#uses.set(key, { person, from, lastMs: nowMs });
    for (const oldest of this.#uses.keys()) {
      if (this.#uses.size <= MAXIMUM_KNOWN) break;
      this.#uses.delete(oldest);
    }
    this.#tell('login', person, from, null);
  }

  /** Whoever may no longer come in has left. */
  keepOnly(isKnown: (person: Person) => boolean): void {
    for (const [key, { person, from }] of this.#uses) {
      if (isKnown(person)) continue;
      this.#uses.delete(key);
      this.#tell('logout', person, from, 'revoked');
    }
  }
}

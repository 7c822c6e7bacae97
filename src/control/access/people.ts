/**
 * Who may do what. Every operator has a token of their own; the standard challenge answer of obs-websocket is checked
 * against each token, which gives a name and a role under an unchanged protocol.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { ControlOptions, Role } from '../options.js';

/** Somebody at the controls. */
export type Person = { readonly name: string; readonly role: Role };

/** What everybody is while no operators are configured: the machine's own user, on loopback only. */
export const LOCAL_PERSON: Person = { name: 'local', role: 'admin' };

const rank: Readonly<Record<Role, number>> = { viewer: 0, guard: 1, operator: 2, admin: 3 };

/** Whether a role includes another: viewer < guard < operator < admin. */
export function includesRole(role: Role, minimum: Role): boolean {
  return rank[role] >= rank[minimum];
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** The answer to a challenge (obs-websocket protocol, "Creating an authentication string"). */
export function challengeAnswer(token: string, salt: string, challenge: string): string {
  const secret = sha256(token + salt).toString('base64');
  return sha256(secret + challenge).toString('base64');
}

type Entry = { readonly person: Person; readonly token: string };

/** The configured operators. Comparisons take the same time whichever token is right, or none. */
export class People {
  #entries: readonly Entry[];

  constructor(operators: ControlOptions['operators']) {
    this.#entries = operators.map(entryOf);
  }

  /** Whether anybody has to say who they are. */
  get tokenNeeded(): boolean {
    return this.#entries.length > 0;
  }

  /** Takes a new list, as after a change of the configuration. Who has kept name, role and token stays the same person. */
  replace(operators: ControlOptions['operators']): void {
    const earlier = this.#entries;
    this.#entries = operators.map((operator) => {
      const next = entryOf(operator);
      return earlier.find((entry) => isSameEntry(entry, next)) ?? next;
    });
  }

  /** Whether this person, as found here before, is still on the list. */
  knows(person: Person): boolean {
    return this.tokenNeeded ? this.#entries.some((entry) => entry.person === person) : person === LOCAL_PERSON;
  }

  /** The operator with this token, or null. */
  byToken(token: string): Person | null {
    const given = sha256(token);
    return this.#find((entry) => timingSafeEqual(sha256(entry.token), given));
  }

  /** The operator whose token answers this challenge so, or null. */
  byChallengeAnswer(answer: string, salt: string, challenge: string): Person | null {
    const given = sha256(answer);
    return this.#find((entry) => timingSafeEqual(sha256(challengeAnswer(entry.token, salt, challenge)), given));
  }

  #find(matches: (entry: Entry) => boolean): Person | null {
    let found: Person | null = null;
    for (const entry of this.#entries) {
      if (matches(entry)) found ??= entry.person;
    }
    return found;
  }
}

function entryOf(operator: ControlOptions['operators'][number]): Entry {
  return { person: { name: operator.name, role: operator.role }, token: operator.token };
}

function isSameEntry(a: Entry, b: Entry): boolean {
  return a.token === b.token && a.person.name === b.person.name && a.person.role === b.person.role;
}

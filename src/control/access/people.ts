/**
 * Who may do what. Every operator has a token of their own; the standard challenge answer of obs-websocket is checked
 * against each token, which gives a name and a role under an unchanged protocol. Operators stand in the configuration, with a
 * token from the environment, or were added by a command that made their token (`src/operators`).
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { GlasshallError } from '../../core/errors.js';
import type { StoredOperators } from '../../operators/operator-file.js';
import { challengeAnswer, makeSalt, secretOf } from '../../operators/token.js';
import type { ControlOptions, Role } from '../options.js';

/** Somebody at the controls. */
export type Person = { readonly name: string; readonly role: Role };

/** What everybody is while there are no operators: the machine's own user, on loopback only. */
export const LOCAL_PERSON: Person = { name: 'local', role: 'admin' };

const rank: Readonly<Record<Role, number>> = { viewer: 0, guard: 1, operator: 2, admin: 3 };

/** Whether a role includes another: viewer < guard < operator < admin. */
export function includesRole(role: Role, minimum: Role): boolean {
  return rank[role] >= rank[minimum];
}

/** The service itself gives no commands to itself. @throws GlasshallError `not-allowed` (with `role`, `needed`) */
export function demandRole(role: Role | 'system', needed: Role): void {
  if (role !== 'system' && includesRole(role, needed)) return;
  throw new GlasshallError('not-allowed', `the role ${role} may not do this, it takes ${needed}`, { role, needed });
}

type Entry = {
  readonly person: Person;
  readonly secret: string;
  /** Whether the token was made at random: such a one cannot be guessed. */
  readonly isMade: boolean;
  /** What stays the same as long as the person has the same token. */
  readonly credential: string;
};

/** Which operators a token is compared with. */
export type Among = 'all' | 'made';

/** The operators. Comparisons take the same time whichever token is right, or none. */
export class People {
  #salt: string;
  #entries: readonly Entry[];
  #isClosed: boolean;

  /** @param stored operators added by the command; null where there is no file of them */
  constructor(configured: ControlOptions['operators'], stored: StoredOperators | null = null) {
    this.#salt = stored?.salt ?? makeSalt();
    this.#entries = entriesOf(configured, stored, this.#salt);
    this.#isClosed = this.#entries.length > 0 || stored !== null;
  }

  /** Whether anybody has to say who they are. A file of operators in which nobody is left lets nobody in. */
  get tokenNeeded(): boolean {
    return this.#isClosed;
  }

  /** The salt that challenges are sent with. Changes at most when the first operator is added by the command. */
  get salt(): string {
    return this.#salt;
  }

  get count(): number {
    return this.#entries.length;
  }

  /** Takes a new list. Who has kept name, role and token stays the same person. */
  replace(configured: ControlOptions['operators'], stored: StoredOperators | null = null): void {
    const earlier = this.#entries;
    this.#salt = stored?.salt ?? this.#salt;
    this.#entries = entriesOf(configured, stored, this.#salt).map((next) => {
      const before = earlier.find((entry) => isSameEntry(entry, next));
      return before === undefined ? next : { ...next, person: before.person };
    });
    this.#isClosed = this.#entries.length > 0 || stored !== null;
  }

  /** Whether this person, as found here before, is still on the list. */
  knows(person: Person): boolean {
    return this.tokenNeeded ? this.#entries.some((entry) => entry.person === person) : person === LOCAL_PERSON;
  }

  /** The operator with this token, or null. */
  byToken(token: string, among: Among = 'all'): Person | null {
    const given = digest(secretOf(token, this.#salt));
    return this.#find(among, (entry) => timingSafeEqual(digest(entry.secret), given));
  }

  /** The operator whose token answers this challenge so (with `salt`), or null. */
  byChallengeAnswer(answer: string, challenge: string, among: Among = 'all'): Person | null {
    const given = digest(answer);
    return this.#find(among, (entry) => timingSafeEqual(digest(challengeAnswer(entry.secret, challenge)), given));
  }

  #find(among: Among, matches: (entry: Entry) => boolean): Person | null {
    let found: Person | null = null;
    for (const entry of this.#entries) {
      const isMatch = matches(entry);
      if (isMatch && (among === 'all' || entry.isMade)) found ??= entry.person;
    }
    return found;
  }
}

/** Both kinds are known by the secrets of one salt. A token from the configuration is here anyway, so its secret is made here. */
function entriesOf(configured: ControlOptions['operators'], stored: StoredOperators | null, salt: string): Entry[] {
  return [
    ...configured.map(({ name, role, token }) => ({
      person: { name, role },
      secret: secretOf(token, salt),
      isMade: false,
      credential: `token ${token}`,
    })),
    ...(stored?.operators ?? []).map(({ name, role, secret }) => ({
      person: { name, role },
      secret,
      isMade: true,
      credential: `secret ${salt} ${secret}`,
    })),
  ];
}

function isSameEntry(a: Entry, b: Entry): boolean {
  return a.credential === b.credential && a.person.name === b.person.name && a.person.role === b.person.role;
}

/** Of one length, whatever is compared. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

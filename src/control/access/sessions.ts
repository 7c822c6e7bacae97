import { randomBytes } from 'node:crypto';
import type { Person } from './people.js';

const COOKIE_NAME = 'glasshall_session';
const LIFETIME_MS = 12 * 3_600_000;
const MAXIMUM_SESSIONS = 1_000;

type Session = { readonly person: Person; readonly expiresAtMs: number };

/** Sessions of browsers: the cookie holds a random name, never the token. Kept in memory; a restart asks for the token again. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  /** Begins a session. @returns the `Set-Cookie` value */
  begin(person: Person, nowMs: number = Date.now()): string {
    for (const [id, session] of this.#sessions) {
      if (session.expiresAtMs <= nowMs || this.#sessions.size >= MAXIMUM_SESSIONS) this.#sessions.delete(id);
    }
    const id = randomBytes(32).toString('hex');
    this.#sessions.set(id, { person, expiresAtMs: nowMs + LIFETIME_MS });
    return `${COOKIE_NAME}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${LIFETIME_MS / 1_000}`;
  }

  /** Ends the session of these cookies. @returns the `Set-Cookie` value that removes it from the browser */
  end(cookies: string | undefined): string {
    const id = sessionId(cookies);
    if (id !== null) this.#sessions.delete(id);
    return `${COOKIE_NAME}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
  }

  /** Whose session these cookies are, or null. */
  find(cookies: string | undefined, nowMs: number = Date.now()): Person | null {
    const id = sessionId(cookies);
    const session = id === null ? undefined : this.#sessions.get(id);
    return session === undefined || session.expiresAtMs <= nowMs ? null : session.person;
  }

  /** Ends the sessions of everybody for whom `isKnown` is false. */
  keepOnly(isKnown: (person: Person) => boolean): void {
    for (const [id, session] of this.#sessions) {
      if (!isKnown(session.person)) this.#sessions.delete(id);
    }
  }
}

function sessionId(cookies: string | undefined): string | null {
  return /(?:^|;\s*)glasshall_session=([0-9a-f]{64})(?:;|$)/.exec(cookies ?? '')?.[1] ?? null;
}

import { randomBytes } from 'node:crypto';
import type { Person } from './people.js';

const COOKIE_NAME = 'glasshall_session';
/** A shift; whoever works longer says again who they are. */
const LIFETIME_MS = 12 * 3_600_000;
/** Devices of one person. The session that began first ends for the one too many. */
const MAXIMUM_PER_PERSON = 16;

/** One browser that somebody has signed in with, and the address from which. */
export type Session = { readonly person: Person; readonly from: string | null; readonly expiresAtMs: number };

/** Why a session is no more. `pushed-out`: by others of the same person. */
export type SessionEnd = 'signed-out' | 'expired' | 'pushed-out' | 'revoked';

/** Sessions of browsers: the cookie holds a random name, never the token. Kept in memory; a restart asks for the token again. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #attributes: string;
  readonly #onEnd: (session: Session, why: SessionEnd) => void;

  /** @param isSecure whether the cookie may travel over TLS alone */
  constructor(isSecure = false, onEnd: (session: Session, why: SessionEnd) => void = () => undefined) {
    this.#attributes = `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
    this.#onEnd = onEnd;
  }

  /** Begins a session. @param from the address @returns the `Set-Cookie` value */
  begin(person: Person, from: string | null = null, nowMs: number = Date.now()): string {
    this.#makeRoom(person, nowMs);
    const id = randomBytes(32).toString('hex');
    this.#sessions.set(id, { person, from, expiresAtMs: nowMs + LIFETIME_MS });
    return `${COOKIE_NAME}=${id}; ${this.#attributes}; Max-Age=${LIFETIME_MS / 1_000}`;
  }

  /** Ends the session of these cookies. @returns the `Set-Cookie` value that removes it from the browser */
  end(cookies: string | undefined): string {
    const id = sessionId(cookies);
    if (id !== null) this.#drop(id, 'signed-out');
    return `${COOKIE_NAME}=; ${this.#attributes}; Max-Age=0`;
  }

  /** The session of these cookies, or null. */
  find(cookies: string | undefined, nowMs: number = Date.now()): Session | null {
    const id = sessionId(cookies);
    const session = id === null ? undefined : this.#sessions.get(id);
    return session === undefined || session.expiresAtMs <= nowMs ? null : session;
  }

  /** Whether a session has been neither ended nor pushed out; one that expired may still be here. */
  has(session: Session): boolean {
    for (const each of this.#sessions.values()) if (each === session) return true;
    return false;
  }

  /** Ends the sessions of everybody for whom `isKnown` is false. */
  keepOnly(isKnown: (person: Person) => boolean): void {
    for (const [id, session] of this.#sessions) {
      if (!isKnown(session.person)) this.#drop(id, 'revoked');
    }
  }

  /** Ends those whose time is over. To be called now and then. */
  tidy(nowMs: number = Date.now()): void {
    for (const [id, session] of this.#sessions) {
      if (session.expiresAtMs <= nowMs) this.#drop(id, 'expired');
    }
  }

  #makeRoom(person: Person, nowMs: number): void {
    this.tidy(nowMs);
    const own = [...this.#sessions].filter(([, session]) => session.person === person).map(([id]) => id);
    for (const id of own.slice(0, Math.max(0, own.length - MAXIMUM_PER_PERSON + 1))) this.#drop(id, 'pushed-out');
  }

  #drop(id: string, why: SessionEnd): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    this.#onEnd(session, why);
  }
}

function sessionId(cookies: string | undefined): string | null {
  return /(?:^|;\s*)glasshall_session=([0-9a-f]{64})(?:;|$)/.exec(cookies ?? '')?.[1] ?? null;
}

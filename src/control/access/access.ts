import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Logger } from '../../core/logger.js';
import type { StoredOperators } from '../../operators/operator-file.js';
import type { ControlOptions } from '../options.js';
import { Attempts } from './attempts.js';
import { isAddressedByNumber, isOriginAllowed } from './origin.js';
import { LOCAL_PERSON, People, type Among, type Person } from './people.js';
import { Sessions, type Session } from './sessions.js';

/** Who somebody is, and the session by which that is known; null where a token said so. */
export type Identity = { readonly person: Person; readonly session: Session | null };

/**
 * What is known of somebody: `known`; `nobody`, who has given nothing or something that nobody has; `waiting`, who has guessed
 * so often that this try is not looked at for another `waitMs` milliseconds.
 */
export type Identification =
  | { readonly kind: 'known'; readonly identity: Identity }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'waiting'; readonly waitMs: number };

const NOBODY: Identification = { kind: 'nobody' };

/** Everything that decides whether somebody comes in, in one place for HTTP, obs-websocket and pictures. */
export class Access {
  readonly people: People;
  readonly #sessions: Sessions;
  readonly #attempts: Attempts;
  readonly #listeners = new Set<() => void>();
  #configured: ControlOptions;
  #stored: StoredOperators | null;

  constructor(options: ControlOptions, stored: StoredOperators | null, log: Logger) {
    this.people = new People(options.operators, stored);
    this.#sessions = new Sessions(options.tls !== undefined);
    this.#attempts = new Attempts(log);
    this.#configured = options;
    this.#stored = stored;
  }

  /** Takes new options; sessions of people who are no longer there end. */
  replace(options: ControlOptions): void {
    this.#configured = options;
    this.#apply();
  }

  /** Takes the operators that were added by the command; sessions of those who are no longer there end. */
  replaceStored(stored: StoredOperators): void {
    this.#stored = stored;
    this.#apply();
  }

  /** Calls the listener whenever somebody who was in may no longer be, until the returned function is called. */
  onRevoked(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Who sends this request, by bearer token or session cookie. */
  identify({ headers, socket }: IncomingMessage): Identification {
    if (!this.people.tokenNeeded) return { kind: 'known', identity: { person: LOCAL_PERSON, session: null } };
    const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return this.checkToken(bearer, socket.remoteAddress ?? '');
    const session = this.#sessions.find(headers.cookie);
    return session === null ? NOBODY : { kind: 'known', identity: { person: session.person, session } };
  }

  /** Whose token this is. @param address where it comes from */
  checkToken(token: string, address: string): Identification {
    return this.#check(address, token, (among) => this.people.byToken(token, among));
  }

  /** Whose token answers this challenge so. @param address where it comes from */
  checkAnswer(answer: string, challenge: string, address: string): Identification {
    return this.#check(address, null, (among) => this.people.byChallengeAnswer(answer, challenge, among));
  }

  /** Begins a session. @returns the `Set-Cookie` value */
  beginSession(person: Person): string {
    const cookie = this.#sessions.begin(person);
    this.#tell();
    return cookie;
  }

  /** Ends the session of these cookies, and every socket that it opened. @returns the `Set-Cookie` value */
  endSession(cookies: string | undefined): string {
    const cookie = this.#sessions.end(cookies);
    this.#tell();
    return cookie;
  }

  /** Whether somebody who was let in may stay. */
  standingOf({ person, session }: Identity): 'welcome' | 'expired' | 'revoked' {
    if (!this.people.knows(person)) return 'revoked';
    if (session === null) return 'welcome';
    if (session.expiresAtMs <= Date.now()) return 'expired';
    return this.#sessions.has(session) ? 'welcome' : 'revoked';
  }

  /** Whether the request may be answered at all, before anybody asks who sends it. */
  isHostAllowed(headers: IncomingHttpHeaders): boolean {
    return this.people.tokenNeeded || isAddressedByNumber(headers);
  }

  /** Whether what a page may not do for others comes from a page of ours, or from no page at all. */
  isOriginAllowed(headers: IncomingHttpHeaders): boolean {
    return isOriginAllowed(headers, this.#configured.origins);
  }

  /** Whether a WebSocket may be opened from where this handshake comes. */
  isHandshakeAllowed(headers: IncomingHttpHeaders): boolean {
    return this.isHostAllowed(headers) && this.isOriginAllowed(headers);
  }

  /**
   * A try from an address that has to wait is compared with tokens that were made at random, and with no other: those nobody
   * guesses, so looking gives nothing away, and whoever shares an address with a stranger still comes in.
   */
  #check(address: string, token: string | null, find: (among: Among) => Person | null): Identification {
    const waitMs = this.#attempts.waitMs(address);
    const person = find(waitMs > 0 ? 'made' : 'all');
    if (person !== null) {
      this.#attempts.succeeded(address);
      return { kind: 'known', identity: { person, session: null } };
    }
    if (token !== null && this.#attempts.isKnownMistake(address, token)) return NOBODY;
    if (waitMs > 0) return { kind: 'waiting', waitMs };
    this.#attempts.failed(address, token);
    return NOBODY;
  }

  #apply(): void {
    this.people.replace(this.#configured.operators, this.#stored);
    this.#sessions.keepOnly((person) => this.people.knows(person));
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

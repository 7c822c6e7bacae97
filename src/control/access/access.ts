import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Logger } from '../../core/logger.js';
import type { StoredOperators } from '../../operators/operator-file.js';
import type { ControlOptions } from '../options.js';
import { Attempts } from './attempts.js';
import { isAddressedByNumber, isOriginAllowed } from './origin.js';
import { LOCAL_PERSON, People, type Among, type Person } from './people.js';
import { Sessions, type Session } from './sessions.js';
import { TokenUse } from './token-use.js';
import type { Entrance, VisitorBook } from './visitor-book.js';

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
  /** Is told of everybody who comes in or does not. Whoever lets people in by `checkAnswer` tells of them himself. */
  readonly visitors: VisitorBook;
  readonly #sessions: Sessions;
  readonly #tokenUse: TokenUse;
  readonly #attempts: Attempts;
  readonly #listeners = new Set<() => void>();
  #configured: ControlOptions;
  #stored: StoredOperators | null;

  constructor(options: ControlOptions, stored: StoredOperators | null, visitors: VisitorBook, log: Logger) {
    this.people = new People(options.operators, stored);
    this.visitors = visitors;
    this.#sessions = new Sessions(options.tls !== undefined, ({ person, from }, reason) =>
      visitors.enter({ kind: 'logout', person, entrance: 'page', from, reason }),
    );
    this.#tokenUse = new TokenUse((kind, person, from, reason) =>
      visitors.enter({ kind, person, entrance: 'http', from, reason }),
    );
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
    if (bearer !== undefined) {
      const identification = this.checkToken(bearer, 'http', socket.remoteAddress ?? '');
      if (identification.kind === 'known')
        this.#tokenUse.used(identification.identity.person, socket.remoteAddress ?? '');
      return identification;
    }
    const session = this.#sessions.find(headers.cookie);
    return session === null ? NOBODY : { kind: 'known', identity: { person: session.person, session } };
  }

  /** Whose token this is. @param address where it comes from */
  checkToken(token: string, entrance: Entrance, address: string): Identification {
    return this.#check(entrance, address, token, (among) => this.people.byToken(token, among));
  }

  /** Whose token answers this challenge so. @param address where it comes from */
  checkAnswer(answer: string, challenge: string, address: string): Identification {
    return this.#check('obs', address, null, (among) => this.people.byChallengeAnswer(answer, challenge, among));
  }

  /** Begins a session. @param address where the browser is @returns the `Set-Cookie` value */
  beginSession(person: Person, address: string): string {
    const cookie = this.#sessions.begin(person, address);
    this.visitors.enter({ kind: 'login', person, entrance: 'page', from: address, reason: null });
    this.#tell();
    return cookie;
  }

  /** Ends the session of these cookies, and every socket that it opened. @returns the `Set-Cookie` value */
  endSession(cookies: string | undefined): string {
    const cookie = this.#sessions.end(cookies);
    this.#tell();
    return cookie;
  }

  /** Ends sessions whose time is over. To be called now and then. */
  tidy(): void {
    this.#sessions.tidy();
    this.visitors.tidy();
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
  #check(
    entrance: Entrance,
    address: string,
    token: string | null,
    find: (among: Among) => Person | null,
  ): Identification {
    const waitMs = this.#attempts.waitMs(address);
    const person = find(waitMs > 0 ? 'made' : 'all');
    if (person !== null) {
      this.#attempts.succeeded(address);
      return { kind: 'known', identity: { person, session: null } };
    }
    const refused = { person: null, entrance, from: address };
    const isKnownMistake = token !== null && this.#attempts.isKnownMistake(address, token);
    const isWaiting = waitMs > 0 && !isKnownMistake;
    this.visitors.enter({
      ...refused,
      kind: 'login-failed',
      reason: isWaiting ? 'too-many-attempts' : 'wrong-token',
    });
    if (isWaiting) return { kind: 'waiting', waitMs };
    if (isKnownMistake) return NOBODY;
    const { ownMs, commonMs } = this.#attempts.failed(address, token);
    const lockedUntil = (ms: number) => ({ kind: 'lockout', untilMs: Date.now() + ms }) as const;
    if (ownMs > 0) this.visitors.enter({ ...refused, ...lockedUntil(ownMs), reason: 'wrong-tokens' });
    if (commonMs > 0) this.visitors.enter({ ...refused, ...lockedUntil(commonMs), from: null, reason: 'flood' });
    return NOBODY;
  }

  #apply(): void {
    this.people.replace(this.#configured.operators, this.#stored);
    this.#sessions.keepOnly((person) => this.people.knows(person));
    this.#tokenUse.keepOnly((person) => this.people.knows(person));
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

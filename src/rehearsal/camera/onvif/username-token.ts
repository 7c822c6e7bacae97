import { createHash, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../../../rtsp/digest-authentication.js';
import { findElement, textOf, type XmlElement } from './xml.js';

/** How far the clock of a client may be from the camera's own. */
const LARGEST_CLOCK_DIFFERENCE_MS = 5_000;
const MOST_REMEMBERED_NONCES = 1_000;

/** Whether a request proves that it knows the password. */
export type TokenVerdict = 'accepted' | 'missing' | 'refused';

/**
 * Judges WS-Security user name tokens (OASIS Username Token Profile 1.0, 3.1): a digest of nonce, time and password, the
 * time near the camera's own, the nonce not used before.
 */
export class UsernameTokens {
  readonly #credentials: Credentials;
  readonly #nowEpochMs: () => number;
  readonly #nonces = new Set<string>();

  constructor(credentials: Credentials, nowEpochMs: () => number) {
    this.#credentials = credentials;
    this.#nowEpochMs = nowEpochMs;
  }

  /** @param envelope a whole SOAP message */
  verify(envelope: XmlElement): TokenVerdict {
    const token = findElement(envelope, 'UsernameToken');
    if (token === undefined) return 'missing';
    const nonce = Buffer.from(textOf(token, 'Nonce'), 'base64');
    const created = textOf(token, 'Created');
    const createdEpochMs = Date.parse(created);
    const expected = createHash('sha1').update(nonce).update(created).update(this.#credentials.password).digest();
    const given = Buffer.from(textOf(token, 'Password'), 'base64');
    if (textOf(token, 'Username') !== this.#credentials.username) return 'refused';
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'refused';
    const differenceMs = Math.abs(this.#nowEpochMs() - createdEpochMs);
    // Written so that a time that is none, whose difference is NaN, is refused.
    if (!(differenceMs <= LARGEST_CLOCK_DIFFERENCE_MS)) return 'refused';
    return this.#isFirstUse(`${nonce.toString('hex')} ${created}`) ? 'accepted' : 'refused';
  }

  #isFirstUse(nonce: string): boolean {
    if (this.#nonces.has(nonce)) return false;
    this.#nonces.add(nonce);
    const [oldest] = this.#nonces;
    if (this.#nonces.size > MOST_REMEMBERED_NONCES && oldest !== undefined) this.#nonces.delete(oldest);
    return true;
  }
}

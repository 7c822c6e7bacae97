import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { monotonicMs } from '../core/clock.js';

/** Long enough for a client that keeps one nonce for a whole viewing. */
const NONCE_LIFETIME_MS = 12 * 3_600_000;

/** A name and its password. */
export type Credentials = { readonly username: string; readonly password: string };

/** What a request has to do with the credentials of the device. */
export type DigestVerdict = 'accepted' | 'missing' | 'stale' | 'refused';

/**
 * The server's side of digest authentication with MD5 (RFC 2617, section 3; RFC 2326 uses the same for RTSP).
 * Nonces prove by a signature that they came from here, so that none has to be remembered.
 */
export class DigestAuthentication {
  readonly #realm: string;
  readonly #credentials: Credentials;
  readonly #offerProtectionQuality: boolean;
  readonly #key = randomBytes(32);

  /** @param offerProtectionQuality whether challenges carry `qop="auth"`; clients may use it in either case */
  constructor(realm: string, credentials: Credentials, offerProtectionQuality: boolean) {
    this.#realm = realm;
    this.#credentials = credentials;
    this.#offerProtectionQuality = offerProtectionQuality;
  }

  /** The value of a `WWW-Authenticate` header. */
  challenge(stale: boolean): string {
    const quality = this.#offerProtectionQuality ? ', qop="auth"' : '';
    return `Digest realm="${this.#realm}", nonce="${this.#createNonce()}", algorithm=MD5${quality}${stale ? ', stale=true' : ''}`;
  }

  /**
   * Judges the `Authorization` header of a request.
   * @param uri the address as it stands in the request line
   */
  verify(header: string | undefined, method: string, uri: string): DigestVerdict {
    if (header === undefined) return 'missing';
    const fields = parseDigestHeader(header);
    if (fields === null) return 'refused';
    const field = (name: string): string => fields.get(name) ?? '';
    if (field('realm') !== this.#realm || field('username') !== this.#credentials.username) return 'refused';
    if (field('uri') !== uri) return 'refused';
    if (fields.has('algorithm') && field('algorithm').toUpperCase() !== 'MD5') return 'refused';
    const a1 = md5(`${this.#credentials.username}:${this.#realm}:${this.#credentials.password}`);
    const a2 = md5(`${method}:${uri}`);
    const quality = fields.get('qop');
    if (quality !== undefined && (quality !== 'auth' || field('cnonce') === '' || field('nc') === '')) return 'refused';
    const middle =
      quality === undefined ? field('nonce') : [field('nonce'), field('nc'), field('cnonce'), quality].join(':');
    if (!equalTexts(md5(`${a1}:${middle}:${a2}`), field('response').toLowerCase())) return 'refused';
    return this.#judgeNonce(field('nonce'));
  }

  #createNonce(): string {
    const issued = Math.floor(monotonicMs()).toString(16);
    const salt = randomBytes(6).toString('hex');
    return `${issued}-${salt}-${this.#sign(`${issued}-${salt}`)}`;
  }

  #judgeNonce(nonce: string): DigestVerdict {
    const [issued = '', salt = '', signature = ''] = nonce.split('-');
    if (!equalTexts(this.#sign(`${issued}-${salt}`), signature)) return 'stale';
    return monotonicMs() - Number.parseInt(issued, 16) > NONCE_LIFETIME_MS ? 'stale' : 'accepted';
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 32);
  }
}

/** The fields of a `Digest` header, names in lower case, or null when it is none. */
function parseDigestHeader(header: string): Map<string, string> | null {
  const scheme = /^Digest\s+/i.exec(header);
  if (scheme === null) return null;
  const fields = new Map<string, string>();
  for (const match of header.slice(scheme[0].length).matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi)) {
    const [, name = '', quoted, bare = ''] = match;
    fields.set(name.toLowerCase(), quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'));
  }
  return fields;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function equalTexts(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}

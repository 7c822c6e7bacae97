import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from '../rtsp-address.js';

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'MD5-SESS': 'md5',
  'SHA-256': 'sha256',
  'SHA-256-SESS': 'sha256',
};

/**
 * The `Authorization` header that answers a `WWW-Authenticate: Digest …` challenge (RFC 7616: MD5 and SHA-256, qop `auth`
 * or none as in RFC 2069).
 * @returns null when the challenge is not one that can be answered; never answers Basic, which would send the password
 */
export function digestAuthorization(
  challenge: string,
  request: { readonly method: string; readonly path: string },
  { username, password }: Credentials,
  clientNonce: string = randomBytes(12).toString('hex'),
): string | null {
  if (!/^Digest\s/i.test(challenge)) return null;
  const given = new Map<string, string>();
  for (const [, name = '', quoted, plain] of challenge.matchAll(/([a-z-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi)) {
    given.set(name.toLowerCase(), quoted ?? plain ?? '');
  }
  const realm = given.get('realm');
  const nonce = given.get('nonce');
  const algorithm = given.get('algorithm') ?? 'MD5';
  const hashName = ALGORITHMS[algorithm.toUpperCase()];
  if (realm === undefined || nonce === undefined || hashName === undefined) return null;
  const hash = (text: string): string => createHash(hashName).update(text).digest('hex');
  const isSession = algorithm.toUpperCase().endsWith('-SESS');
  const secret = hash(`${username}:${realm}:${password}`);
  const first = isSession ? hash(`${secret}:${nonce}:${clientNonce}`) : secret;
  const second = hash(`${request.method}:${request.path}`);
  const offersQop = (given.get('qop') ?? '').split(/\s*,\s*/).includes('auth');
  const response = offersQop
    ? hash(`${first}:${nonce}:00000001:${clientNonce}:auth:${second}`)
    : hash(`${first}:${nonce}:${second}`);
  const quote = (text: string): string => `"${text.replaceAll(/(["\\])/g, '\\$1')}"`;
  const opaque = given.get('opaque');
  return [
    `Digest username=${quote(username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(request.path)}`,
    `response="${response}"`,
    ...(given.has('algorithm') ? [`algorithm=${algorithm}`] : []),
    ...(offersQop ? ['qop=auth', 'nc=00000001', `cnonce="${clientNonce}"`] : []),
    ...(isSession && !offersQop ? [`cnonce="${clientNonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
  ].join(', ');
}

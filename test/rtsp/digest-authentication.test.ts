import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DigestAuthentication } from '../../src/rtsp/digest-authentication.js';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const authentication = new DigestAuthentication('hall', { username: 'Mufasa', password: 'Circle Of Life' }, true);
const URI = 'rtsp://127.0.0.1:554/main';

function nonceOf(challenge: string): string {
  const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1];
  if (nonce === undefined) throw new Error('no nonce in the challenge');
  return nonce;
}

/** RFC 2617, 3.2.2.1 to 3.2.2.3, with and without qop. */
function header(change: Partial<Record<'username' | 'password' | 'uri' | 'nonce', string>> = {}, qop = false): string {
  const given = {
    username: 'Mufasa',
    password: 'Circle Of Life',
    uri: URI,
    nonce: nonceOf(authentication.challenge(false)),
    ...change,
  };
  const a1 = md5(`${given.username}:hall:${given.password}`);
  const a2 = md5(`DESCRIBE:${given.uri}`);
  const extra = qop ? ', qop=auth, nc=00000001, cnonce="0a4f113b"' : '';
  const response = md5(qop ? `${a1}:${given.nonce}:00000001:0a4f113b:auth:${a2}` : `${a1}:${given.nonce}:${a2}`);
  return `Digest username="${given.username}", realm="hall", nonce="${given.nonce}", uri="${given.uri}", response="${response}"${extra}`;
}

describe('digest authentication', () => {
  it('accepts the right answer, with and without quality of protection', () => {
    expect(authentication.verify(header(), 'DESCRIBE', URI)).toBe('accepted');
    expect(authentication.verify(header({}, true), 'DESCRIBE', URI)).toBe('accepted');
  });

  it('refuses a wrong password, name, address or method', () => {
    expect(authentication.verify(header({ password: 'circle of life' }), 'DESCRIBE', URI)).toBe('refused');
    expect(authentication.verify(header({ username: 'Simba' }), 'DESCRIBE', URI)).toBe('refused');
    expect(authentication.verify(header({ uri: 'rtsp://127.0.0.1:554/sub' }), 'DESCRIBE', URI)).toBe('refused');
    expect(authentication.verify(header(), 'PLAY', URI)).toBe('refused');
    expect(authentication.verify('Basic TXVmYXNhOkNpcmNsZQ==', 'DESCRIBE', URI)).toBe('refused');
  });

  it('asks again for a nonce that it did not give out', () => {
    const foreign = nonceOf(new DigestAuthentication('hall', { username: 'a', password: 'b' }, false).challenge(false));
    expect(authentication.verify(header({ nonce: foreign }), 'DESCRIBE', URI)).toBe('stale');
    expect(authentication.challenge(true)).toContain('stale=true');
  });

  it('misses what is not there', () => {
    expect(authentication.verify(undefined, 'DESCRIBE', URI)).toBe('missing');
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerChallenge } from '../../../src/web/control/protocol/challenge.js';
import { parseEnvelope } from '../../../src/web/control/protocol/envelope.js';
import { RequestError } from '../../../src/web/control/protocol/request-error.js';
import { sha256 } from '../../../src/web/control/protocol/sha-256.js';

const hexOf = (text: string): string => Buffer.from(sha256(new TextEncoder().encode(text))).toString('hex');

describe('sha256', () => {
  it('gives the digests of the published examples (NIST, FIPS 180-4 example values)', () => {
    expect(hexOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hexOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hexOf('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  it('agrees with another implementation at every length around the block size', () => {
    for (let length = 0; length < 200; length += 1) {
      const text = 'x'.repeat(length);
      expect(hexOf(text), String(length)).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });
});

it('answers a challenge as a real OBS accepted it', () => {
  // The example of the protocol's own description, "Creating an authentication string".
  const challenge = {
    challenge: '+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY=',
    salt: 'lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI=',
  };
  expect(answerChallenge('supersecretpassword', challenge)).toBe('1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4=');
});

it('takes nothing for a message that is none', () => {
  expect(parseEnvelope('{"op":5,"d":{}}')).toEqual({ op: 5, d: {} });
  for (const text of ['', '[]', 'null', '{"op":"5","d":{}}', '{"op":5}', '{"op":5,"d":[]}', '{"op":5,"d":']) {
    expect(parseEnvelope(text), text).toBeNull();
  }
});

it('finds the code of a refused request', () => {
  const codeOf = (code: number, comment?: string): string =>
    RequestError.fromStatus('X', comment === undefined ? { code } : { code, comment }).code;
  expect(codeOf(600, 'unknown-layout: there is no layout x')).toBe('unknown-layout');
  expect(codeOf(600, 'No source was found by the name of `nope`.')).toBe('status-600');
  expect(codeOf(506)).toBe('status-506');
  expect(codeOf(205, 'Your role `viewer` may not do this, it takes `operator`.')).toBe('not-allowed');
});

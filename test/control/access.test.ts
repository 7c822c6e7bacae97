import { expect, test } from 'vitest';
import { isAddressedByNumber, isOriginAllowed } from '../../src/control/access/origin.js';
import { People } from '../../src/control/access/people.js';
import { Sessions } from '../../src/control/access/sessions.js';
import { TokenBucket } from '../../src/control/access/token-bucket.js';
import { uuidVersion5 } from '../../src/control/obs/uuid.js';
import { challengeAnswer, secretOf } from '../../src/operators/token.js';

test('the challenge answer is that of the protocol', () => {
  // obs-websocket, protocol.md, "Creating an authentication string": the values of its example.
  const secret = secretOf('supersecretpassword', 'lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI=');
  expect(challengeAnswer(secret, '+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY=')).toBe(
    '1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4=',
  );
});

test('a UUID of version 5 is that of the standard', () => {
  // RFC 9562, appendix A.4: the DNS name space and "www.example.com".
  expect(uuidVersion5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});

test('a person is found by token, and by nothing near it', () => {
  const people = new People([{ name: '李', role: 'operator', token: 'a-long-token' }]);
  expect(people.byToken('a-long-token')).toEqual({ name: '李', role: 'operator' });
  for (const near of ['', 'a-long-toke', 'a-long-token ', 'A-long-token']) expect(people.byToken(near)).toBeNull();
});

test.each([
  [undefined, '127.0.0.1:4455', true],
  ['http://127.0.0.1:8080', '127.0.0.1:4455', true],
  ['http://[::1]:8080', '[::1]:4455', true],
  ['https://hall.example', 'hall.example:8443', true],
  ['https://evil.example', '127.0.0.1:4455', false],
  ['https://127.0.0.1.evil.example', '127.0.0.1:4455', false],
  ['null', '127.0.0.1:4455', false],
  ['file://', '127.0.0.1:4455', false],
  ['https://panel.example', '127.0.0.1:4455', true],
  ['http://panel.example', '127.0.0.1:4455', false],
])('origin %s of a handshake at %s: %s', (origin, host, isAllowed) => {
  const headers = origin === undefined ? { host } : { host, origin };
  expect(isOriginAllowed(headers, ['https://panel.example'])).toBe(isAllowed);
});

test.each([
  ['127.0.0.1:8080', true],
  ['192.168.1.5', true],
  ['[::1]:8080', true],
  ['localhost:8080', true],
  ['hall.localhost', true],
  ['evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['', false],
])('host %s is this machine by number: %s', (host, isNumber) => {
  expect(isAddressedByNumber({ host })).toBe(isNumber);
});

test('a session ends after twelve hours', () => {
  const sessions = new Sessions();
  const cookie = sessions.begin({ name: '李', role: 'operator' }, '127.0.0.1', 0).split(';')[0];
  expect(sessions.find(`other=1; ${cookie}`, 1_000)?.person).toEqual({ name: '李', role: 'operator' });
  expect(sessions.find(cookie, 12 * 3_600_000 - 1)).not.toBeNull();
  expect(sessions.find(cookie, 12 * 3_600_000)).toBeNull();
  expect(sessions.find('glasshall_session=00', 0)).toBeNull();
});

test('a budget lets a burst through, then asks for the time that the debt takes', () => {
  const bucket = new TokenBucket(100, 10, 0);
  expect(Array.from({ length: 10 }, () => bucket.spend(1, 0))).toEqual(Array.from({ length: 10 }, () => 0));
  expect(bucket.spend(1, 0)).toBe(10);
  expect(bucket.spend(1, 10)).toBe(10);
  expect(bucket.spend(1, 1_000)).toBe(0);
});

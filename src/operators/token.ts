import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'gh_';
const TOKEN_BYTES = 32;
const SALT_BYTES = 32;

/** SHA-256 as base64, as obs-websocket writes it. */
function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64');
}

/** A new token: 256 random bits in hexadecimal, with a prefix by which people and scanners of leaked secrets know it. */
export function makeToken(): string {
  return PREFIX + randomBytes(TOKEN_BYTES).toString('hex');
}

/** A new salt, as obs-websocket sends it to clients. */
export function makeSalt(): string {
  return randomBytes(SALT_BYTES).toString('base64');
}

/**
 * The secret by which a token is known: base64 of SHA-256 of token and salt (obs-websocket protocol, "Creating an
 * authentication string", steps 1 and 2). It is what the unchanged challenge can be checked against without the token.
 *
 * A plain, fast hash: slow ones (scrypt, argon2) make the few guesses that a chosen password takes expensive, and a token of
 * 256 random bits takes more guesses than there is energy for, at any price of one. Whoever reads the secret can answer
 * challenges with it, however, so the file that keeps it is for its owner alone.
 */
export function secretOf(token: string, salt: string): string {
  return digest(token + salt);
}

/** The answer to a challenge (step 3 of the same section). */
export function challengeAnswer(secret: string, challenge: string): string {
  return digest(secret + challenge);
}

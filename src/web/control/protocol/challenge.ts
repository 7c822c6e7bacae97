import { sha256 } from './sha-256.js';

/** What a server that wants to know who we are sends in its Hello. */
export type Challenge = { readonly challenge: string; readonly salt: string };

/**
 * The answer to a challenge (obs-websocket 5, "Creating an authentication string"):
 * base64(SHA-256(base64(SHA-256(password + salt)) + challenge)).
 */
export function answerChallenge(token: string, { challenge, salt }: Challenge): string {
  return digest(digest(token + salt) + challenge);
}

function digest(text: string): string {
  return btoa(String.fromCharCode(...sha256(new TextEncoder().encode(text))));
}

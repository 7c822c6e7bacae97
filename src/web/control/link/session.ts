import type { Role } from '../../../control/options.js';
import { ConnectError } from '../protocol/connection.js';
import { isRecord } from '../protocol/envelope.js';
import type { ServerClock } from './server-clock.js';

const SESSION_ADDRESS = '/api/v1/session';
/** A host that was unplugged answers nothing, not even no. */
const ANSWER_DEADLINE_MS = 5_000;

/** Who the server takes us for. */
export type Person = { readonly name: string; readonly role: Role };

/** `open`: come in, as `person` (null where the server names nobody). */
export type Session =
  | { readonly kind: 'open'; readonly person: Person | null; readonly tokenNeeded: boolean }
  | { readonly kind: 'token-needed' }
  | { readonly kind: 'token-refused' }
  /** Too many wrong tokens came from here: none is looked at for so long. */
  | { readonly kind: 'locked-out'; readonly waitMs: number };

/**
 * Opens the session that `/obs` and `/pictures` ask for: the server answers a token with a cookie, so that nothing
 * secret is kept where scripts can read it.
 * @param token asked for again when a server that was restarted has forgotten its sessions; null when none is known
 * @throws ConnectError `unreachable` when the server cannot be reached or says something else
 */
export async function openSession(token: string | null, clock: ServerClock): Promise<Session> {
  const askedAtMs = Date.now();
  const response = await ask({});
  clock.learn(response, askedAtMs);
  const { tokenNeeded, person } = await read(response);
  if (!tokenNeeded || person !== null) return { kind: 'open', person, tokenNeeded };
  if (token === null) return { kind: 'token-needed' };
  const answer = await ask({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (answer.status === 429) return { kind: 'locked-out', waitMs: waitMsOf(answer) };
  if (answer.status === 400 || answer.status === 401) return { kind: 'token-refused' };
  return { kind: 'open', ...(await read(answer)) };
}

/** Ends the session. One that cannot be reached ends by itself, later. */
export async function endSession(): Promise<void> {
  try {
    await fetch(SESSION_ADDRESS, { method: 'DELETE', cache: 'no-store' });
  } catch (thrown) {
    console.warn('the session could not be ended', thrown);
  }
}

async function ask(request: RequestInit): Promise<Response> {
  try {
    return await fetch(SESSION_ADDRESS, {
      ...request,
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_DEADLINE_MS),
    });
  } catch {
    // The browser has said in its console what is wrong; here it only matters that nobody is there.
    throw new ConnectError('unreachable');
  }
}

/** How long an answer says to wait (RFC 9110, section 10.2.3); a little where it does not say. */
function waitMsOf(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after') ?? NaN);
  return (Number.isFinite(seconds) ? seconds : 5) * 1_000;
}

async function read(response: Response): Promise<{ readonly tokenNeeded: boolean; readonly person: Person | null }> {
  if (!response.ok) throw new ConnectError('unreachable');
  const answer: unknown = await response.json().catch(() => null);
  if (!isRecord(answer)) throw new ConnectError('unreachable');
  const { tokenNeeded, person } = answer;
  const known = isRecord(person) && typeof person['name'] === 'string' && typeof person['role'] === 'string';
  return { tokenNeeded: tokenNeeded === true, person: known ? (person as Person) : null };
}

/**
 * The link folder keeps the page connected: session, connection, fresh snapshot, follow, notice the end, wait, again.
 */
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { backoffMs } from '../../../core/backoff.js';
import type { BackoffOptions } from '../../../core/backoff.js';
import { connect, ConnectError } from '../protocol/connection.js';
import type { Connection, Ending } from '../protocol/connection.js';
import { RequestError } from '../protocol/request-error.js';
import type { Hall } from '../state/hall.js';
import { addressOf } from './address.js';
import { isOtherBuild } from './build.js';
import { applyEvent, follow, takeSnapshot } from './follow.js';
import { createServerClock } from './server-clock.js';
import type { ServerClock } from './server-clock.js';
import { endSession, openSession } from './session.js';
import type { Person } from './session.js';

/** How things stand between page and server. Times are in milliseconds of `performance.now()`. */
export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly sinceMs: number; readonly nextTryAtMs: number | null }
  /** `lockedUntilMs`: no token is looked at before; null where that is not so. */
  | { readonly kind: 'sign-in'; readonly refused: boolean; readonly lockedUntilMs: number | null }
  /** An administrator ended the session: coming back by itself would undo that. */
  | { readonly kind: 'sent-away' };

export type Link = {
  readonly state: ReadonlySignal<LinkState>;
  /** Who is signed in; null where nobody has to be. */
  readonly person: ReadonlySignal<Person | null>;
  /** Whether people have to sign in here. */
  readonly tokenNeeded: ReadonlySignal<boolean>;
  /** Another build is served than the one running here. */
  readonly outdated: ReadonlySignal<boolean>;
  readonly serverClock: ServerClock;
  /** @throws RequestError `connection-lost` while there is no connection */
  readonly connection: () => Connection;
  readonly signIn: (token: string) => void;
  readonly signOut: () => void;
  /** Tries at once instead of waiting. */
  readonly retryNow: () => void;
  readonly close: () => void;
};

const PAGE_BACKOFF: BackoffOptions = { firstMs: 500, maximumMs: 10_000, jitter: 0.3 };

/** Connects to the `/obs` address of the page's own host and fills the hall. */
export function keepLinked(hall: Hall): Link {
  const state = signal<LinkState>({ kind: 'connecting' });
  const person = signal<Person | null>(null);
  const tokenNeeded = signal(false);
  const outdated = signal(false);
  const serverClock = createServerClock();
  let connection: Connection | null = null;
  /** Kept for this page's life only, for a server that has forgotten its sessions. */
  let token: string | null = null;
  let lockedUntilMs: number | null = null;
  /** What a person or the page's end asked for meanwhile. */
  const wish = { leave: false, close: false };
  let wake: () => void = () => undefined;

  const pause = (waitMs: number | null): Promise<void> =>
    new Promise((resolve) => {
      const timer = waitMs === null ? undefined : window.setTimeout(resolve, waitMs);
      wake = () => {
        window.clearTimeout(timer);
        resolve();
      };
    });

  /** One stay: from knocking to the end of the connection. */
  const stay = async (): Promise<Ending> => {
    const session = await openSession(token, serverClock);
    if (session.kind === 'locked-out') {
      lockedUntilMs = performance.now() + session.waitMs;
      return 'token-needed';
    }
    lockedUntilMs = null;
    if (session.kind !== 'open') return session.kind;
    const current = await connect(addressOf('/obs'), token, (event) => applyEvent(hall, event));
    connection = current;
    try {
      await takeSnapshot(hall, current);
      person.value = session.person;
      tokenNeeded.value = session.tokenNeeded;
      state.value = { kind: 'open' };
      void isOtherBuild().then((other) => (outdated.value = other));
      const following = follow(hall, current, pause);
      const ending = await current.ended;
      wake();
      await following;
      return ending;
    } finally {
      connection = null;
      current.close();
    }
  };

  const waitForRetry = async (attempt: number): Promise<void> => {
    const waitMs = backoffMs(attempt, PAGE_BACKOFF);
    const nowMs = performance.now();
    const sinceMs = state.value.kind === 'lost' ? state.value.sinceMs : nowMs;
    state.value = { kind: 'lost', sinceMs, nextTryAtMs: nowMs + waitMs };
    await pause(waitMs);
    state.value = { kind: 'lost', sinceMs, nextTryAtMs: null };
  };

  const run = async (): Promise<void> => {
    let attempt = 0;
    for (;;) {
      const ending = await stay().catch(endingOf);
      if (wish.close) return;
      if (wish.leave) {
        wish.leave = false;
        state.value = { kind: 'connecting' };
      } else if (ending === 'unreachable') {
        attempt = state.value.kind === 'open' ? 1 : attempt + 1;
        await waitForRetry(attempt);
      } else {
        if (ending === 'token-refused' || lockedUntilMs !== null) token = null;
        state.value =
          ending === 'sent-away'
            ? { kind: 'sent-away' }
            : { kind: 'sign-in', refused: ending === 'token-refused', lockedUntilMs };
        await pause(null);
        attempt = 0;
        state.value = { kind: 'connecting' };
      }
    }
  };

  const retryNow = (): void => {
    if (state.value.kind !== 'open') wake();
  };
  /** After sleep a socket may be dead without knowing it: looking at once tells, and a wait is over. */
  const onVisible = (): void => {
    if (document.visibilityState === 'visible' && (state.value.kind === 'open' || state.value.kind === 'lost')) wake();
  };
  const onOffline = (): void => connection?.close();
  window.addEventListener('online', onVisible);
  window.addEventListener('offline', onOffline);
  document.addEventListener('visibilitychange', onVisible);
  void run();

  return {
    state,
    person,
    tokenNeeded,
    outdated,
    serverClock,
    retryNow,
    connection: () => {
      if (connection === null || state.value.kind !== 'open') throw new RequestError('connection-lost', 0, '');
      return connection;
    },
    signIn: (given) => {
      token = given;
      wake();
    },
    signOut: () => {
      token = null;
      wish.leave = true;
      void endSession().then(() => connection?.close());
    },
    close: () => {
      wish.close = true;
      window.removeEventListener('online', onVisible);
      window.removeEventListener('offline', onOffline);
      document.removeEventListener('visibilitychange', onVisible);
      connection?.close();
      wake();
    },
  };
}

/** What an attempt that threw means for the next one. */
function endingOf(thrown: unknown): Ending {
  if (thrown instanceof ConnectError) return thrown.ending;
  // A mistake of ours must not end the trying: the page would stay cut off for ever.
  if (!(thrown instanceof RequestError)) console.error('the attempt to connect failed', thrown);
  return 'unreachable';
}

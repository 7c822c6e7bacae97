/** How far the server's clock is ahead of ours: tablets are often minutes wrong, and ages must not be. */
export type ServerClock = {
  /** Epoch milliseconds as the server counts them, to about a second. */
  now(): number;
  /** Reads the `Date` header of an answer that was asked for at `askedAtMs` (`Date.now()`). */
  learn(response: Response, askedAtMs: number): void;
};

/** The header counts whole seconds, so a smaller difference says nothing. */
const RESOLUTION_MS = 1_500;

export function createServerClock(): ServerClock {
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    learn: (response, askedAtMs) => {
      const serverMs = Date.parse(response.headers.get('date') ?? '');
      if (Number.isNaN(serverMs)) return;
      const difference = serverMs + 500 - (askedAtMs + Date.now()) / 2;
      aheadMs = Math.abs(difference) > RESOLUTION_MS ? difference : 0;
    },
  };
}

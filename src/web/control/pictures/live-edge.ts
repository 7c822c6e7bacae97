/**
 * How a player keeps close to the newest picture: a little behind it, because pictures do not come evenly, and no more.
 * Pure: what the player measured goes in, what it should do comes out.
 */
export type LiveEdge = {
  /** Seconds behind the newest picture that are aimed at. */
  readonly aimSeconds: number;
  /** Nothing was there to be shown next: a little more distance from now on. */
  readonly onStall: () => void;
  /** @param lagSeconds from what is shown to the end of what is there */
  readonly advise: (lagSeconds: number) => { readonly seek: boolean; readonly playbackRate: number };
};

const LEAST_AIM_SECONDS = 0.08;
const MOST_AIM_SECONDS = 0.5;
const STALL_ADDS_SECONDS = 0.04;
/** Of the distance above the least one, at each look. */
const RELAX = 0.002;
/** So far behind is not caught up with by playing faster. */
const SEEK_SECONDS = 1;
const CATCH_UP_SECONDS = 0.12;

export function createLiveEdge(): LiveEdge {
  let aimSeconds = LEAST_AIM_SECONDS;
  return {
    get aimSeconds() {
      return aimSeconds;
    },
    onStall: () => {
      aimSeconds = Math.min(MOST_AIM_SECONDS, aimSeconds + STALL_ADDS_SECONDS);
    },
    advise: (lagSeconds) => {
      aimSeconds -= (aimSeconds - LEAST_AIM_SECONDS) * RELAX;
      const excess = lagSeconds - aimSeconds;
      return { seek: excess > SEEK_SECONDS, playbackRate: excess > CATCH_UP_SECONDS ? 1.1 : 1 };
    },
  };
}

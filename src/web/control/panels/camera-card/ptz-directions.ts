import type { Velocity } from '../../commands/cameras.js';

/** The buttons of the pad, row by row. */
export const DIRECTIONS = {
  'up-left': { pan: -1, tilt: 1, zoom: 0 },
  up: { pan: 0, tilt: 1, zoom: 0 },
  'up-right': { pan: 1, tilt: 1, zoom: 0 },
  left: { pan: -1, tilt: 0, zoom: 0 },
  home: null,
  right: { pan: 1, tilt: 0, zoom: 0 },
  'down-left': { pan: -1, tilt: -1, zoom: 0 },
  down: { pan: 0, tilt: -1, zoom: 0 },
  'down-right': { pan: 1, tilt: -1, zoom: 0 },
} as const satisfies Record<string, Velocity | null>;

export const ZOOM_IN: Velocity = { pan: 0, tilt: 0, zoom: 1 };
export const ZOOM_OUT: Velocity = { pan: 0, tilt: 0, zoom: -1 };

export const SPEEDS = { slow: 0.2, medium: 0.5, fast: 1 } as const;
export type SpeedName = keyof typeof SPEEDS;

/** What keys do, by their place (`KeyboardEvent.code`). */
const KEYS: Readonly<Record<string, Velocity>> = {
  ArrowLeft: DIRECTIONS.left,
  ArrowRight: DIRECTIONS.right,
  ArrowUp: DIRECTIONS.up,
  ArrowDown: DIRECTIONS.down,
  Equal: ZOOM_IN,
  NumpadAdd: ZOOM_IN,
  PageUp: ZOOM_IN,
  Minus: ZOOM_OUT,
  NumpadSubtract: ZOOM_OUT,
  PageDown: ZOOM_OUT,
};

export function isPtzKey(code: string): boolean {
  return Object.hasOwn(KEYS, code);
}

/** Where the keys that are down lead together; null where they lead nowhere. */
export function velocityOfKeys(codes: Iterable<string>): Velocity | null {
  let [pan, tilt, zoom] = [0, 0, 0];
  for (const code of codes) {
    const key = Object.hasOwn(KEYS, code) ? KEYS[code] : undefined;
    pan += key?.pan ?? 0;
    tilt += key?.tilt ?? 0;
    zoom += key?.zoom ?? 0;
  }
  const wanted = { pan: Math.sign(pan), tilt: Math.sign(tilt), zoom: Math.sign(zoom) };
  return wanted.pan === 0 && wanted.tilt === 0 && wanted.zoom === 0 ? null : wanted;
}

export function atSpeed({ pan, tilt, zoom }: Velocity, factor: number): Velocity {
  return { pan: pan * factor, tilt: tilt * factor, zoom: zoom * factor };
}

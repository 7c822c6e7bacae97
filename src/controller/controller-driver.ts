import type { Closable } from '../core/closing.js';

/** What a screen's controller is to show: what it is sent, nothing, or the picture that it has just now. */
export type ControllerPicture = 'normal' | 'black' | 'freeze';

/** What we want of a controller. */
export type WantedOfController = {
  readonly picture: ControllerPicture;
  /** 0 to 100; null while nobody decides: the controller keeps its own. */
  readonly brightnessPercent: number | null;
};

/** What a controller reports of itself. A field is null where it cannot tell, or has not told yet. */
export type ControllerReading = {
  /** The video input that it shows, or should show, and whether there is a signal. */
  readonly input: { readonly name: string | null; readonly hasSignal: boolean } | null;
  /** Whether any part of the screen is switched to black. */
  readonly black: boolean | null;
  /** Whether any part of the screen holds an old picture. */
  readonly freeze: boolean | null;
  /** Whether any part of the screen shows a test picture of its own. */
  readonly testPicture: boolean | null;
  /** 0 to 100; that of the brightest part where parts differ. */
  readonly brightnessPercent: number | null;
  /** How many cabinets (receiving cards) answer, and how many there are. */
  readonly cabinets: { readonly ok: number; readonly total: number } | null;
  /** Of the hottest part, °C. */
  readonly temperatureCelsius: number | null;
  /** Of the part with the lowest, V. */
  readonly voltageVolts: number | null;
  /** Whether the controller reaches the screen behind it. */
  readonly link: boolean | null;
  /** What it says of itself: maker, model, version. Printable, one line, bounded. */
  readonly detail: string | null;
};

/** How a command or a question ended; `reason` is a stable code of `controller-failure.ts`. */
export type Outcome<Value> =
  { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'failed'; readonly reason: string };

/**
 * Speaks with one controller. Connects when it has something to say and keeps the connection for as long as all is well; after
 * a failure the next call connects anew. When to ask, and how often after a failure, is decided by the watch: one call at a
 * time. Every wait and every answer is bounded.
 */
export interface ControllerDriver extends Closable {
  /** Tells the controller what to show. Told is not obeyed: `read` says whether it did. Does not reject for what a device does. */
  apply(wanted: WantedOfController, signal: AbortSignal): Promise<Outcome<null>>;
  /** Asks the controller what it shows. Does not reject for what a device does. */
  read(signal: AbortSignal): Promise<Outcome<ControllerReading>>;
}

/** A reading of a controller that cannot tell anything. */
export const NOTHING_KNOWN: ControllerReading = {
  input: null,
  black: null,
  freeze: null,
  testPicture: null,
  brightnessPercent: null,
  cabinets: null,
  temperatureCelsius: null,
  voltageVolts: null,
  link: null,
  detail: null,
};

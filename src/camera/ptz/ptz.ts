/** How fast a camera turns and zooms, −1 to 1 each: right, up and in are positive, 0 stands still. */
export type Velocity = { readonly pan: number; readonly tilt: number; readonly zoom: number };

/** A position that the camera has kept. */
export type Preset = { readonly token: string; readonly name: string };

/**
 * One camera's own ways of being turned; each is one question to it, with a deadline.
 * All of them throw GlasshallError `refused`, `unauthorised`, `unreachable`, `unresolved`, `timeout`, `ended`, `not-found`,
 * `unreadable`.
 */
export interface Ptz {
  /** Turns until it is stopped, or for so many seconds. */
  move(velocity: Velocity, timeoutSeconds: number): Promise<void>;
  stop(): Promise<void>;
  goHome(): Promise<void>;
  presets(): Promise<readonly Preset[]>;
  recall(preset: string): Promise<void>;
  /** Keeps the present position under a name. @param preset the one to replace, null for a new one */
  save(name: string, preset: string | null): Promise<void>;
  remove(preset: string): Promise<void>;
}

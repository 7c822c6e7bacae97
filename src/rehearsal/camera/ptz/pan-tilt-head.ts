/** Where a head looks: pan and tilt −1 to 1 (right and up are positive), zoom 0 (wide) to 1. */
export type HeadPosition = { readonly pan: number; readonly tilt: number; readonly zoom: number };

/** A position that the head has kept. */
export type HeadPreset = { readonly token: string; readonly name: string; readonly position: HeadPosition };

const HOME: HeadPosition = { pan: 0, tilt: 0, zoom: 0 };
const AXES = ['pan', 'tilt', 'zoom'] as const;
const LEAST: HeadPosition = { pan: -1, tilt: -1, zoom: 0 };
/** At full speed, of their ranges a second. */
const FULL_SPEED: HeadPosition = { pan: 0.5, tilt: 0.5, zoom: 0.4 };
export const MOST_PRESETS = 16;

type Motion =
  | { readonly kind: 'still' }
  | { readonly kind: 'turning'; readonly velocity: HeadPosition; readonly untilMs: number }
  | { readonly kind: 'going'; readonly to: HeadPosition };

/** The motors of a camera, in simulation: where it looks follows from what it was told and when. */
export class PanTiltHead {
  readonly #clockMs: () => number;
  #from = HOME;
  #sinceMs: number;
  #motion: Motion = { kind: 'still' };
  #home = HOME;
  readonly #presets = new Map<string, HeadPreset>();
  #presetCount = 0;

  /** @param clockMs monotonic milliseconds */
  constructor(clockMs: () => number) {
    this.#clockMs = clockMs;
    this.#sinceMs = clockMs();
  }

  get position(): HeadPosition {
    return this.#at(this.#clockMs());
  }

  get isMoving(): boolean {
    const nowMs = this.#clockMs();
    const [now, soon] = [this.#at(nowMs), this.#at(nowMs + 20)];
    return AXES.some((axis) => now[axis] !== soon[axis]);
  }

  get presets(): readonly HeadPreset[] {
    return [...this.#presets.values()];
  }

  /** @param velocity −1 to 1 on each axis; an axis that is not mentioned goes on as before */
  turn(velocity: Partial<HeadPosition>, timeoutMs: number): void {
    const before = this.#velocityNow();
    this.#begin({ kind: 'turning', velocity: { ...before, ...velocity }, untilMs: this.#clockMs() + timeoutMs });
  }

  stop(axes: { readonly panTilt: boolean; readonly zoom: boolean }): void {
    const before = this.#velocityNow();
    const velocity = {
      pan: axes.panTilt ? 0 : before.pan,
      tilt: axes.panTilt ? 0 : before.tilt,
      zoom: axes.zoom ? 0 : before.zoom,
    };
    const untilMs = this.#motion.kind === 'turning' ? this.#motion.untilMs : 0;
    this.#begin({ kind: 'turning', velocity, untilMs });
  }

  goTo(position: HeadPosition): void {
    this.#begin({ kind: 'going', to: position });
  }

  goHome(): void {
    this.goTo(this.#home);
  }

  setHome(): void {
    this.#home = this.position;
  }

  preset(token: string): HeadPreset | null {
    return this.#presets.get(token) ?? null;
  }

  /** @param token of the one to replace, null for a new one. @returns its token, null where there is no room */
  savePreset(name: string | null, token: string | null): string | null {
    if (token === null && this.#presets.size >= MOST_PRESETS) return null;
    const kept = token ?? String((this.#presetCount += 1));
    const called = name ?? this.#presets.get(kept)?.name ?? `Preset ${kept}`;
    this.#presets.set(kept, { token: kept, name: called, position: this.position });
    return kept;
  }

  /** @returns whether there was one */
  removePreset(token: string): boolean {
    return this.#presets.delete(token);
  }

  #velocityNow(): HeadPosition {
    const motion = this.#motion;
    return motion.kind === 'turning' && motion.untilMs > this.#clockMs() ? motion.velocity : HOME;
  }

  #begin(motion: Motion): void {
    const nowMs = this.#clockMs();
    this.#from = this.#at(nowMs);
    this.#sinceMs = nowMs;
    this.#motion = motion;
  }

  #at(nowMs: number): HeadPosition {
    const motion = this.#motion;
    if (motion.kind === 'still') return this.#from;
    const untilMs = motion.kind === 'turning' ? Math.min(nowMs, motion.untilMs) : nowMs;
    const seconds = Math.max(0, untilMs - this.#sinceMs) / 1_000;
    const along = (axis: (typeof AXES)[number]): number => {
      const from = this.#from[axis];
      const most = FULL_SPEED[axis] * seconds;
      if (motion.kind === 'turning') return clamp(from + motion.velocity[axis] * most, LEAST[axis]);
      const way = motion.to[axis] - from;
      // A recalled position is gone to at twice the speed of a hand.
      return from + Math.sign(way) * Math.min(Math.abs(way), 2 * most);
    };
    return { pan: along('pan'), tilt: along('tilt'), zoom: along('zoom') };
  }
}

function clamp(value: number, least: number): number {
  return Math.min(1, Math.max(least, value));
}

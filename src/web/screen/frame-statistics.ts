/** Frames are counted over this long. */
const WINDOW_MS = 2_000;
/** Without a new picture for longer than this, the page says so. */
export const SIGNAL_LOST_AFTER_MS = 1_000;

/** What the page says about the signal. */
export type Signal = 'live' | 'connecting' | 'waiting' | 'lost' | 'disconnected';

/** What is known of the pictures that came. Pure; times in milliseconds on one monotonic clock, given by the caller. */
export class FrameStatistics {
  #frameNumber = 0;
  #lostFrames = 0;
  #lostPackets = 0;
  #litAtMs: number | null = null;
  #arrivalsMs: number[] = [];
  #connected = false;
  #connectedBefore = false;
  #fresh = true;
  readonly #openedAtMs: number;

  constructor(nowMs: number) {
    this.#openedAtMs = nowMs;
  }

  /** The connection came or went. Pictures that were missed in between are not lost: nobody was looking. */
  setConnected(connected: boolean): void {
    this.#connected = connected;
    this.#connectedBefore ||= connected;
    this.#fresh = true;
  }

  /** @param ageMs age of the picture when it was sent; negative when there is no picture yet */
  arrived(frame: { frameNumber: number; ageMs: number; lostPackets: number }, nowMs: number): void {
    this.#lostPackets = frame.lostPackets;
    if (frame.ageMs < 0) {
      this.#litAtMs = null;
    } else {
      this.#litAtMs = nowMs - frame.ageMs;
      if (!this.#fresh) {
        this.#lostFrames += Math.max(0, frame.frameNumber - this.#frameNumber - 1);
        this.#arrivalsMs.push(nowMs);
      }
    }
    this.#frameNumber = frame.frameNumber;
    this.#fresh = false;
  }

  get frameNumber(): number {
    return this.#frameNumber;
  }

  /** Pictures that the screen showed and this page did not get, while it was connected. */
  get lostFrames(): number {
    return this.#lostFrames;
  }

  /** Packets lost between the wall and the screen. */
  get lostPackets(): number {
    return this.#lostPackets;
  }

  /** Pictures received a second, over the last two. */
  framesPerSecond(nowMs: number): number {
    const from = nowMs - WINDOW_MS;
    this.#arrivalsMs = this.#arrivalsMs.filter((atMs) => atMs > from);
    const first = this.#arrivalsMs[0];
    const last = this.#arrivalsMs.at(-1);
    if (first === undefined || last === undefined || last === first) return 0;
    // Over the time between the first and the last, so that the rate is right from the second picture on.
    const spanMs = Math.max(last - first, nowMs - last > SIGNAL_LOST_AFTER_MS ? WINDOW_MS : 0);
    return ((this.#arrivalsMs.length - 1) * 1_000) / spanMs;
  }

  /** How long ago the picture that is shown was lit; null when there is none. */
  ageMs(nowMs: number): number | null {
    return this.#litAtMs === null ? null : nowMs - this.#litAtMs;
  }

  signal(nowMs: number): Signal {
    const ageMs = this.ageMs(nowMs);
    if (ageMs !== null && ageMs <= SIGNAL_LOST_AFTER_MS) return 'live';
    if (this.#connected) return ageMs === null ? 'waiting' : 'lost';
    const patient = !this.#connectedBefore && nowMs - this.#openedAtMs <= SIGNAL_LOST_AFTER_MS;
    return patient ? 'connecting' : 'disconnected';
  }
}

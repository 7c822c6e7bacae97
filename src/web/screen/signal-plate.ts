import type { FrameStatistics } from './frame-statistics.js';
import type { Words } from './words.js';

/** The plate over the picture that says that it is not now. Hidden while pictures come. */
export class SignalPlate {
  readonly #element: HTMLElement;
  readonly #title = document.createElement('strong');
  /** Counts every second; only the change of state is read out. */
  readonly #detail = document.createElement('span');
  readonly #note = document.createElement('small');

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#detail.setAttribute('aria-hidden', 'true');
    element.append(this.#title, this.#detail, this.#note);
  }

  /** @returns whether the picture is live */
  update(words: Words, statistics: FrameStatistics, nowMs: number): boolean {
    const signal = statistics.signal(nowMs);
    const ageMs = statistics.ageMs(nowMs);
    const hidden = signal === 'live' || signal === 'connecting';
    if (!hidden) {
      const title = { waiting: words.waiting, lost: words.signalLost, disconnected: words.disconnected }[signal];
      setText(this.#title, title);
      const duration = ageMs === null ? null : words.withoutFrame(words.duration(Math.floor(ageMs / 1_000)));
      setText(this.#detail, duration ?? (signal === 'waiting' ? words.waitingDetail : ''));
      setText(this.#note, signal === 'disconnected' ? words.reconnecting : '');
      this.#element.dataset['signal'] = signal;
    }
    this.#element.hidden = hidden;
    return signal === 'live';
  }
}

/** Only what changed is touched: a screen reader reads what was touched. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

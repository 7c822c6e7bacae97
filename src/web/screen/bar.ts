import type { FrameStatistics } from './frame-statistics.js';
import type { Words } from './words.js';

/** What the buttons do. */
export type BarActions = {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly fullScreen: () => void;
  readonly switchLanguage: () => void;
};

/** What the line says. */
export type BarStatus = {
  readonly size: { readonly widthPx: number; readonly heightPx: number } | null;
  readonly statistics: FrameStatistics;
  readonly simplified: boolean;
  readonly nowMs: number;
};

const ICONS = {
  zoomOut: 'M5 12h14',
  zoomIn: 'M5 12h14M12 5v14',
  fit: 'M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15',
  fullScreen: 'M9.5 14.5 4 20m0-5v5h5M14.5 9.5 20 4m0 5V4h-5',
} as const;

/** The discreet line at the bottom: what arrives, and the few buttons. */
export class Bar {
  readonly #status = document.createElement('p');
  readonly #buttons = document.createElement('div');
  readonly #labelled = new Map<HTMLButtonElement, (words: Words) => string>();
  readonly #language: HTMLButtonElement;

  constructor(element: HTMLElement, actions: BarActions) {
    this.#status.className = 'status';
    this.#buttons.className = 'buttons';
    this.#buttons.setAttribute('role', 'group');
    this.#addIcon(ICONS.zoomOut, actions.zoomOut, (words) => words.zoomOut);
    this.#addIcon(ICONS.zoomIn, actions.zoomIn, (words) => words.zoomIn);
    this.#addIcon(ICONS.fit, actions.fit, (words) => words.fit);
    if (document.fullscreenEnabled) this.#addIcon(ICONS.fullScreen, actions.fullScreen, (words) => words.fullScreen);
    this.#language = this.#addButton(actions.switchLanguage);
    element.append(this.#status, this.#buttons);
  }

  /** Puts every label into a language. */
  speak(words: Words): void {
    this.#buttons.setAttribute('aria-label', words.controls);
    for (const [button, label] of this.#labelled) {
      button.title = label(words);
      button.setAttribute('aria-label', label(words));
    }
    this.#language.textContent = words.otherLanguage;
    this.#language.lang = words.otherLanguage === 'English' ? 'en' : 'zh-CN';
  }

  update(words: Words, { size, statistics, simplified, nowMs }: BarStatus): void {
    const ageMs = statistics.ageMs(nowMs);
    const parts: [text: string, alarming?: boolean][] = [];
    if (size !== null) parts.push([words.resolution(size.widthPx, size.heightPx)]);
    const rate = statistics.framesPerSecond(nowMs);
    parts.push([words.framesPerSecond(rate.toFixed(1)), ageMs !== null && rate === 0]);
    parts.push(ageMs === null ? [words.noFrameYet] : [words.age((ageMs / 1_000).toFixed(1)), ageMs > 1_000]);
    parts.push([words.lostFrames(statistics.lostFrames)]);
    if (statistics.lostPackets > 0) parts.push([words.lostPackets(statistics.lostPackets), true]);
    if (simplified) parts.push([words.simplified]);
    this.#status.replaceChildren(
      ...parts.map(([text, alarming]) => {
        const part = document.createElement('span');
        part.textContent = text;
        part.classList.toggle('alarming', alarming === true);
        return part;
      }),
    );
  }

  #addIcon(path: string, action: () => void, label: (words: Words) => string): void {
    const button = this.#addButton(action);
    const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    icon.setAttribute('viewBox', '0 0 24 24');
    icon.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', path);
    icon.append(line);
    button.append(icon);
    this.#labelled.set(button, label);
  }

  #addButton(action: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.addEventListener('click', action);
    this.#buttons.append(button);
    return button;
  }
}
